"""The machines of a review and of its findings, and the words for what is found."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReviewState(TextChoices):
    IN_REVIEW = "in_review", _("In review")
    REPORT_DELIVERED = "report_delivered", _("Report delivered")
    MITIGATION = "mitigation", _("Mitigation")
    CONCLUDED = "concluded", _("Signed off")
    SUSPENDED = "suspended", _("Suspended")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Outcome(TextChoices):
    READY = "ready", _("Ready")
    READY_WITH_CONDITIONS = "ready_with_conditions", _("Ready with conditions")
    NOT_READY = "not_ready", _("Not ready")


class FindingState(TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    MITIGATION_REQUESTED = "mitigation_requested", _("Plan asked for")
    PLAN_SUBMITTED = "plan_submitted", _("Plan submitted")
    PLAN_ACCEPTED = "plan_accepted", _("Plan accepted")
    MITIGATED = "mitigated", _("Mitigated")
    ACCEPTED_BY_CUSTOMER = "accepted_by_customer", _("Risk accepted by the customer")
    DISMISSED = "dismissed", _("Dismissed")


class FindingKind(TextChoices):
    RISK = "risk", _("Risk")
    ISSUE = "issue", _("Issue")
    ASSERTION = "assertion", _("Strength")
    BEST_PRACTICE = "best_practice", _("Best practice")
    RECOMMENDATION = "recommendation", _("Recommendation")


class Severity(TextChoices):
    CRITICAL = "critical", _("Critical")
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


PASSED = (Outcome.READY, Outcome.READY_WITH_CONDITIONS)
RUNNING = ("in_review", "report_delivered", "mitigation")
LIVE = (*RUNNING, "suspended")
OPEN_FINDING = ("open", "mitigation_requested", "plan_submitted", "plan_accepted")
GRADED = ("risk", "issue")  # the kinds that carry a severity

REVIEW_MOVES = {
    ("in_review", "report_delivered"),
    ("in_review", "concluded"),
    ("in_review", "withdrawn"),
    ("report_delivered", "mitigation"),
    ("report_delivered", "in_review"),
    ("report_delivered", "concluded"),
    ("report_delivered", "withdrawn"),
    ("mitigation", "in_review"),
    ("mitigation", "concluded"),
    ("mitigation", "withdrawn"),
    ("concluded", "suspended"),
    ("suspended", "concluded"),
    ("suspended", "withdrawn"),
}
FINDING_MOVES = {
    ("draft", "open"),
    ("draft", "dismissed"),
    ("open", "mitigation_requested"),
    ("mitigation_requested", "plan_submitted"),
    ("plan_submitted", "plan_accepted"),
    ("plan_submitted", "mitigation_requested"),
    ("plan_accepted", "mitigated"),
} | {(state, ending) for state in OPEN_FINDING for ending in ("accepted_by_customer", "dismissed")}
