"""The reviewers' desk: what waits, who holds what, and which promise presses."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from golive.core.calendar import today_in
from golive.core.decision import require
from golive.core.paging import page_of
from golive.programme.queries import fasttrack_calendar
from projects.checklist.models.submission import Submission
from projects.portfolio.queries.people import onlooker
from reviews.assessment.actions.reviewing import take_submission
from reviews.assessment.models import Review
from reviews.assessment.queries import report_due
from reviews.assessment.rules.promise import Promise, promise_of
from reviews.desk.queries import BY_PROMISE, VIEWS, Counts, counts_of, in_view, inbox, load, may_see_desk, running


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    require(may_see_desk(onlooker(request.user)))
    view = request.GET.get("view", "all")
    view = view if view in VIEWS else "all"
    at, today = timezone.now(), today_in(fasttrack_calendar().zone, timezone.now())
    reviews = page_of(in_view(running(request.user), view, request.user, today), request, key=BY_PROMISE)
    first = "cursor" not in request.GET and view in {"all", "inbox"}
    waiting = (
        page_of(inbox(request.user), request, key=("submitted_at", "pk")) if first else {"results": [], "next": ""}
    )
    shown = [] if view == "inbox" else reviews["results"]
    counts = counts_of(request.user, today)
    strong, text = verdict_of(counts)
    context = {
        "lines": [*(waiting_line(row, at) for row in waiting["results"]), *(review_line(row, at) for row in shown)],
        "next": waiting["next"] if view == "inbox" else reviews["next"],
        "views": [(name, label, getattr(counts, name), name == view) for name, label in view_words().items()],
        "load": load(request.user),
        "strong": strong,
        "text": text,
        "today": timezone.localdate(),
    }
    return render(request, "reviews/desk/desk.html", context)


def view_words() -> dict[str, str]:
    return {"all": _("All"), "inbox": _("Inbox"), "mine": _("Mine"), "overdue": _("Overdue")}


def verdict_of(counts: Counts) -> tuple[str, str]:
    late = ngettext("%(n)d first report is overdue.", "%(n)d first reports are overdue.", counts.overdue)
    strong = late % {"n": counts.overdue} if counts.overdue else _("No promise is broken.")
    text = ngettext("%(n)d checklist waits to be taken.", "%(n)d checklists wait to be taken.", counts.inbox)
    return strong, text % {"n": counts.inbox} if counts.inbox else _("Every checklist is taken.")


def waiting_line(row: Submission, at: datetime) -> dict[str, Any]:
    due = report_due(row.submitted_at)
    return line_of(row, row.submitted_at, promise(row.submitted_at, due, None, at)) | {"take": row.uid}


def review_line(row: Review, at: datetime) -> dict[str, Any]:
    arrived = min(row.submission.submitted_at, row.taken_at)
    clock = promise(arrived, row.first_report_due_on, row.report_delivered_at, at)
    ours = row.project.standing.turn == "reviewers"
    word = _("Ours") if ours else _("Team")
    return line_of(row, row.submission.submitted_at, clock) | {
        "review": row,
        "turn": ("accent", "next", word) if ours else ("mute", "pause", word),
        "paused": not ours,
        "state": row.get_state_display(),
    }


def line_of(row: Submission | Review, received: datetime, clock: Promise) -> dict[str, Any]:
    return {"project": row.project, "received": received, "clock": clock, "go_live_on": row.project.standing.go_live_on}


def promise(arrived: datetime, due: Any, delivered: datetime | None, at: datetime) -> Promise:
    calendar = fasttrack_calendar()
    return promise_of(arrived, due, delivered_at=delivered, at=at, country=calendar.country, zone=calendar.zone)


@login_required
@require_POST
def take(request: HttpRequest, uid: UUID) -> HttpResponse:
    submission = get_object_or_404(Submission.objects.visible_to(request.user), uid=uid)
    review = take_submission(submission, by=request.user, at=timezone.now())
    messages.success(request, _("The review is yours. What the rules raised stands below as drafts."))
    return redirect("review", key=review.project.key)
