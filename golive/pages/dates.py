"""Dates in words: absolute first, the relative beside it, so that a printed page stays true."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def day_of(value: date | datetime) -> date:
    """The day in the reader's zone."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day_words(value: date | datetime) -> str:
    return date_format(day_of(value), _("j M Y"))


def weekday_words(value: date | datetime) -> str:
    return date_format(day_of(value), _("D j M Y"))


def moment_words(value: datetime, today: date | None = None) -> str:
    """`12:03` of today, else the day with the time: the newest acts read like speech."""
    clock = date_format(timezone.localtime(value), "H:i")
    if day_of(value) == (today or timezone.localdate()):
        return _("today, %(clock)s") % {"clock": clock}
    return f"{day_words(value)}, {clock}"


def relative_words(value: date | datetime, today: date | None = None) -> str:
    days = (day_of(value) - (today or timezone.localdate())).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}
