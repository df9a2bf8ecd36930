"""What a plan is warned of. A notice blocks nothing."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.core.decision import Reason
from golive.programme.queries import number
from projects.plan.rules.milestones import is_set_late, runs_backwards
from projects.portfolio.models.project import Project
from projects.portfolio.states import Milestone, ProjectState, Station


def notices_of(project: Project, days: Mapping[str, date], today: date) -> list[Reason]:
    """For the pages and the API, of the plan as it is saved; asks no more than the project's own rows."""
    go_live = days.get(Milestone.GO_LIVE)
    ahead = project.standing.station < Station.LIVE and go_live is not None and go_live >= today
    if project.state != ProjectState.ACTIVE:
        return []
    late = set_late(project.facts.go_live_set_days_ahead) if ahead else None
    return [*([late] if late else []), *backwards(days)]


def set_late(days_ahead: int | None) -> Reason | None:
    """The notice that go-live was, or would be, set nearer than advised."""
    limit = int(number("go_live_notice"))
    if days_ahead is None or not is_set_late(days_ahead, notice=limit):
        return None
    days = max(days_ahead, 0)
    text = ngettext(
        "Go-live set %(n)d day ahead: at least %(limit)d are advised. "
        "Ask the reviewer whether review, deployment and cutover still fit, or choose a later date.",
        "Go-live set %(n)d days ahead: at least %(limit)d are advised. "
        "Ask the reviewer whether review, deployment and cutover still fit, or choose a later date.",
        days,
    )
    return Reason("go_live_set_late", text % {"n": days, "limit": limit})


def backwards(days: Mapping[str, date]) -> list[Reason]:
    """Which dates run backwards, as sentences."""
    text = _("%(first)s after %(second)s. Dates usually follow each other; move one of the two if this is not meant.")
    pairs = [{"first": Milestone(a).label, "second": Milestone(b).label} for a, b in runs_backwards(days)]
    return [Reason("runs_backwards", text % pair) for pair in pairs]
