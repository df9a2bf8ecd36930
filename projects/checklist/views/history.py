"""What stood in an answer, who wrote it and when, and the way back to each: a save like any other."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.checklist.queries.history import PastAnswer, history_of
from projects.checklist.queries.rounds import decisions_of
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.questions import Question
from projects.checklist.views.answering import Pairs, told
from projects.checklist.views.controls import typed_of
from projects.checklist.views.workbench import frame, project_or_404


@login_required
@require_safe
def answer_history(request: HttpRequest, key: str, question: str) -> HttpResponse:
    project, at = project_or_404(request.user, key), timezone.now()
    sheet = sheet_of(project, at=at)
    asked = next((one for one in sheet.questions if one.id == question), None)
    if asked is None:
        raise Http404
    kept = history_of(sheet.checklist, asked, below=below_of(request))
    context = frame(project, at) | {
        "question": asked,
        "lines": [line_shown(asked, line, kept.newest) for line in kept.lines],
        "older": kept.older,
        "answer": decisions_of(request.user, sheet)["answer"],
    }
    return render(request, "projects/checklist/history.html", context)


def below_of(request: HttpRequest) -> int:
    """Where the page begins; what is no revision begins at the newest."""
    sent = request.GET.get("below", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0


def line_shown(question: Question, line: PastAnswer, newest: int) -> dict[str, Any]:
    """`restore`: what the form of the page would send, on the newest revision; the one that stands has none."""
    pairs = [(name, value) for name, values in typed_of(line.content).items() for value in values]
    return {
        "row": line.row,
        "before": told(question, line.before),
        "now": told(question, line.content),
        "restore": Pairs([*pairs, ("revision", str(newest))]) if line.row.revision != newest else None,
    }
