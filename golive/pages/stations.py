"""The nine stations from date to go-live: whose turn, until when, and how long each takes by our numbers."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from golive.pages.dates import day_words, relative_words
from golive.pages.pictures import Station as Stop
from golive.programme.queries import number
from projects.plan.queries.backward import window_words
from projects.portfolio.content import turn_words
from projects.portfolio.models.project import Project
from projects.portfolio.states import Infrastructure, Station

Words = tuple[str, str, str]  # who, when, usual


def stations_of(project: Project, days: Mapping[str, date], today: date) -> list[Stop]:
    here = project.standing.station
    texts = words_of(project, days, today)
    return [stop_of(project, place, here, texts[place]) for place in Station]


def stop_of(project: Project, place: Station, here: int, words: Words) -> Stop:
    who, when, usual = words
    state = "done" if place < here else "now" if place == here else "goal" if place == Station.LIVE else "later"
    if state == "now":
        who = _("Now, waits for %(who)s") % {"who": turn_words(project.standing.waits_for)}
    if state == "done":
        when = ""
    return Stop(name=str(place.label), state=state, who=who, when=when, usual=usual)


def words_of(
    project: Project, days: Mapping[str, date], today: date, *, infrastructure: str = ""
) -> dict[Station, Words]:
    """For the project's own infrastructure, or as it would be on the other."""
    own = (infrastructure or project.infrastructure) == Infrastructure.SELF_SERVICE
    kind = "self_service" if own else "managed"
    go_live = days.get("go_live")
    told = f"{day_words(go_live)}, {relative_words(go_live, today)}" if go_live else _("no date yet")
    engineers = turn_words("engineers")
    return {
        Station.DATE: (_("customer or partner"), "", date_words()),
        Station.CHECKLIST: (turn_words("team"), send_words(go_live), asked_words()),
        Station.REVIEW: (turn_words("reviewers"), due_words(project), report_words()),
        Station.RELEASED: (_("the system"), "", _("at once after the review")),
        Station.REQUEST: (_("customer or partner"), needed_words(days), deployment_words(kind)),
        Station.PACKAGES: (engineers, "", window_words("package", kind)),
        Station.DATABASE_COPY: (_("%(who)s, if wanted") % {"who": engineers}, "", window_words("database_copy", kind)),
        Station.READY: (_("the customer"), "", _("cutover and go/no-go")),
        Station.LIVE: (project.customer.name, told, ""),
    }


def date_words() -> str:
    words = {"latest": number("go_live_set_latest"), "earliest": number("go_live_set_earliest")}
    return _("%(latest)d to %(earliest)d months ahead") % words


def send_words(go_live: date | None) -> str:
    """The best time to send the checklist."""
    if go_live is None:
        return ""
    opens = go_live - timedelta(days=number("checklist_window_opens"))
    closes = go_live - timedelta(days=number("checklist_window_closes"))
    return _("send from %(first)s to %(last)s") % {"first": day_words(opens), "last": day_words(closes)}


def asked_words() -> str:
    return _("%(n)d to %(m)d weeks ahead") % {
        "n": number("checklist_window_closes") // 7,
        "m": number("checklist_window_opens") // 7,
    }


def due_words(project: Project) -> str:
    due = project.standing.review_due_on
    return _("report due %(day)s") % {"day": day_words(due)} if due else ""


def report_words() -> str:
    return _("first report in %(n)d business days") % {"n": number("first_report")}


def needed_words(days: Mapping[str, date]) -> str:
    day = days.get("production_needed")
    return _("needed by %(day)s") % {"day": day_words(day)} if day else ""


def deployment_words(kind: str) -> str:
    if kind == "self_service":
        return _("deployed in about %(n)d minutes") % {"n": number("deployment_self_service")}
    return _("deployed within %(n)d hours") % {"n": number("deployment_managed")}
