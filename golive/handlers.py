"""Who hears what: the only place that knows all kinds of announced work and all their hearers.

A kind with several hearers becomes one row a hearer. Its second payload shape is a kind of its own: `name@2`.
"""

from golive.accounts.tasks import hear_reset_asked, invitation_stands, recipient_may_enter
from golive.audit.actions import anchor
from golive.letters.actions import KIND as LETTER_QUEUED
from golive.letters.delivery import Check, deliver
from golive.outbox.job import Job
from projects.production.tasks import deploy_self_service, finish_self_service, weigh_request_again


def anchor_heads(job: Job) -> None:
    """The heads of all chains go to the log, outside the database, once a day."""
    anchor()
    with job.finishing():
        pass


HANDLERS = {
    LETTER_QUEUED: (deliver,),
    "audit.anchor_due": (anchor_heads,),
    "password.reset_asked": (hear_reset_asked,),
    "onboarding.completed": (weigh_request_again,),
    "phase.completed": (weigh_request_again,),
    "phase.reopened": (weigh_request_again,),
    "milestone.moved": (weigh_request_again,),
    "checklist.content_changed": (weigh_request_again,),
    "request.released": (deploy_self_service,),
    "deployment.due": (finish_self_service,),
}

# Letter to the function that is asked, at every try, why this recipient should no longer get it ("" when wanted).
# A letter that is not named here asks whether the recipient's account is active.
RECIPIENT_CHECKS: dict[str, Check] = {
    "invitation": invitation_stands,
    "password_reset": recipient_may_enter,
    "account_notice": recipient_may_enter,
}
