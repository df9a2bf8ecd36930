"""The checklist: when it is asked for, best sent, and presses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from golive.pages.dates import day_words
from golive.pages.following.case import Case, Consequence, moved
from projects.checklist.queries.deadlines import deadlines_of
from projects.checklist.rules.deadlines import ChecklistDeadlines
from projects.checklist.states import RoundState


def checklist_moves(case: Case) -> Iterator[Consequence]:
    """Once it is sent its deadlines are behind, whatever moves."""
    after = deadlines_of(case.after)
    if after is None or case.project.standing.checklist_state == RoundState.SUBMITTED:
        return
    before = deadlines_of(case.before)
    if before != after:
        yield moved(
            "checklist_asked", _("FastTrack asks for the checklist"), before and before.asked_on, after.asked_on
        )
        yield _best_time(before, after, case.today)
    for colour, code, text in (("amber", "checklist_amber", _("Checklist turns amber")),
                               ("red", "checklist_red", _("Checklist turns red"))):  # fmt: skip
        was, then = before and getattr(before, f"{colour}_on"), getattr(after, f"{colour}_on")
        if was != then:
            yield _pressed(moved(code, text, was, then), case.today)


def _best_time(before: ChecklistDeadlines | None, after: ChecklistDeadlines, today: date) -> Consequence:
    over = after.closes_on < today
    return Consequence(
        "deadlines",
        "checklist_window",
        _("Checklist, best time to send"),
        was=before and _span(before),
        then=_span(after),
        detail=_("The best time would be over.") if over else "",
        tone="serious" if over else "",
    )


def _span(deadlines: ChecklistDeadlines) -> str:
    return _("%(first)s to %(last)s") % {
        "first": day_words(deadlines.opens_on),
        "last": day_words(deadlines.closes_on),
    }


def _pressed(one: Consequence, today: date) -> Consequence:
    """What would press from today on, or presses no more."""
    if isinstance(one.then, date) and one.then <= today:
        return replace(one, detail=_("It would be so at once."), tone="serious")
    if isinstance(one.was, date) and one.was <= today:
        return replace(one, detail=_("It would be so no more."), tone="good")
    return one
