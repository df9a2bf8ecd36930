"""The review page of a project."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.portfolio.queries.projects import head_of, projects_for
from reviews.assessment.content import frozen_of
from reviews.assessment.queries import report_due, submissions_waiting, take_facts
from reviews.assessment.rules.review import may_take
from reviews.assessment.states import LIVE, ReviewState
from reviews.conclusion.queries import ReviewSheet, sheet_of
from reviews.conclusion.views import findings, shown
from reviews.report.queries import is_pending

PAGE = "reviews/conclusion/review.html"


@login_required
@require_safe
def review(request: HttpRequest, key: str) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    today = timezone.localdate()
    context = {"sheet": head_of(project, tab="review", today=today), "project": project, "key": key, "today": today}
    sheet = sheet_of(request.user, project)
    if sheet is None or sheet.review.state == ReviewState.WITHDRAWN:
        return render(request, PAGE, context | waiting_content(request, project))
    return render(request, PAGE, context | page_content(request, sheet))


def waiting_content(request: HttpRequest, project: Project) -> dict[str, Any]:
    """Before anybody has taken the submission, or after it was given up."""
    own = Project.objects.visible_to(request.user).filter(pk=project.pk)
    submission = submissions_waiting(own).order_by("-pk").first()
    if submission is None:
        text = _("The review begins when the checklist is submitted.")
        return {"verdict": {"strong": _("There is nothing to review yet."), "text": text}}
    person, due = onlooker(request.user, project), report_due(submission.submitted_at)
    text = _("The first report is due on %(day)s.") % {"day": shown.day(due)}
    return {
        "verdict": {"strong": _("The checklist waits for a reviewer."), "text": text},
        "submission": submission,
        "take": may_take(person, take_facts(submission)) if person.reviews else None,
    }


def page_content(request: HttpRequest, sheet: ReviewSheet) -> dict[str, Any]:
    row, frozen = sheet.review, frozen_of(sheet.review.submission)
    rows = findings.ordered(sheet.shown)
    chosen = findings.chosen_of(rows, request.GET.get("finding", ""))
    strong, text = shown.verdict_of(sheet)
    decision = shown.decision_of(sheet)
    return {
        "review": row,
        "live": row.state in LIVE,
        "verdict": {"strong": strong, "text": text},
        "promise": shown.promise_words(sheet, timezone.now()),
        "paused": row.project.standing.turn == "team",
        "lines": [findings.line_of(each, chosen) for each in rows],
        "told": shown.told(sheet),
        "finding": findings.finding_words(sheet, chosen, frozen) if chosen else None,
        "tools": shown.tools_of(sheet),
        "reviewer": sheet.person.reviews,
        "decision": decision,
        "before": shown.before_words(decision.missing),
        "not_ready": sheet.acts["conclude-not-ready"],
        "seal": shown.seal_facts(sheet, answers=len(frozen.answers)) if sheet.person.reviews else [],
        "seen": sheet.seal.review_hash,
        "hash": shown.grouped(sheet.seal.review_hash),
        "signed": shown.signed_facts(sheet),
        "orders": sheet.orders,
        "pending": is_pending(sheet.orders),
    }
