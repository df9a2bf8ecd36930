"""The words of evidence: what a scanner said of a file, and whether a piece still proves something."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scan(TextChoices):
    NOT_SCANNED = "not_scanned", _("Not scanned")
    CLEAN = "clean", _("Scanned, nothing found")
    INFECTED = "infected", _("Held back: the scanner found something")


class Currency(TextChoices):
    CURRENT = "current", _("Current")
    OLDER = "older", _("A newer revision is there")
    EXPIRED = "expired", _("Expired")
    STALE = "stale", _("Overtaken: look at it again")
    INFECTED = "infected", _("Held back")
    WITHDRAWN = "withdrawn", _("Withdrawn")
