"""The two machines of the methodology. *Locked* is no state: it is computed from what a step requires."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StepState(TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")


class PhaseState(TextChoices):
    OPEN = "open", _("Open")
    COMPLETE = "complete", _("Complete")


STEP_MOVES = {("open", "done"), ("done", "open")}
PHASE_MOVES = {("open", "complete"), ("complete", "open")}
