"""What is done with one finding: asked once, then done."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from reviews.assessment.actions import mitigating
from reviews.assessment.content import frozen_of
from reviews.assessment.forms import (
    AcceptPlanForm,
    AcceptRiskForm,
    AskForm,
    DismissForm,
    FindingForm,
    NothingForm,
    PlanForm,
    ReturnForm,
)
from reviews.assessment.queries import finding_facts, review_facts
from reviews.assessment.rules.findings import finding_acts, may_add_finding, may_edit_finding
from reviews.assessment.views.asking import asked, finding_in, here, review_in, sheet_of
from reviews.assessment.views.words import effects, labels, questions, said

FORM = "reviews/assessment/finding_form.html"
VERBS = {
    "open": (NothingForm, mitigating.open_finding),
    "dismiss": (DismissForm, mitigating.dismiss_finding),
    "request-mitigation": (AskForm, mitigating.request_mitigation),
    "submit-plan": (PlanForm, mitigating.submit_plan),
    "accept-plan": (AcceptPlanForm, mitigating.accept_plan),
    "return": (ReturnForm, mitigating.return_plan),
    "confirm-done": (NothingForm, mitigating.confirm_done),
    "accept-risk": (AcceptRiskForm, mitigating.accept_risk),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding_add(request: HttpRequest, key: str) -> HttpResponse:
    review = review_in(request, key)
    form = FindingForm(request.POST if request.method == "POST" else None, frozen=frozen_of(review.submission))
    if form.is_valid():
        finding = mitigating.add_finding(review, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("%(label)s is a draft. Open it when its words stand.") % {"label": finding.label})
        return redirect(here(key, finding))
    decision = may_add_finding(onlooker(request.user, review.project), review_facts(review))
    suspends = review.state == "concluded"
    return written(request, review.project, form, title=_("Add a finding"), decision=decision, suspends=suspends)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding_edit(request: HttpRequest, key: str, uid: UUID) -> HttpResponse:
    finding = finding_in(request, key, uid)
    review = finding.review
    typed = request.POST if request.method == "POST" else None
    form = FindingForm(typed, frozen=frozen_of(review.submission), row=finding)
    if form.is_valid():
        mitigating.edit_finding(finding, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("%(label)s is changed. Its earlier words are kept.") % {"label": finding.label})
        return redirect(here(key, finding))
    title = _("Change %(label)s") % {"label": finding.label}
    decision = may_edit_finding(onlooker(request.user, review.project), review_facts(review), finding_facts(finding))
    return written(request, review.project, form, title=title, finding=finding, decision=decision)


def written(request: HttpRequest, project: Project, form: forms.Form, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    cancel = here(project.key, context.get("finding"))
    return render(request, FORM, sheet_of(request, project) | {"form": form, "cancel": cancel} | context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def finding_act(request: HttpRequest, key: str, uid: UUID, verb: str) -> HttpResponse:
    """GET asks once, in a dialog; POST does it."""
    if verb not in VERBS:
        raise Http404
    finding = finding_in(request, key, uid)
    form_class, act = VERBS[verb]
    form = form_class(request.POST if request.method == "POST" else None)
    if form.is_valid():
        act(finding, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, said(verb, finding))
        return redirect(here(key, finding))
    review = finding.review
    acts = finding_acts(onlooker(request.user, review.project), review_facts(review), finding_facts(finding))
    return asked(
        request,
        review.project,
        title=questions()[verb] % {"label": finding.label},
        text=finding.title,
        facts=effects(verb, review),
        label=labels()[verb],
        decision=acts[verb],
        form=form,
        cancel=here(key, finding),
    )


@login_required
@require_POST
def open_drafts(request: HttpRequest, key: str) -> HttpResponse:
    count = mitigating.open_drafts(review_in(request, key), by=request.user, at=timezone.now())
    messages.success(request, ngettext("%(n)d draft is open.", "%(n)d drafts are open.", count) % {"n": count})
    return redirect("review", key=key)
