"""Two acts on one checklist at the same moment, and what they leave behind."""

from datetime import datetime

from django.utils import timezone

from golive.audit.models import AuditRow
from golive.audit.queries import verify_all
from projects.checklist.actions.rounds import reopen_checklist
from projects.checklist.queries.proof import false_counters
from projects.checklist.queries.sheet import Sheet, sheet_of
from tests.builders_projects import Cast, reload
from tests.races.crowd import Act, all_at_once, told
from tests.scale import times

TURNS = times(20)


def now() -> datetime:
    return timezone.now()


def sheet(cast: Cast) -> Sheet:
    return sheet_of(reload(cast.project), at=now())


def begin_round(cast: Cast) -> None:
    if not sheet(cast).is_draft:
        reopen_checklist(cast.project, by=cast.owner, because="More.", at=now())


def told_in_turn(turn: int, *acts: Act) -> list[str]:
    """What each act came to, in its order; every second turn the other one begins first."""
    came_to = all_at_once(list(acts if turn % 2 else reversed(acts)))
    return [told(one) for one in (came_to if turn % 2 else reversed(came_to))]


def order_of(cast: Cast, *acts: str) -> list[str]:
    """The newest of each of these acts, as history has them."""
    rows = AuditRow.objects.filter(chain=cast.project.chain, act__in=acts).order_by("seq")
    return list(dict.fromkeys(reversed([row.act for row in rows])))[::-1]


def faults() -> list[str]:
    """What `verify` would tell."""
    return [*false_counters(), *map(str, verify_all())]
