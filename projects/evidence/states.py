"""The words of evidence: whether a scanner has looked at a file, and what it said."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scan(TextChoices):
    NOT_SCANNED = "not_scanned", _("Not scanned")
    CLEAN = "clean", _("Scanned, nothing found")
    INFECTED = "infected", _("Held back: the scanner found something")
