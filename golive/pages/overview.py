"""One project at a glance: its journey, what to do now, why Configure is locked, its dates, people and latest acts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from golive.accounts.models import User
from golive.audit.queries import history
from golive.core.decision import Decision
from golive.pages.acts import act_line
from golive.pages.context import url_or_none
from golive.pages.stages import stage_figure
from golive.pages.stations import stations_of
from golive.pages.tabs import cure_words_of
from golive.pages.way import actors, way_of
from projects.checklist.content import PressShown, press_shown
from projects.checklist.queries.deadlines import deadlines_of
from projects.checklist.queries.knowing import project_warnings
from projects.checklist.queries.sheet import SEVERITY, with_catalogue
from projects.checklist.rules.deadlines import Press
from projects.checklist.rules.risks import PredictedRisk
from projects.methodology.rules.catalogue import methodology
from projects.plan.queries.backward import backward_plan
from projects.plan.queries.lines import milestone_lines
from projects.plan.queries.notices import notices_of
from projects.plan.states import PlanStop
from projects.portfolio.content import Badge, line_of, risk_badge
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker, people_of
from projects.portfolio.queries.projects import head_of, projects_for
from projects.portfolio.queries.roster import roster_notices
from projects.portfolio.queries.stages import stage_facts
from projects.portfolio.rules.onlooker import Onlooker
from projects.portfolio.states import ProjectState
from projects.production.queries.gate import gate_facts
from projects.production.rules.gate import GateFacts, environment, may_configure
from projects.production.states import Environment

LATEST = 8
REQUEST_ACTS = ("draft", "queued", "deploying", "failed")


@dataclass(frozen=True)
class Next:
    """One thing to do now, or to wait for."""

    text: str
    detail: str
    url: str
    label: str


@login_required
@require_safe
def project(request: HttpRequest, key: str) -> HttpResponse:
    user = cast(User, request.user)
    found = get_object_or_404(with_catalogue(projects_for(user)), key=key)
    today = timezone.localdate()
    person, facts = onlooker(user, found), gate_facts(found)
    lines = milestone_lines(found, [], today)
    configure = may_configure(person, facts)
    strong, text = say(found, facts, configure)
    days = {one.key: one.day for one in lines if one.day}
    people = list(people_of(found))
    names = {str(member.user.uid): member.user.name for member in people}
    context = {
        "sheet": head_of(found, tab="project", today=today),
        "project": found,
        "line": line_of(found),
        "stations": stations_of(found, days, today),
        "way": way_of(found, days, today),
        "actors": actors(),
        "stages": stage_figure(stage_facts(found)),
        "strong": strong,
        "text": text,
        "configure": configure,
        "environment": environment(facts),
        "opens_on": opens_on(found, facts, days, today),
        "next": list(next_acts(found, facts, person, press_of_days(days, today))),
        "dated": [one for one in lines if one.day],
        "notices": notices_of(found, days, today),
        "warnings": [warning_shown(risk) for risk in project_warnings(found, days, today=today)],
        "people": people,
        "people_notices": roster_notices(found, people, check=None, today=today),
        "acts": [act_line(row, names) for row in history(found.chain, size=LATEST)],
        "today": today,
    }
    return render(request, "golive/overview.html", context)


def warning_shown(risk: PredictedRisk) -> tuple[Badge, PredictedRisk]:
    return risk_badge(SEVERITY[risk.severity]), risk


def say(project: Project, facts: GateFacts, configure: Decision) -> tuple[str, str]:
    """May we go live, and if not, what stands between us and it?"""
    if project.state != ProjectState.ACTIVE:
        return _("The project is %(state)s.") % {"state": ProjectState(project.state).label.lower()}, ""
    words = {
        Environment.QUEUED: (_("Production is requested."), _("The request is queued.")),
        Environment.DEPLOYING: (_("Production is being deployed."), ""),
        Environment.DEPLOYED: (_("Production is deployed."), _("Now packages, data and cutover.")),
        Environment.FAILED: (_("The deployment failed."), _("The service engineers look into it.")),
        Environment.CONFIGURE: (_("Ready to request production."), _("Configure is open.")),
    }
    state = environment(facts)
    if state in words:
        return words[state]
    left = len(configure.missing)
    text = ngettext("One thing stands in the way of Configure.", "%(n)d things stand in the way of Configure.", left)
    return _("Not ready for production yet."), text % {"n": left}


def opens_on(project: Project, facts: GateFacts, days: Mapping[str, date], today: date) -> date | None:
    """When Configure is expected to open: self-service needs the review passed, managed the Test phase complete."""
    plan = backward_plan(project, days, today=today)
    if plan is None or project.state != ProjectState.ACTIVE or environment(facts) != Environment.NOT_AVAILABLE:
        return None
    waits_for = plan.line(PlanStop.RELEASED if facts.self_service else PlanStop.ACCEPTANCE)
    return waits_for.expected if waits_for else None


def next_acts(project: Project, facts: GateFacts, person: Onlooker, press: PressShown | None = None) -> Iterable[Next]:
    """What comes next on this project, whoever's turn it is; from its two rows, without another query."""
    row, key = project.standing, project.key
    if project.state != ProjectState.ACTIVE:
        return
    if not facts.onboarded:
        yield act(_("Finish onboarding"), _("Vision, products, users and dates"), "onboarding", key)
    if project.facts.open_gate_phases:
        yield phase_act(project.facts.open_gate_phases[0], key)
    if row.checklist_state != "submitted":
        if press is None or press.press != Press.EARLY or row.answered:
            yield checklist_act(project, press)
    elif row.turn == "team":
        yield act(_("Answer the findings of the review"), _("The review waits for the team"), "review", key)
    elif facts.clearance == "none":
        yield act(_("Wait for the review"), _("FastTrack has the checklist"), "review", key)
    if not facts.has_active_estimate:
        yield act(_("Activate a subscription estimate"), _("Sizing reads only the active one"), "production", key)
    if facts.request_state in REQUEST_ACTS:
        yield request_act(facts.request_state, key)
    elif not may_configure(person, facts).missing:
        yield act(_("Configure production"), _("Nothing stands in the way"), "production", key)


