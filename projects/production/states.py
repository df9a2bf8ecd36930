"""The machines of clearance, production request and service request. *Held* and the environment are computed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ClearanceKind(TextChoices):
    REVIEW = "review", _("Review")


class ClearanceState(TextChoices):
    STANDS = "stands", _("Stands")
    SUSPENDED = "suspended", _("Suspended")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class RequestState(TextChoices):
    DRAFT = "draft", _("Draft")
    QUEUED = "queued", _("Queued")
    DEPLOYING = "deploying", _("Deploying")
    DONE = "done", _("Deployed")
    FAILED = "failed", _("Failed")
    SIGNOFF_CLEARED = "signoff_cleared", _("Sign-off cleared")
    DENIED = "denied", _("Denied")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ServiceState(TextChoices):
    REQUESTED = "requested", _("Requested")
    IN_PROGRESS = "in_progress", _("In progress")
    FINISHED = "finished", _("Finished")
    DENIED = "denied", _("Denied")
    CANCELLED = "cancelled", _("Cancelled")


class Topology(TextChoices):
    STANDARD = "standard", _("Standard production")
    HIGH_VOLUME = "high_volume", _("High volume production")


class SandboxPurpose(TextChoices):
    BUILD = "build", _("Build and unit test")
    TEST = "test", _("System and integration test")
    ACCEPTANCE = "acceptance", _("Acceptance test")
    PERFORMANCE = "performance", _("Performance test")
    TRAINING = "training", _("Training")
    GOLDEN = "golden", _("Golden configuration")


class Environment(TextChoices):
    """What the page calls the production environment: computed from the gate and the request, never stored."""

    NOT_AVAILABLE = "not_available", _("Not available")
    CONFIGURE = "configure", _("Configure")
    QUEUED = "queued", _("Queued")
    DEPLOYING = "deploying", _("Deploying")
    DEPLOYED = "deployed", _("Deployed")
    FAILED = "failed", _("Failed")


CLEARANCE_MOVES = {
    ("stands", "suspended"),
    ("suspended", "stands"),
    ("stands", "withdrawn"),
    ("suspended", "withdrawn"),
}
REQUEST_MOVES = {
    ("draft", "queued"),
    ("queued", "deploying"),
    ("queued", "signoff_cleared"),
    ("queued", "denied"),
    ("queued", "withdrawn"),
    ("deploying", "done"),
    ("deploying", "failed"),
    ("failed", "deploying"),
    ("failed", "withdrawn"),
}
SERVICE_MOVES = {
    ("requested", "in_progress"),
    ("requested", "denied"),
    ("requested", "cancelled"),
    ("in_progress", "finished"),
    ("in_progress", "denied"),
    ("in_progress", "cancelled"),
}
OPEN_REQUEST = ("draft", "queued", "deploying", "failed")
OPEN_SERVICE = ("requested", "in_progress")
