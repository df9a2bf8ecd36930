"""One save an answer: what was saved, what is wrong with it, or both texts where somebody else was first."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from golive.core.calendar import today_in
from golive.core.decision import Stale, require
from golive.core.htmx import asks_for_part, part
from projects.checklist.actions.answering import answer_on_sheet
from projects.checklist.forms.answering import AnswerForm
from projects.checklist.queries.rounds import round_facts
from projects.checklist.queries.sheet import Sheet, pinned_question, sheet_of, with_catalogue
from projects.checklist.rules.answers import AnswerContent, in_words
from projects.checklist.rules.questions import Question
from projects.checklist.rules.submission import may_answer
from projects.checklist.views.one import open_after
from projects.checklist.views.shown import QuestionShown, question_sent, question_shown
from projects.checklist.views.workbench import frame, project_or_404
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker


class Pairs(tuple):
    """Hidden fields of a button; the same name may stand twice."""

    def items(self) -> "Pairs":
        return self


@login_required
@require_POST
def checklist_answer(request: HttpRequest, key: str, question: str) -> HttpResponse:
    seen = with_catalogue(Project.objects.visible_to(request.user)).only("key", "state", "time_zone")
    project = get_object_or_404(seen, key=key)  # the save locks it, and reads all of it then
    asked, at = pinned_question(project, question), timezone.now()
    if asked is None:
        raise Http404
    if request.POST.get("keep") == "theirs":
        return kept_theirs(request, project, asked, at)
    form = AnswerForm(asked, request.POST, today=today_in(project.time_zone, at))
    if not form.is_valid():
        return not_accepted(request, key, form, at)
    try:
        return saved(request, project, asked, form, at)
    except Stale:
        return both_texts(request, key, asked, form, at)


def saved(request: HttpRequest, project: Project, asked: Question, form: AnswerForm, at: datetime) -> HttpResponse:
    revision = form.cleaned_data["revision"]
    sheet = answer_on_sheet(project, asked.id, form.content, revision=revision, by=request.user, at=at)
    if not asks_for_part(request):
        messages.success(request, _("%(question)s is saved.") % {"question": asked.id})
        return redirect(after(sheet, asked) if request.POST.get("then") == "one" else address_of(project.key, asked))
    context = {"one": question_shown(sheet, asked), "key": project.key}
    if "whole" in request.POST:
        response = over_article(part(request, "projects/checklist/_question.html", context), asked)
    else:
        response = HttpResponse(render_to_string("projects/checklist/_saved.html", context))
    response["HX-Trigger"] = "answer-saved"
    return response


def after(sheet: Sheet, asked: Question) -> str:
    """Where a save of the fast mode leads: to what is still open, else to the whole."""
    place = sheet.questions.index(asked) if asked in sheet.questions else -1
    following = open_after(sheet, place)
    if following is None:
        return address_of(sheet.project.key, asked)
    return reverse("checklist_question", kwargs={"key": sheet.project.key, "question": following.id})


def kept_theirs(request: HttpRequest, project: Project, asked: Question, at: datetime) -> HttpResponse:
    """Nothing is written: what stands is shown again."""
    if not asks_for_part(request):
        return redirect(address_of(project.key, asked))
    sheet = sheet_of(project_or_404(request.user, project.key), at=at)
    context = {"one": question_shown(sheet, asked), "key": project.key}
    return over_article(part(request, "projects/checklist/_question.html", context), asked)


def not_accepted(request: HttpRequest, key: str, form: AnswerForm, at: datetime) -> HttpResponse:
    """Whoever may not answer at all hears that; else the errors stand at their fields, beside what was typed."""
    project = project_or_404(request.user, key)
    sheet = sheet_of(project, at=at)
    require(may_answer(onlooker(request.user, project), round_facts(sheet)), on=project)
    return marked(request, project, question_sent(sheet, form, "failed"), at, status=422)


def both_texts(request: HttpRequest, key: str, asked: Question, form: AnswerForm, at: datetime) -> HttpResponse:
    """Nothing is lost and no side is taken: keep theirs, keep mine, or merge by hand on the newest revision."""
    project = project_or_404(request.user, key)
    sheet = sheet_of(project, at=at)
    one = question_sent(sheet, form, "conflict")
    pairs = [(name, value) for name, values in form.typed.items() for value in values]
    one.conflict = {
        "by": str(one.row.by) if one.row else _("Nobody"),  # no row: the sender claimed a revision that never was
        "at": one.row.at if one.row else None,
        "revision": one.revision,
        "theirs": told(asked, one.content),
        "mine": told(asked, form.content),
        "keep_theirs": {"keep": "theirs"},
        "keep_mine": Pairs([*pairs, ("revision", str(one.revision)), ("whole", "1")]),
    }
    return marked(request, project, one, at, status=409)


def told(question: Question, content: AnswerContent) -> str:
    return "\n".join(text for text in (in_words(question, content), content.note) if text)


def marked(request: HttpRequest, project: Project, one: QuestionShown, at: datetime, *, status: int) -> HttpResponse:
    one.then = request.POST.get("then") == "one"
    context: dict[str, Any] = {"one": one, "key": project.key}
    if asks_for_part(request):
        return over_article(part(request, "projects/checklist/_question.html", context, status), one.question)
    return render(request, "projects/checklist/question.html", context | frame(project, at), status=status)


def over_article(response: HttpResponse, asked: Question) -> HttpResponse:
    """The whole question is drawn anew, in place of the one that was sent."""
    response["HX-Retarget"], response["HX-Reswap"] = f"#{asked.id}", "outerHTML"
    return response


def address_of(key: str, question: Question) -> str:
    return reverse("checklist", kwargs={"key": key}) + f"#{question.id}"
