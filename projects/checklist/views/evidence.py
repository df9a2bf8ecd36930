"""Evidence beside one answer: laid there, taken away, and renewed wherever it lies."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from golive.core.decision import require
from golive.core.htmx import asks_for_part, part
from projects.checklist.actions.evidence import (
    attach_anew,
    attach_evidence,
    detach_evidence,
    laid_facts,
    take_newest,
)
from projects.checklist.forms.evidence import LaidForm
from projects.checklist.queries.rounds import round_facts
from projects.checklist.queries.sheet import Sheet, pinned_question, sheet_of, with_catalogue
from projects.checklist.rules.evidence import may_attach
from projects.checklist.rules.questions import Question
from projects.checklist.views.shown import question_shown
from projects.checklist.views.workbench import frame
from projects.evidence.giving import KnownForm
from projects.evidence.models import Evidence
from projects.evidence.queries.shown import offered
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.portfolio.queries.projects import projects_for

MOST_CHOICES = 500  # of the newest; an older piece is attached by the API


def asked_of(request: HttpRequest, key: str, question: str) -> tuple[Project, Question]:
    project = get_object_or_404(with_catalogue(projects_for(request.user)), key=key)
    asked = pinned_question(project, question)
    if asked is None:
        raise Http404
    return project, asked


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_evidence(request: HttpRequest, key: str, question: str) -> HttpResponse:
    """POST: something new."""
    (project, asked), at = asked_of(request, key, question), timezone.now()
    if request.method != "POST":
        return shown(request, project, asked, at)
    form = LaidForm(request.POST, request.FILES)
    if not form.is_valid():
        return shown(request, project, asked, at, status=422, form=form)
    sheet = attach_anew(project, asked.id, **form.content, by=request.user, at=at)
    return back(request, sheet, asked, _("Laid beside %(question)s."))


@login_required
@require_POST
def answer_evidence_attach(request: HttpRequest, key: str, question: str) -> HttpResponse:
    """What the project has already."""
    (project, asked), at = asked_of(request, key, question), timezone.now()
    form = KnownForm(request.POST, pieces=())
    piece = form.piece(request.user, project)
    if piece is None:
        return shown(request, project, asked, at, status=422, choice=form)
    sheet = attach_evidence(project, asked.id, piece, by=request.user, at=at)
    return back(request, sheet, asked, _("Laid beside %(question)s."))


@login_required
@require_POST
def answer_evidence_detach(request: HttpRequest, key: str, question: str, uid: UUID) -> HttpResponse:
    (project, asked), at = asked_of(request, key, question), timezone.now()
    piece = get_object_or_404(Evidence.objects.visible_to(request.user), uid=uid, project=project)
    sheet = detach_evidence(project, asked.id, piece, by=request.user, at=at)
    return back(request, sheet, asked, _("Taken away from %(question)s. The evidence itself stays."))


@login_required
@require_POST
def checklist_evidence_newest(request: HttpRequest, key: str, uid: UUID) -> HttpResponse:
    """Wherever it lies beside an answer of this checklist."""
    project = get_object_or_404(projects_for(request.user), key=key)
    piece = get_object_or_404(Evidence.objects.visible_to(request.user), uid=uid, project=project)
    take_newest(project, piece, by=request.user, at=timezone.now())
    messages.success(request, _("Every answer that names it has the newest revision now."))
    return redirect("checklist", key=key)


def shown(
    request: HttpRequest, project: Project, asked: Question, at: datetime, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """With script it opens below the question, without it is a page. Whoever may not write hears why."""
    sheet = sheet_of(project, at=at)
    decision = may_attach(onlooker(request.user, project), round_facts(sheet), laid_facts(sheet, asked.id))
    if status != 200:
        require(decision, on=project)
    context = {
        "one": question_shown(sheet, asked),
        "key": project.key,
        "form": forms.get("form") or LaidForm(auto_id=f"{asked.id}-%s"),
        "choice": forms.get("choice")
        or KnownForm(pieces=offered(request.user, project)[:MOST_CHOICES], auto_id=f"{asked.id}-%s"),
        "decision": decision,
    }
    if asks_for_part(request):
        response = part(request, "projects/checklist/_evidence_forms.html", context, status)
        response["HX-Retarget"], response["HX-Reswap"] = f"#e-{asked.id}", "innerHTML"
        return response
    return part(request, "projects/checklist/evidence.html", context | frame(project, at), status)


def back(request: HttpRequest, sheet: Sheet, asked: Question, said: str) -> HttpResponse:
    if not asks_for_part(request):
        messages.success(request, said % {"question": asked.id})
        return redirect(reverse("checklist", kwargs={"key": sheet.project.key}) + f"#{asked.id}")
    context = {"one": question_shown(sheet, asked), "key": sheet.project.key, "may": True, "swapped": True}
    response = part(request, "projects/checklist/_evidence.html", context)
    response["HX-Trigger"] = "answer-saved"
    return response
