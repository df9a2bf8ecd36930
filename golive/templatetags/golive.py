"""What templates may say beyond plain Django: pictures, dates in words, and the address of a cure."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.core.decision import Cure
from golive.core.links import url_of
from golive.pages import dates
from golive.pages.diffs import sides_of
from golive.pages.icons import icon_svg
from golive.pages.pictures import Clock, Journey, Station, clock_of, journey_of, percent_of
from golive.pages.tabs import cure_words_of, tabs_of
from golive.pages.timeline import Milestone, Timeline, timeline_of

register = template.Library()
register.simple_tag(tabs_of, name="project_tabs")


@register.simple_tag
def icon(word: str, extra: str = "") -> SafeString:
    return icon_svg(word, extra)


@register.filter
def cure_url(cure: Cure | None) -> str:
    return url_of(cure)


@register.filter
def cure_words(cure: Cure) -> str:
    return cure_words_of(cure.name, fragment=cure.fragment)


@register.filter
def day(value: date | datetime | None) -> str:
    return dates.day_words(value) if value else ""


@register.filter
def weekday(value: date | datetime | None) -> str:
    return dates.weekday_words(value) if value else ""


@register.filter
def moment(value: datetime | None, today: date | None = None) -> str:
    return dates.moment_words(value, today) if value else ""


@register.filter
def relative(value: date | datetime | None, today: date | None = None) -> str:
    return dates.relative_words(value, today) if value else ""


@register.filter
def date_words(value: date | str | None) -> str:
    """Beside a date field: the value may be a day, or whatever was typed."""
    try:
        typed = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return ""
    return dates.weekday_words(typed) if typed else ""


@register.simple_tag
def dated(value: date | datetime | None, today: date | None = None) -> SafeString | str:
    """`4 Dec 2026 in 13 days`, the relative in grey; a missing date says so."""
    if not value:
        return format_html('<span class="soft">{}</span>', _("no date"))
    return format_html(
        '<time datetime="{}"><span class="nowrap">{}</span> <span class="soft fine nowrap">{}</span></time>',
        dates.day_of(value).isoformat(),
        dates.day_words(value),
        dates.relative_words(value, today),
    )


@register.simple_tag
def countdown(value: date, today: date) -> SafeString:
    """`49 days to go-live`, for the end of a verdict."""
    left = (value - today).days
    if left < 0:
        words = ngettext("day since go-live", "days since go-live", -left)
    else:
        words = ngettext("day to go-live", "days to go-live", left)
    return format_html('<p class="countdown"><b>{}</b> {}</p>', abs(left), words)


@register.inclusion_tag("components/meter.html")
def meter(done: int, total: int) -> dict[str, int]:
    return {"done": done, "total": total, "percent": percent_of(done, total)}


@register.inclusion_tag("components/clock.html")
def clock(
    used: int, promised: int, *, text: str, strong: str = "", tone: str = "mute", paused: bool = False
) -> dict[str, Clock]:
    return {"clock": clock_of(used, promised, text=text, strong=strong, tone=tone, paused=paused)}


@register.inclusion_tag("components/timeline.html")
def timeline(milestones: list[Milestone], today: date, title: str = "") -> dict[str, Timeline]:
    return {"timeline": timeline_of(milestones, today), "title": title}


@register.inclusion_tag("components/journey.html")
def journey(stations: list[Station]) -> dict[str, Journey]:
    return {"journey": journey_of(stations)}


@register.inclusion_tag("components/changes.html")
def changes(before: str, after: str) -> dict[str, object]:
    """What an edit took away and what it brought."""
    left, right = sides_of(before, after)
    return {"left": left, "right": right}


@register.inclusion_tag("components/diff.html")
def diff(theirs: str, mine: str, **given: object) -> dict[str, object]:
    """given: label, by, when, revision; url, keep_theirs, keep_mine (hidden fields), target, csrf_token."""
    left, right = sides_of(theirs, mine)
    return {"left": left, "right": right, **given}
