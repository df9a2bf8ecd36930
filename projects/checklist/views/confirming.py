"""Still true? One click for an answer of an earlier round, or for all of a topic."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from golive.core.htmx import asks_for_part, part
from projects.checklist.actions.confirming import confirm_answers
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.views.shown import question_shown
from projects.checklist.views.workbench import project_or_404
from projects.portfolio.models.project import Project


@login_required
@require_POST
def answer_confirm(request: HttpRequest, key: str, question: str) -> HttpResponse:
    project, at = project_or_404(request.user, key), timezone.now()
    asked = asked_here(project, at).get(question)
    if asked is None:
        raise Http404
    sheet = confirm_answers(project, [question], by=request.user, at=at)
    if not asks_for_part(request):
        messages.success(request, _("%(question)s is still true.") % {"question": question})
        return redirect(place(key, question))
    context = {"one": question_shown(sheet, asked), "key": key}
    response = part(request, "projects/checklist/_saved.html", context)
    response["HX-Trigger"] = "answer-saved"
    return response


@login_required
@require_POST
def topic_confirm(request: HttpRequest, key: str, topic: str) -> HttpResponse:
    project, at = project_or_404(request.user, key), timezone.now()
    asked = [one.id for one in asked_here(project, at).values() if one.topic == topic]
    if not asked:
        raise Http404
    before = set(sheet_of(project, at=at).unconfirmed)
    left = set(confirm_answers(project, asked, by=request.user, at=at).unconfirmed)
    done = len(before - left)
    said = ngettext("%(count)d answer is still true.", "%(count)d answers are still true.", done)
    messages.success(request, said % {"count": done})
    return redirect(place(key, topic))


def asked_here(project: Project, at: datetime) -> dict:
    return {one.id: one for one in sheet_of(project, at=at).questions}


def place(key: str, fragment: str) -> str:
    return reverse("checklist", kwargs={"key": key}) + f"#{fragment}"
