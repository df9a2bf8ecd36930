"""The way back from go-live for one project: its legs by the programme's numbers, and how far it is. No query."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.core.calendar import DaysOff
from golive.programme.queries import fasttrack_calendar, number
from projects.plan.content import BackwardPlan, PlannerLine
from projects.plan.rules.backward import (
    Leg,
    Progress,
    business_days_of,
    expected_days,
    latest_days,
    least_slack,
    slack_of,
)
from projects.plan.states import PRODUCTION_STOPS, PlanStop
from projects.portfolio.models.project import Project
from projects.portfolio.states import Milestone, Product

REQUESTED = ("queued", "deploying", "failed", "done")


def days_off(own: frozenset[date] = frozenset()) -> DaysOff:
    return DaysOff(fasttrack_calendar().country, own)


def backward_plan(
    project: Project, days: Mapping[str, date], *, today: date, own: frozenset[date] = frozenset()
) -> BackwardPlan | None:
    """For the dates as they are, or as they would be; without a go-live date there is no way back."""
    if Milestone.GO_LIVE not in days:
        return None
    off, legs = days_off(own), legs_of(project, days)
    go_live = days[Milestone.GO_LIVE]
    latest = latest_days(go_live, legs, cutover_hours=number("cutover"), off=off)
    progress = progress_of(project, days)
    expected = {PlanStop.LIVE.value: go_live} | expected_days(legs, progress, today=today, off=off)
    ahead = [leg.stop.value for leg in legs if leg.stop not in progress.done]
    slacks = {stop: slack_of(latest[stop], expected.get(stop), today=today, off=off) for stop in ahead}
    takes = takes_of(kind_of(project))
    lines = {
        stop: _line(PlanStop(stop), takes, day, expected.get(stop), progress, slacks.get(stop))
        for stop, day in latest.items()
    }
    decides = least_slack(slacks)
    return BackwardPlan(go_live, tuple(lines.values()), lines[decides] if decides else None)


def legs_of(project: Project, days: Mapping[str, date]) -> tuple[Leg, ...]:
    """Without finance and operations apps there is no production to request; a copy that is not wanted is left out."""
    kind = kind_of(project)
    window_closes = days[Milestone.GO_LIVE] - timedelta(days=number("checklist_window_closes"))
    legs = (
        Leg(PlanStop.ACCEPTANCE),
        Leg(PlanStop.CHECKLIST, int(number("acceptance_exit")), by=window_closes),
        Leg(PlanStop.REPORT, int(number("first_report"))),
        Leg(PlanStop.MITIGATION, int(number("mitigation_buffer"))),
        Leg(PlanStop.RELEASED, business_days_of(number("release"))),
        Leg(PlanStop.REQUEST),
        Leg(PlanStop.DEPLOYMENT, business_days_of(deployment_hours(kind)), by=days.get(Milestone.PRODUCTION_NEEDED)),
        Leg(PlanStop.PACKAGES, _window_days("package", kind)),
        Leg(PlanStop.DATABASE_COPY, _window_days("database_copy", kind)),
        Leg(PlanStop.READY, int(number("go_no_go_check"))),
    )
    return tuple(leg for leg in legs if leg.stop not in stops_left_out(project))


def stops_left_out(project: Project) -> frozenset[str]:
    products = project.facts.products
    if products and Product.FINANCE_OPERATIONS not in products:
        return frozenset(PRODUCTION_STOPS)
    return frozenset() if project.facts.has_database_copy is not False else frozenset({PlanStop.DATABASE_COPY})


def kind_of(project: Project) -> str:
    return "self_service" if project.is_self_service else "managed"


def deployment_hours(kind: str) -> float:
    """From the request to the environment, sizing included."""
    own = number("deployment_self_service") / 60 if kind == "self_service" else number("deployment_managed")
    return number("sizing") + own


def _window_days(what: str, kind: str) -> int:
    return business_days_of(number(f"{what}_lead_{kind}") + number(f"{what}_downtime_{kind}"))


def progress_of(project: Project, days: Mapping[str, date]) -> Progress:
    """From the project's own rows: what is behind it, when acceptance ends, when the report is promised."""
    row = project.standing
    known: dict[str, date] = {}
    if Milestone.TEST_END in days:
        known[PlanStop.ACCEPTANCE.value] = days[Milestone.TEST_END]
    if row.review_due_on:
        known[PlanStop.REPORT.value] = row.review_due_on
    released = row.clearance_state == "stands"
    behind = {
        PlanStop.ACCEPTANCE: "test" not in project.facts.open_gate_phases and project.facts.onboarded,
        PlanStop.CHECKLIST: row.checklist_state == "submitted",
        PlanStop.REPORT: row.review_state not in {"", "withdrawn"} and row.review_due_on is None,
        PlanStop.MITIGATION: released,
        PlanStop.RELEASED: released,
        PlanStop.REQUEST: row.request_state in REQUESTED,
        PlanStop.DEPLOYMENT: row.request_state == "done",
    }
    return Progress(frozenset(stop.value for stop, passed in behind.items() if passed), known)


