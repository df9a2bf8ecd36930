"""Who may change the programme's numbers, and to what."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from golive.core.decision import Decision, Reason, because
from golive.programme.content import ProgrammeNumber


def may_set_numbers(*, administrator: bool) -> Decision:
    """Administrators of the installation keep the programme's numbers; nobody else changes them."""
    refusal = Reason("not_administrator", _("Only an administrator may change a number."))
    return because(who=(None if administrator else refusal,))


def check_in_range(number: ProgrammeNumber, value: float) -> None:
    """A number stays where the process still makes sense, and is whole where its default is."""
    if not number.min <= value <= number.max:
        words = {"min": number.min, "max": number.max}
        raise ValidationError(_("Between %(min)s and %(max)s.") % words, code="out_of_range")
    if isinstance(number.value, int) and value != int(value):
        raise ValidationError(_("A whole number is expected."), code="not_whole")
