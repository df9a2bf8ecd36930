"""The way to go-live as a table: nine stations, what is done there, by whom, when, and where the two kinds differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from golive.pages.stations import Words, words_of
from projects.portfolio.models.project import Project
from projects.portfolio.states import Infrastructure, Station

BADGES = {"done": ("good", "check"), "now": ("accent", "flag"), "later": ("mute", "low")}


@dataclass(frozen=True)
class Line:
    """What holds for one kind of infrastructure, or for both; `own`: the project's."""

    kind: str
    text: str
    own: bool = True


@dataclass(frozen=True)
class StationRow:
    number: int
    name: str
    action: str
    kinds: str
    who: str
    when: str
    usual: tuple[Line, ...]
    notes: tuple[Line, ...]
    state: str
    tone: str
    icon: str


def way_of(project: Project, days: Mapping[str, date], today: date) -> list[StationRow]:
    """Both kinds are told: who has the one learns what would be different on the other."""
    tables = {kind: words_of(project, days, today, infrastructure=kind) for kind in Infrastructure}
    return [row_of(project, place, {kind: table[place] for kind, table in tables.items()}) for place in Station]


def row_of(project: Project, place: Station, words: Mapping[str, Words]) -> StationRow:
    here = project.standing.station
    state = "done" if place < here else "now" if place == here else "later"
    said = {"done": _("done"), "now": _("now"), "later": _("to come")}
    usual = lines_of(project, {kind: one[2] for kind, one in words.items()})
    notes = lines_of(project, notes_of(place))
    tone, icon = BADGES[state]
    who, when, _usual = words[project.infrastructure]
    return StationRow(
        number=int(place),
        name=str(place.label),
        action=action_of(place),
        kinds=_("both") if len(usual) < 2 and len(notes) < 2 else _("both, different"),
        who=who,
        when="" if state == "done" else when,
        usual=usual,
        notes=notes,
        state=said[state],
        tone=tone,
        icon=icon,
    )


def lines_of(project: Project, words: Mapping[str, str]) -> tuple[Line, ...]:
    """One line where both kinds say the same, else one each."""
    if len(set(words.values())) == 1:
        text = next(iter(words.values()))
        return (Line("", text),) if text else ()
    return tuple(
        Line(str(Infrastructure(kind).label), text, own=kind == project.infrastructure) for kind, text in words.items()
    )


def action_of(place: Station) -> str:
    return {
        Station.DATE: _("Set the go-live date"),
        Station.CHECKLIST: _("Complete and send the checklist"),
        Station.REVIEW: _("Go-live review"),
        Station.RELEASED: _("Release of the project"),
        Station.REQUEST: _("Request production: sizing and deployment"),
        Station.PACKAGES: _("Have the packages installed"),
        Station.DATABASE_COPY: _("Have a sandbox database copied, if wanted"),
        Station.READY: _("Production is ready: take it over, cutover"),
        Station.LIVE: _("Go live"),
    }[place]


def notes_of(place: Station) -> dict[str, str]:
    """By kind of infrastructure."""
    managed, own = Infrastructure.MICROSOFT_MANAGED, Infrastructure.SELF_SERVICE
    if place == Station.RELEASED:
        return {
            managed: _("Do not request production before: the request would only wait."),
            own: _("Configure opens with it; until then it is locked."),
        }
    if place == Station.REQUEST:
        return {
            managed: _("Service engineers deploy it. Their questions come as comments on the service request."),
            own: _("The system deploys it, once the review is passed."),
        }
    both = {
        Station.DATE: _("Keep it current all the time: everything dated hangs on it."),
        Station.CHECKLIST: _("Once user acceptance testing is complete, or almost."),
        Station.REVIEW: _("In rounds, until questions are answered and mitigations in place. An architect who is "
                          "assigned runs a workshop."),
        Station.PACKAGES: _("One package that holds every model and binary. The window ends early on success."),
        Station.DATABASE_COPY: _("A database with the golden configuration is copied the same way."),
        Station.READY: _("After all earlier stations. Then the customer and the partner are in control."),
        Station.LIVE: _("How long it takes depends on the project."),
    }  # fmt: skip
    return dict.fromkeys((managed, own), both[place])


def actors() -> list[tuple[str, str]]:
    """Who is meant by whom."""
    return [
        (
            _("Customer"),
            _("Owns the project and its dates, requests production, accepts risks and decides to go live."),
        ),
        (_("Partner"), _("Implements with the customer: may do all that the customer does, but accept a risk.")),
        (_("FastTrack"), _("Reviews the project before go-live, and releases it when the review is passed.")),
        (
            _("Solution architect"),
            _("Of FastTrack, where one is assigned: runs the workshop of the review, at a time agreed with them."),
        ),
        (_("Service engineering"), _("Sizes and deploys production, installs packages and copies databases.")),
    ]
