"""The workbench: every topic and question, and the panel that decides; the panel alone after a save."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from golive.accounts.models import User
from golive.core.calendar import today_in
from golive.core.htmx import asks_for_part, part
from projects.checklist.content import PressShown, press_shown
from projects.checklist.forms.contradicting import SettleForm
from projects.checklist.queries.assigning import assignments_of
from projects.checklist.queries.deadlines import deadlines_of
from projects.checklist.queries.presence import others_on
from projects.checklist.queries.rounds import decisions_of, first_report_due
from projects.checklist.queries.sheet import Sheet, sheet_of
from projects.checklist.queries.talking import talk_lines
from projects.checklist.rules.questions import Question
from projects.checklist.views.header_shown import HeaderShown, header_shown
from projects.checklist.views.knowing import contraries_shown, live_shown
from projects.checklist.views.shown import NOTHING_KNOWN, Beside, PanelShown, TopicShown, topics_shown
from projects.portfolio.content import risk_badge
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker_among
from projects.portfolio.queries.projects import head_of, project_for


def project_or_404(user: User, key: str) -> Project:
    try:
        return project_for(user, key)
    except Project.DoesNotExist as missing:
        raise Http404 from missing


def frame(project: Project, at: datetime) -> dict[str, Any]:
    """What every page of the checklist stands in."""
    today = today_in(project.time_zone, at)
    return {
        "project": project,
        "key": project.key,
        "today": today,
        "sheet": head_of(project, tab="checklist", today=today),
    }


def panel_of(user: User, sheet: Sheet) -> PanelShown:
    decisions = decisions_of(user, sheet)
    sent = sheet.round.submitted_at if sheet.round else None
    return PanelShown(
        decisions=decisions,
        sheet=sheet,
        rounds=[one for one in sheet.rounds if one.submitted_at],
        due_on=first_report_due(sent) if sent else None,
        press=press_of_sheet(sheet),
        submitted_at=sent,
        read_only=not decisions["answer"],
        why_not=decisions["answer"].reasons,
        worst=risk_badge(sheet.worst),
        live=live_shown(sheet),
    )


def press_of_sheet(sheet: Sheet) -> PressShown | None:
    """How it stands while it is not sent; nothing to say without a go-live date."""
    deadlines = deadlines_of(sheet.facts.milestones)
    return press_shown(deadlines, sheet.facts.today) if deadlines and sheet.is_draft else None


@login_required
@require_safe
@gzip_page
def checklist(request: HttpRequest, key: str) -> HttpResponse:
    project, at = project_or_404(request.user, key), timezone.now()
    context = workbench(request.user, project, at)
    if "mine" in request.GET:
        context["mine"], context["topics"] = True, asked_of_me(context["topics"], request.user)
    return part(request, "projects/checklist/checklist.html", context)


@login_required
@require_safe
def checklist_panel(request: HttpRequest, key: str) -> HttpResponse:
    """What follows from a saved answer: the progress of topics and what stands before Submit."""
    project, at = project_or_404(request.user, key), timezone.now()
    if not asks_for_part(request):
        return redirect(reverse("checklist", kwargs={"key": key}) + "#submit")
    return part(
        request, "projects/checklist/_panel.html", drawn(request.user, sheet_of(project, at=at), at) | {"swapped": True}
    )


def workbench(
    user: User,
    project: Project,
    at: datetime,
    header: HeaderShown | None = None,
    spoken: SettleForm | None = None,
) -> dict[str, Any]:
    sheet = sheet_of(project, at=at)
    return drawn(user, sheet, at, header, spoken, beside=beside_of(user, sheet))


def drawn(
    user: User,
    sheet: Sheet,
    at: datetime,
    header: HeaderShown | None = None,
    spoken: SettleForm | None = None,
    *,
    beside: Beside = NOTHING_KNOWN,
) -> dict[str, Any]:
    panel = panel_of(user, sheet)
    return frame(sheet.project, at) | {
        "panel": panel,
        "header": header or header_shown(sheet),
        "topics": list(topics_shown(sheet, beside)),
        "submit": panel.decisions["submit"],
        "here": others_on(sheet, user, at=at),
        "contraries": contraries_shown(sheet, spoken),
    }


def beside_of(user: User, sheet: Sheet) -> Beside:
    """As far as this person reads it."""
    person = onlooker_among(user, sheet.people)
    rows = assignments_of(sheet.project) if sheet.checklist else ()
    said, asked = talk_lines(sheet.project, person), {row.topic or row.question: row for row in rows}
    return Beside(talks=bool(person.side), said=said, asked=asked)


def asked_of_me(topics: list[TopicShown], user: User) -> list[TopicShown]:
    """Only the questions that this person was asked to answer."""
    mine = [replace(topic, asked=[one for one in topic.asked if is_mine(topic.beside, one, user)]) for topic in topics]
    return [topic for topic in mine if topic.asked]


def is_mine(beside: Beside, question: Question, user: User) -> bool:
    row = beside.asked_for(question)
    return row is not None and row.person_id == user.pk
