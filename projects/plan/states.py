"""The steps and choices of onboarding and what a project may have in its scope; how late a milestone is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OnboardingStep(TextChoices):
    """The pages of the wizard, in order; one may be picked at any time."""

    OVERVIEW = "overview", _("Vision")
    PARTNER = "partner", _("Partner")
    LICENCES = "licences", _("Licences")
    SCOPE = "scope", _("Scope")
    TEAM = "team", _("Team")
    MILESTONES = "milestones", _("Milestones")
    TRACKING = "tracking", _("Work tracking")
    CONTACTS = "contacts", _("FastTrack contacts")
    FINISH = "finish", _("Finish")


class PartnerChoice(TextChoices):
    NAMED = "named", _("A partner works on it")
    NONE = "none", _("There is no partner")
    NOT_KNOWN = "not_known", _("Not known yet")


class UpgradeFrom(TextChoices):
    NONE = "none", _("Nothing: it is new")
    AX2012 = "ax2012", _("AX 2012")
    ONPREM = "onprem", _("An on-premises installation")


class TrackingChoice(TextChoices):
    LINKED = "linked", _("The team tracks its work here")
    NONE = "none", _("The team tracks its work elsewhere")


class ContactChoice(TextChoices):
    PRIMARY = "primary", _("The primary contacts only")
    EVERYBODY = "everybody", _("Everybody on the project")


class Feature(TextChoices):
    """What a project may have in its scope, beside its products."""

    WAREHOUSE = "warehouse", _("Warehouse")
    MANUFACTURING = "manufacturing", _("Manufacturing")
    COMMERCE = "commerce", _("Commerce")
    PROJECT_OPERATIONS = "project_operations", _("Project operations")
    HR = "hr", _("Human resources")
    DUAL_WRITE = "dual_write", _("Dual-write")


class LicenceType(TextChoices):
    FINANCE = "finance", _("Finance")
    SUPPLY_CHAIN = "supply_chain", _("Supply chain management")
    COMMERCE = "commerce", _("Commerce")
    PROJECT_OPERATIONS = "project_operations", _("Project operations")
    HR = "hr", _("Human resources")
    SALES = "sales", _("Sales")
    CUSTOMER_SERVICE = "customer_service", _("Customer service")
    FIELD_SERVICE = "field_service", _("Field service")
    TEAM_MEMBER = "team_member", _("Team member")
    ACTIVITY = "activity", _("Activity")
    DEVICE = "device", _("Device")


class MilestoneColour(TextChoices):
    """How a date stands: computed from its day, its phase and today, never stored."""

    REACHED = "reached", _("Complete")
    GREEN = "green", _("On track")
    AMBER = "amber", _("Near, with steps open")
    RED = "red", _("Past and not complete")
    NONE = "none", _("No date yet")


class PlanStop(TextChoices):
    """What is passed on the way to go-live, in order: where the backward planner says by when."""

    ACCEPTANCE = "acceptance", _("End of acceptance testing")
    CHECKLIST = "checklist", _("Checklist")
    REPORT = "report", _("First report")
    MITIGATION = "mitigation", _("End of mitigation")
    RELEASED = "released", _("Release")
    REQUEST = "request", _("Request")
    DEPLOYMENT = "deployment", _("Deployment")
    PACKAGES = "packages", _("Packages")
    DATABASE_COPY = "database_copy", _("Database copy")
    READY = "ready", _("Ready")
    LIVE = "live", _("Live")


# What only a production environment of finance and operations apps has.
PRODUCTION_STOPS = (
    PlanStop.RELEASED,
    PlanStop.REQUEST,
    PlanStop.DEPLOYMENT,
    PlanStop.PACKAGES,
    PlanStop.DATABASE_COPY,
)
