"""What is true of a project after every act, said again here without asking the product's rules."""

from collections.abc import Iterator

from django.utils import timezone

from golive.audit.models import AuditRow
from golive.audit.queries import verify_all
from golive.outbox.models import Outbox
from golive.proofs import false_standing
from projects.checklist.models.answers import Answer
from projects.checklist.models.checklist import Checklist
from projects.checklist.models.submission import Submission
from projects.checklist.queries.sheet import sheet_of
from projects.methodology.models.course import Phase
from projects.plan.models.onboarding import Onboarding
from projects.portfolio.models.milestones import RolloutMilestone
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.production.models.clearance import Clearance, Estimate
from projects.production.models.request import ProductionRequest
from projects.production.queries.gate import gate_facts
from projects.production.rules.gate import may_configure
from reviews.assessment.models import Finding, Review
from reviews.conclusion.models import Conclusion
from tests.builders_projects import Cast, reload

GATE_PHASES = ("analysis", "design_develop", "test")
OPEN = ("open", "mitigation_requested", "plan_submitted", "plan_accepted")
PASSED = ("ready", "ready_with_conditions")


def covers(project: Project) -> bool:
    """A clearance stands, the answers are those it was granted for, and go-live is not after its last day."""
    clearance = Clearance.objects.filter(project=project).order_by("pk").last()
    go_live = RolloutMilestone.objects.filter(rollout__project=project, milestone="go_live").first()
    if clearance is None or clearance.state != "stands" or go_live is None:
        return False
    live = sheet_of(reload(project), at=timezone.now()).live_hash
    return live == clearance.content_hash and go_live.day <= clearance.covers_until


def open_to_both(project: Project) -> bool:
    """Onboarded, the three phases complete, an estimate active: the rows of the truth table that are enabled."""
    phases = Phase.objects.filter(project=project, key__in=GATE_PHASES)
    complete = len(phases) == len(GATE_PHASES) and all(phase.state == "complete" for phase in phases)
    onboarded = Onboarding.objects.get(project=project).completed_at is not None
    return complete and onboarded and Estimate.objects.filter(project=project, active=True).count() == 1


def ready_to_deploy(project: Project) -> bool:
    return open_to_both(project) and covers(project)


def configure_enabled(project: Project) -> bool:
    request = ProductionRequest.objects.filter(project=project).order_by("pk").last()
    free = request is None or request.state not in ("queued", "deploying", "failed", "done")
    enabled = open_to_both(project) and (project.infrastructure == "microsoft_managed" or covers(project))
    return free and enabled and Project.objects.get(pk=project.pk).state == "active"


def broken(cast: Cast) -> list[str]:
    return [*broken_gate(cast), *broken_review(cast), *broken_checklist(cast), *broken_history(cast)]


def broken_gate(cast: Cast) -> Iterator[str]:
    project = reload(cast.project)
    shown = bool(may_configure(onlooker(cast.owner, project), gate_facts(project)))
    if shown != configure_enabled(project):
        yield f"Configure is {shown}, the truth table says {not shown}"
    requests = ProductionRequest.objects.filter(project=project)
    if requests.filter(state__in=["deploying", "done", "failed"], clearance=None).exists():
        yield "a request was deployed without a clearance"
    if project.infrastructure == "self_service" and requests.exclude(state="draft").filter(clearance=None).exists():
        yield "a self-service request was signed off without a clearance"
    if requests.filter(state__in=["draft", "queued", "deploying", "failed"]).count() > 1:
        yield "two requests are open"


def broken_review(cast: Cast) -> Iterator[str]:
    reviews = Review.objects.filter(project=cast.project)
    if reviews.filter(state__in=["in_review", "report_delivered", "mitigation", "suspended"]).count() > 1:
        yield "two reviews are active"
    passed = reviews.filter(state="concluded", outcome__in=PASSED)
    if Finding.objects.filter(review__in=passed, severity="critical", state__in=OPEN).exists():
        yield "a review is passed over an open critical finding"
    if Finding.objects.filter(review__in=passed, state="draft").exists():
        yield "a review is passed over an undecided draft"
    if passed.exists() and not Clearance.objects.filter(project=cast.project, state="stands").exists():
        yield "a review is passed and nothing is cleared"
    for given in Conclusion.objects.filter(project=cast.project).select_related("report", "submission"):
        if given.concluded_by_id in given.submission.contributors.values_list("user", flat=True):
            yield "a contributor signed off"
        if given.outcome in PASSED and given.report_sha256 != given.report.sha256:
            yield "a sign-off names another report"


def broken_checklist(cast: Cast) -> Iterator[str]:
    checklist = Checklist.objects.filter(project=cast.project).first()
    if checklist is None:
        return
    states = list(checklist.rounds.order_by("number").values_list("state", flat=True))
    if states.count("draft") + states.count("submitted") > 2 or states.count("draft") > 1:
        yield f"the rounds are {states}"
    newest = Submission.objects.filter(project=cast.project).order_by("pk").last()
    if newest and states[-1] == "submitted":
        if checklist.content_hash != newest.content_hash:
            yield "answers changed while their round is submitted"
        if Answer.objects.filter(checklist=checklist, at__gt=newest.submitted_at).exists():
            yield "an answer is younger than its submission"


def broken_history(cast: Cast) -> Iterator[str]:
    yield from (each.sentence for each in verify_all())
    yield from false_standing()
    yield from (f"{row.kind}: {row.last_error}" for row in Outbox.objects.exclude(last_error=""))
    deploying = AuditRow.objects.filter(chain=cast.project.chain, act="production.deploying")
    if deploying.exists() and not AuditRow.objects.filter(chain=cast.project.chain, act="clearance.granted").exists():
        yield "the history knows of a deployment, and of no clearance"