def act(text: str, detail: str, page: str, key: str) -> Next:
    return Next(text, detail, url_or_none(page, key=key) or "", cure_words_of(page))


def request_act(state: str, key: str) -> Next:
    words = {
        "draft": (_("Sign off the production request"), _("It is begun and not signed off")),
        "queued": (_("Wait for the deployment"), _("The request is queued")),
        "deploying": (_("Wait for the deployment"), _("Production is being deployed")),
        "failed": (_("See why the deployment failed"), _("Service engineers try again, or the request is withdrawn")),
    }
    return act(*words[state], "production", key)


def phase_act(phase: str, key: str) -> Next:
    name = methodology().phase(phase).name
    text = _("Complete %(phase)s") % {"phase": name}
    url = f"{reverse('methodology', kwargs={'key': key})}#{phase}"
    return Next(text, _("Every required step, then the phase itself"), url, cure_words_of("methodology"))


def press_of_days(days: Mapping[str, date], today: date) -> PressShown | None:
    deadlines = deadlines_of(days)
    return press_shown(deadlines, today) if deadlines else None


def checklist_act(project: Project, press: PressShown | None) -> Next:
    row = project.standing
    left = row.asked - row.answered
    detail = _("%(done)d of %(all)d answered") % {"done": row.answered, "all": row.asked} if row.asked else ""
    text = _("Submit the checklist") if row.asked and not left else _("Fill in the checklist")
    said = detail or _("Nothing is answered yet")
    return act(text, f"{press.badge.word}. {press.text} {said}" if press else said, "checklist", project.key)
