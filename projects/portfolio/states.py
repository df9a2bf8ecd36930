"""The words of a project: its states, its two infrastructures, the sides and roles of its people, its standing."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class ProjectState(TextChoices):
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")
    GRADUATED = "graduated", _("Graduated")


PROJECT_MOVES = {
    ("active", "paused"),
    ("paused", "active"),
    ("active", "closed"),
    ("paused", "closed"),
    ("active", "graduated"),
}


class ProjectVerb(TextChoices):
    PAUSE = "pause", _("Paused")
    RESUME = "resume", _("Resumed")
    CLOSE = "close", _("Closed")
    ARCHIVE = "archive", _("Archived")
    UNARCHIVE = "unarchive", _("Taken out of the archive")


class ClosingReason(TextChoices):
    CANCELLED = "cancelled", _("The project was cancelled")
    MOVED = "moved", _("It goes on elsewhere")
    OTHER = "other", _("Another reason")


class Infrastructure(TextChoices):
    MICROSOFT_MANAGED = "microsoft_managed", _("Microsoft-managed")
    SELF_SERVICE = "self_service", _("Self-service")


class EngagementType(TextChoices):
    SELF_SERVICE = "self_service", _("Self-service")
    ARCHITECT_LED = "architect_led", _("Architect-led")


class Product(TextChoices):
    FINANCE_OPERATIONS = "fo", _("Finance and operations")
    CUSTOMER_ENGAGEMENT = "ce", _("Customer engagement")


class Side(TextChoices):
    CUSTOMER = "customer", _("Customer")
    PARTNER = "partner", _("Partner")


class Access(TextChoices):
    OWNER = "owner", _("Owner")
    ENVIRONMENT_MANAGER = "environment_manager", _("Environment manager")
    MEMBER = "member", _("Member")
    VIEWER = "viewer", _("Viewer")


class Job(TextChoices):
    """The owner roles of the methodology that a member of the team can fill; a role nobody fills falls to the first."""

    PROJECT_MANAGER = "project_manager", _("Project manager")
    SPONSOR = "sponsor", _("Sponsor")
    BUSINESS_OWNER = "business_owner", _("Business owner")
    FUNCTIONAL_LEAD = "functional_lead", _("Functional lead")
    TECHNICAL_LEAD = "technical_lead", _("Technical lead")
    PROJECT_ARCHITECT = "project_architect", _("Project architect")
    INTEGRATION_LEAD = "integration_lead", _("Integration lead")
    SECURITY_LEAD = "security_lead", _("Security lead")
    INFRASTRUCTURE_LEAD = "infrastructure_lead", _("Infrastructure lead")
    DATA_MIGRATION_LEAD = "data_migration_lead", _("Data migration lead")
    TEST_LEAD = "test_lead", _("Test lead")
    COMPLIANCE_LEAD = "compliance_lead", _("Compliance lead")
    CHANGE_LEAD = "change_lead", _("Change lead")
    CUTOVER_LEAD = "cutover_lead", _("Cutover lead")
    SUPPORT_LEAD = "support_lead", _("Support lead")


class RosterColumn(TextChoices):
    """What a list of people says of each, and what its column is called in a workbook."""

    EMAIL = "email", _("E-mail address")
    NAME = "name", _("Name")
    ACCESS = "access", _("Access")
    JOB = "job", _("Job in the project")
    STAKEHOLDER = "stakeholder", _("Key stakeholder")
    PRIMARY_CONTACT = "primary_contact", _("Primary contact")


class ImportOutcome(TextChoices):
    """What comes of one row of a list that is imported."""

    ADD = "add", _("Will be added")
    INVITE = "invite", _("Will be invited and added")
    THERE = "there", _("Is there already")
    UNKNOWN = "unknown", _("Unknown address")
    ELSEWHERE = "elsewhere", _("Not on a side")
    ALIKE = "alike", _("Looks like somebody else")
    REFUSED = "refused", _("Refused")


STOPS_IMPORT = {ImportOutcome.UNKNOWN, ImportOutcome.ELSEWHERE, ImportOutcome.ALIKE, ImportOutcome.REFUSED}


class Milestone(TextChoices):
    ANALYSIS_END = "analysis_end", _("Analysis ends")
    DESIGN_DEVELOP_END = "design_develop_end", _("Design and develop ends")
    TEST_END = "test_end", _("Test ends")
    PRODUCTION_NEEDED = "production_needed", _("Production needed by")
    GO_LIVE = "go_live", _("Go-live")
    HYPERCARE_END = "hypercare_end", _("Hypercare ends")


REQUIRED_MILESTONES = ("analysis_end", "design_develop_end", "test_end", "go_live")


class PhaseName(TextChoices):
    """The phases of every methodology, a custom one's too: what differs are their steps."""

    ANALYSIS = "analysis", _("Analysis")
    DESIGN_DEVELOP = "design_develop", _("Design and develop")
    TEST = "test", _("Test")
    DEPLOY = "deploy", _("Deploy")
    OPERATE = "operate", _("Operate")


class WaitsFor(TextChoices):
    """Whose turn it is, as lists say it."""

    TEAM = "team", _("the team")
    REVIEWERS = "reviewers", _("FastTrack")
    ENGINEERS = "engineers", _("service engineers")
    NOBODY = "nobody", _("nobody")


class Risk(IntegerChoices):
    """Ordered, so that the worst of several is their maximum."""

    NONE = 0, _("On track")
    LOW = 1, _("Low")
    MEDIUM = 2, _("Medium")
    HIGH = 3, _("High")
    CRITICAL = 4, _("Critical")


class Stage(TextChoices):
    """What guidance distinguishes: not the phases of the methodology. Prepare lies inside Implement."""

    INITIATE = "initiate", _("Initiate")
    IMPLEMENT = "implement", _("Implement")
    PREPARE = "prepare", _("Prepare")
    OPERATE = "operate", _("Operate")


class Station(IntegerChoices):
    """The nine of the journey to go-live."""

    DATE = 1, _("Date set")
    CHECKLIST = 2, _("Checklist")
    REVIEW = 3, _("Review")
    RELEASED = 4, _("Released")
    REQUEST = 5, _("Request")
    PACKAGES = 6, _("Packages")
    DATABASE_COPY = 7, _("Database copy")
    READY = 8, _("Ready")
    LIVE = 9, _("Live")


# Each column of ProjectStanding has one writer: the slice that keeps it true in its own transactions.
STANDING_WRITERS = {
    "state": "projects.portfolio",
    "archived": "projects.portfolio",
    "infrastructure": "projects.portfolio",
    "engagement_type": "projects.portfolio",
    "customer_id": "projects.portfolio",
    "partner_id": "projects.portfolio",
    "architect_id": "projects.portfolio",
    "has_fo": "projects.plan",
    "has_ce": "projects.plan",
    "phase": "projects.methodology",
    "go_live_on": "projects.plan",
    "checklist_state": "projects.checklist",
    "answered": "projects.checklist",
    "asked": "projects.checklist",
    "predicted_risk": "projects.checklist",
    "review_state": "reviews.assessment",
    "review_due_on": "reviews.assessment",
    "turn": "reviews.assessment",
    "found_risk": "reviews.assessment",
    "open_critical": "reviews.assessment",
    "clearance_state": "projects.production",
    "request_state": "projects.production",
}