def _line(
    stop: PlanStop,
    takes: Mapping[PlanStop, str],
    latest: date,
    expected: date | None,
    progress: Progress,
    slack: int | None,
) -> PlannerLine:
    done = stop in progress.done
    tone, icon, word = _slack_badge(stop, done, slack)
    return PlannerLine(
        stop=stop.value,
        name=str(stop.label),
        takes=takes[stop],
        latest=latest,
        expected=expected,
        set_day=stop == PlanStop.LIVE or (expected is not None and progress.days.get(stop) == expected),
        done=done,
        slack=slack,
        tone=tone,
        icon=icon,
        word=word,
    )


def _slack_badge(stop: PlanStop, done: bool, slack: int | None) -> tuple[str, str, str]:
    if done:
        return "good", "check", _("Done")
    if stop == PlanStop.LIVE:
        return "mute", "flag", _("the goal")
    if slack is None:
        return "mute", "ring", _("not known yet")
    days = ngettext("%(n)d day", "%(n)d days", abs(slack)) % {"n": abs(slack)}  # the page says: business days
    if slack < 0:
        return "critical", "stop", _("%(days)s late") % {"days": days}
    return ("notice", "dia", _("none left")) if slack == 0 else ("good", "check", days)


def takes_of(kind: str) -> dict[PlanStop, str]:
    """What lies between the stop before each and itself, by the programme's numbers."""
    exit_days = int(number("acceptance_exit"))
    before = ngettext("%(n)d business day before that", "%(n)d business days before that", exit_days) % {"n": exit_days}
    hours = _("%(n)d hours") % {"n": number("deployment_managed")}
    minutes = _("about %(n)d minutes") % {"n": number("deployment_self_service")}
    return {
        PlanStop.ACCEPTANCE: before,
        PlanStop.CHECKLIST: _("at least %(n)d weeks ahead") % {"n": number("checklist_window_closes") // 7},
        PlanStop.REPORT: _("%(n)d business days") % {"n": number("first_report")},
        PlanStop.MITIGATION: _("%(n)d business days, one round") % {"n": number("mitigation_buffer")},
        PlanStop.RELEASED: _("at once after the review"),
        PlanStop.REQUEST: _("signed off by customer or partner"),
        PlanStop.DEPLOYMENT: minutes if kind == "self_service" else hours,
        PlanStop.PACKAGES: window_words("package", kind),
        PlanStop.DATABASE_COPY: window_words("database_copy", kind),
        PlanStop.READY: _("go or no-go"),
        PlanStop.LIVE: _("%(n)d h cutover") % {"n": number("cutover")},
    }


def window_words(what: str, kind: str) -> str:
    words = {"lead": number(f"{what}_lead_{kind}"), "window": number(f"{what}_downtime_{kind}")}
    return _("%(lead)d h notice, %(window)d h window") % words
