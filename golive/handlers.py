"""Who hears what: the only place that knows all kinds of announced work and all their hearers.

A kind with several hearers becomes one row a hearer. Its second payload shape is a kind of its own: `name@2`.
"""

from golive.accounts.tasks import hear_reset_asked, invitation_stands, recipient_may_enter
from golive.audit.actions import anchor
from golive.letters.actions import KIND as LETTER_QUEUED
from golive.letters.delivery import Check, deliver
from golive.letters.models import LetterRow
from golive.outbox.job import Job
from projects.checklist.tasks import judge_again_on_move, still_reads, tell_of_submission
from projects.evidence.tasks import scan_file, sweep_files
from projects.portfolio.tasks import still_concerned
from projects.production.tasks import deploy_self_service, finish_self_service, weigh_request_again
from reviews.assessment.tasks import follow_project_rules_on_move, follow_round, suspend_uncovered
from reviews.conclusion.tasks import restore_when_covered
from reviews.report.tasks import make_report


def anchor_heads(job: Job) -> None:
    """The heads of all chains go to the log, outside the database, once a day."""
    anchor()
    with job.finishing():
        pass


HANDLERS = {
    LETTER_QUEUED: (deliver,),
    "audit.anchor_due": (anchor_heads,),
    "evidence.stored": (scan_file,),
    "evidence.sweep_due": (sweep_files,),
    "password.reset_asked": (hear_reset_asked,),
    "onboarding.completed": (judge_again_on_move, weigh_request_again, follow_project_rules_on_move),
    "facts.changed": (judge_again_on_move, weigh_request_again, follow_project_rules_on_move),
    "phase.completed": (judge_again_on_move, weigh_request_again, follow_project_rules_on_move),
    "phase.reopened": (judge_again_on_move, weigh_request_again, follow_project_rules_on_move),
    "milestone.moved": (judge_again_on_move, weigh_request_again, follow_project_rules_on_move),
    "checklist.submitted": (tell_of_submission, follow_round),
    "checklist.content_changed": (weigh_request_again,),
    "project.resumed": (weigh_request_again, deploy_self_service),
    "clearance.cover_ended": (suspend_uncovered,),
    "clearance.cover_returned": (restore_when_covered,),
    "report.ordered": (make_report,),
    "request.released": (deploy_self_service,),
    "deployment.due": (finish_self_service,),
}

# Letter to the function that is asked, at every try, why this recipient should no longer get it ("" when wanted).
# A letter that is not named here asks whether the recipient's account is active.
ABOUT_A_PROJECT = (
    "submission_received",
    "review_taken",
    "report_delivered",
    "mitigation_requested",
    "plan_submitted",
    "plan_decided",
    "review_concluded",
    "review_suspended",
    "request_signed_off",
    "request_released",
    "request_commented",
    "request_denied",
    "production_deployed",
    "sign_off_cleared",
    "project_paused",
    "project_resumed",
    "project_closed",
)


def still_mentioned(row: LetterRow) -> str:
    return still_concerned(row) or still_reads(row)


RECIPIENT_CHECKS: dict[str, Check] = {
    "invitation": invitation_stands,
    "password_reset": recipient_may_enter,
    "account_notice": recipient_may_enter,
    "invited_elsewhere": recipient_may_enter,
    "answer_mentioned": still_mentioned,
    **dict.fromkeys(ABOUT_A_PROJECT, still_concerned),
}
