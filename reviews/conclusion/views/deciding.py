"""Signing off a review, and confirming a suspended one again: each asked once, with proof of who asks."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from golive.accounts.step_up import require_step_up
from golive.core.decision import Decision
from projects.portfolio.queries.projects import head_of, projects_for
from projects.production.document.page import names_of
from reviews.assessment.actions.reviewing import people_told
from reviews.assessment.content import frozen_of
from reviews.assessment.rules.facts import overall_advice
from reviews.conclusion.actions import conclude_review, reconfirm_review
from reviews.conclusion.forms import HASH, SeenForm
from reviews.conclusion.models import Conclusion
from reviews.conclusion.queries import ReviewSheet, sheet_of
from reviews.conclusion.views.shown import grouped, outcome_words, seal_facts

ASK = "reviews/conclusion/ask.html"
Pairs = list[tuple[str, Any]]


def sheet_in(request: HttpRequest, key: str) -> ReviewSheet:
    sheet = sheet_of(request.user, get_object_or_404(projects_for(request.user), key=key))
    if sheet is None:
        raise Http404
    return sheet


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: HttpRequest, key: str) -> HttpResponse:
    sheet = sheet_in(request, key)
    return decided(
        request,
        sheet,
        lambda seen: conclude_review(sheet.review, seen=seen, passed=True, by=request.user, at=timezone.now()),
        title=_("Sign off the review?"),
        text=outcome_words(overall_advice(sheet.facts.findings)),
        happens=_("The project is cleared for production, for exactly this content and go-live date."),
        label=_("Sign off review"),
        decision=sheet.acts["conclude"],
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def not_ready(request: HttpRequest, key: str) -> HttpResponse:
    sheet = sheet_in(request, key)
    return decided(
        request,
        sheet,
        lambda seen: conclude_review(sheet.review, seen=seen, passed=False, by=request.user, at=timezone.now()),
        title=_("Conclude the review as not ready?"),
        text=outcome_words("not_ready"),
        happens=_("The review ends. The team mends what is open; its next submission starts a new review."),
        label=_("Conclude as not ready"),
        decision=sheet.acts["conclude-not-ready"],
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reconfirm(request: HttpRequest, key: str) -> HttpResponse:
    sheet = sheet_in(request, key)
    return decided(
        request,
        sheet,
        lambda seen: reconfirm_review(sheet.review, seen=seen, by=request.user, at=timezone.now()),
        title=_("Confirm the sign-off again?"),
        text=outcome_words(overall_advice(sheet.facts.findings)),
        happens=_("The project is cleared again, for what is there now."),
        label=_("Confirm sign-off"),
        decision=sheet.acts["reconfirm"],
    )


def decided(
    request: HttpRequest,
    sheet: ReviewSheet,
    act: Callable[[str], Conclusion],
    *,
    happens: str,
    decision: Decision,
    **words: Any,
) -> HttpResponse:
    """What was seen on the review page goes through the question into the act: a change in between is refused."""
    if request.method == "POST":
        require_step_up(request)
        form = SeenForm(request.POST)
        conclusion = act(form.cleaned_data["seen"] if form.is_valid() else "")
        messages.success(request, outcome_words(conclusion.outcome))
        return redirect("review", key=sheet.facts.project_key)
    if decision:
        require_step_up(request)  # proved before the question, so that the answer is not lost on the way
    return question(request, sheet, happens=happens, decision=decision, **words)


def question(request: HttpRequest, sheet: ReviewSheet, *, happens: str, **words: Any) -> HttpResponse:
    seen = request.GET.get("seen", "")
    seen = seen if re.fullmatch(HASH, seen) else sheet.seal.review_hash
    bound = seal_facts(sheet, answers=len(frozen_of(sheet.review.submission).answers)) if sheet.person.reviews else []
    project = sheet.review.project
    facts: Pairs = [
        *bound,
        (_("Hash"), grouped(seen)),
        (_("What happens"), happens),
        (_("Letter goes to"), names_of(people_told(sheet.review))),
    ]
    context = {
        "sheet": head_of(project, tab="review", today=timezone.localdate()),
        "url": request.path,
        "cancel": reverse("review", kwargs={"key": project.key}),
        "facts": facts if sheet.person.reviews else [],
        "fields": {"seen": seen},
    }
    return render(request, ASK, context | words)
