"""The machine of a round, and the few words that talking, contradictions and quality gates choose from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundState(TextChoices):
    DRAFT = "draft", _("Being answered")
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Superseded")


ROUND_MOVES = {("draft", "submitted"), ("submitted", "withdrawn"), ("submitted", "superseded")}


class Audience(TextChoices):
    """Who reads what is said about a question."""

    TEAM = "team", _("The whole team")
    CUSTOMER = "customer", _("The customer only")
    PARTNER = "partner", _("The partner only")


class Stand(TextChoices):
    """What the team says to a contradiction that it does not mend."""

    EXPLAINED = "explained", _("Explained")
    RAISED = "raised", _("Raised as a known risk")


class TopicStatus(TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    ON_TRACK = "on_track", _("On track")
    AT_RISK = "at_risk", _("At risk")
    OFF_TRACK = "off_track", _("Off track")
    DONE = "done", _("Done")


class GateDecision(TextChoices):
    GO = "go", _("Go")
    CONDITIONAL = "conditional", _("Go with conditions")
    NO_GO = "no_go", _("No go")


# What others announce that changes a date or a fact which rules read: then a checklist is judged again.
JUDGED_AGAIN_ON = ("onboarding.completed", "facts.changed", "phase.completed", "phase.reopened", "milestone.moved")
