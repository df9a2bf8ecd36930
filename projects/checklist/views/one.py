"""The fast mode: one question a screen, the way to the next, and how far one has come."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.checklist.queries.presence import others_on
from projects.checklist.queries.rounds import decisions_of
from projects.checklist.queries.sheet import Sheet, sheet_of
from projects.checklist.rules.answers import counts_as_answered, missing_of
from projects.checklist.rules.questions import Question
from projects.checklist.views.shown import question_shown
from projects.checklist.views.workbench import frame, project_or_404


@login_required
@require_safe
def first_question(request: HttpRequest, key: str) -> HttpResponse:
    """Where one left off: the first that is open, else the first of all."""
    sheet = sheet_of(project_or_404(request.user, key), at=timezone.now())
    first = open_after(sheet, -1) or next(iter(sheet.questions), None)
    return redirect("checklist_question", key=key, question=first.id) if first else redirect("checklist", key=key)


@login_required
@require_safe
def one_question(request: HttpRequest, key: str, question: str) -> HttpResponse:
    project, at = project_or_404(request.user, key), timezone.now()
    sheet = sheet_of(project, at=at)
    place = next((n for n, one in enumerate(sheet.questions) if one.id == question), None)
    if place is None:
        raise Http404
    asked = sheet.questions[place]
    one = question_shown(sheet, asked)
    one.then = True
    context = frame(project, at) | {
        "one": one,
        "topic": sheet.catalogue.topic(asked.topic),
        "read_only": not decisions_of(request.user, sheet)["answer"],
        "place": place + 1,
        "asked": len(sheet.questions),
        "answered": sheet.answered,
        "before": sheet.questions[place - 1] if place else None,
        "after": nth(sheet, place + 1),
        "open": open_after(sheet, place),
        "here": others_on(sheet, request.user, at=at),
    }
    return render(request, "projects/checklist/one.html", context)


def nth(sheet: Sheet, place: int) -> Question | None:
    return sheet.questions[place] if place < len(sheet.questions) else None


def open_after(sheet: Sheet, place: int) -> Question | None:
    """The next that still asks for something, past the end from the beginning again."""
    later: Iterable[Question] = (*sheet.questions[place + 1 :], *sheet.questions[: max(place, 0)])
    return next((one for one in later if is_open(sheet, one)), None)


def is_open(sheet: Sheet, question: Question) -> bool:
    content = sheet.answers[question.id]
    unanswered = not counts_as_answered(content)
    return unanswered or bool(missing_of(question, content)) or question.id in sheet.unconfirmed
