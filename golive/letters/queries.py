"""Which letters wait, for the mail server or for a person."""

from django.db.models import QuerySet

from golive.letters.models import LetterRow, LetterState


def letters_in_doubt(limit: int = 100) -> list[LetterRow]:
    """Unknown or refused, and nobody has decided yet; newest first."""
    rows = LetterRow.objects.filter(state__in=[LetterState.UNKNOWN, LetterState.FAILED], settled_at=None)
    return list(rows.order_by("-id")[:limit])


def letters_of(matter: str) -> QuerySet[LetterRow]:
    return LetterRow.objects.filter(matter=matter).select_related("recipient").order_by("-id")


def letters_waiting(matter: str) -> int:
    """How many letters of this matter the mail server has not taken yet."""
    return LetterRow.objects.filter(matter=matter, state=LetterState.QUEUED).count()
