"""The gate: whether the clearance stops covering or covers again, and what that does to the request."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from golive.pages.dates import weekday_words
from golive.pages.following.case import Case, Consequence
from projects.portfolio.states import Milestone
from projects.production.queries.gate import cover_of, gate_facts, slot_of
from projects.production.rules.gate import environment, is_held
from projects.production.states import Environment, RequestState


def gate_changes(case: Case) -> Iterator[Consequence]:
    """Whether the clearance stops covering or covers again, and what that does to Configure and to the request."""
    slot = slot_of(case.project)
    if slot.clearance is None or not case.moves(Milestone.GO_LIVE):
        return
    facts = gate_facts(case.project, slot=slot)
    then = replace(facts, clearance=cover_of(slot.clearance, case.after.get(Milestone.GO_LIVE)))
    if facts.covers or then.covers:
        yield _cover(facts.covers, then.covers, slot.clearance.covers_until)
    if is_held(then) != is_held(facts):
        yield _held() if is_held(then) else _released()
    if environment(facts) == Environment.CONFIGURE and environment(then) == Environment.NOT_AVAILABLE:
        detail = _("It opens again when the review covers the new date.")
        yield Consequence("gate", "configure_locks", _("Configure is locked"), detail=detail, tone="serious")
    running = facts.request_state in {RequestState.DEPLOYING, RequestState.DONE}
    if running and facts.covers and not then.covers:
        detail = _("Production that is deploying or deployed stays as it is, and is flagged.")
        yield Consequence("gate", "deployment_untouched", _("Production"), detail=detail, tone="notice")


def _cover(before: bool, after: bool, until: date) -> Consequence:
    words = {"day": weekday_words(until)}
    if before and after:
        detail = _("It covers go-live up to %(day)s, as before.") % words
        return Consequence("gate", "cover_stays", _("The clearance still covers"), detail=detail)
    if after:
        detail = _("It covers go-live up to %(day)s.") % words
        return Consequence("gate", "cover_returns", _("The clearance covers again"), detail=detail, tone="good")
    detail = _("It covers go-live up to %(day)s. A later one needs another round of the review.") % words
    return Consequence("gate", "cover_ends", _("The clearance stops covering"), detail=detail, tone="critical")


def _held() -> Consequence:
    detail = _("It stays queued and is deployed when the review covers the new date.")
    return Consequence("gate", "request_held", _("The queued request is held"), detail=detail, tone="critical")


def _released() -> Consequence:
    detail = _("Nothing holds it any more.")
    return Consequence("gate", "request_released", _("The queued request is released"), detail=detail, tone="good")
