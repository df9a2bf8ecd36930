"""The machine of a round: one submission of the checklist and what follows from it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundState(TextChoices):
    DRAFT = "draft", _("Being answered")
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Superseded")


ROUND_MOVES = {("draft", "submitted"), ("submitted", "withdrawn"), ("submitted", "superseded")}
