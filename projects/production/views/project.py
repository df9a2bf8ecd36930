"""The production page of a project, and the acts of its team there."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from golive.accounts.step_up import require_step_up
from golive.core.decision import Decision
from projects.portfolio.models.project import Project
from projects.portfolio.queries.projects import head_of, projects_for
from projects.production.actions import requesting
from projects.production.actions.clearing import activate_estimate, add_estimate, deactivate_estimate
from projects.production.document.page import binding_of, gate_of, names_of, production_content
from projects.production.forms import (
    CommentForm,
    EarlySignOffForm,
    EstimateForm,
    SandboxForm,
    SignOffForm,
    TakeBackForm,
    configure_form,
)
from projects.production.models.clearance import Estimate
from projects.production.queries.service import told_of

FOLDER = "projects/production/"


def project_of(request: HttpRequest, key: str) -> Project:
    return get_object_or_404(projects_for(request.user), key=key)


def production_page(request: HttpRequest, project: Project, *, status: int = 200, **typed: forms.Form) -> HttpResponse:
    content = production_content(request.user, project, at=timezone.now())
    context = {
        "sheet": head_of(project, tab="production", today=timezone.localdate()),
        "today": timezone.localdate(),
        "form": configure_form(content["gate"].slot.request),
        "estimate_form": EstimateForm(prefix="estimate"),
        "sandbox_form": SandboxForm(prefix="sandbox"),
        "comment_form": CommentForm(),
    }
    return render(request, FOLDER + "production.html", context | content | typed, status=status)


@login_required
@require_safe
def production(request: HttpRequest, key: str) -> HttpResponse:
    return production_page(request, project_of(request, key))


@login_required
@require_POST
def configure(request: HttpRequest, key: str) -> HttpResponse:
    project = project_of(request, key)
    form = configure_form(None, request.POST)
    if not form.is_valid():
        return production_page(request, project, status=422, form=form)
    requesting.configure_production(project, form.cleaned_data, by=request.user, at=timezone.now())
    messages.success(request, _("The request is saved."))
    return redirect(reverse("production", kwargs={"key": key}) + "#sign-off")


def asked(request: HttpRequest, project: Project, **question: Any) -> HttpResponse:
    """The question asked once before an act that mails people: a page, or a dialog over the page one is on."""
    context = {"sheet": head_of(project, tab="production", today=timezone.localdate()), "url": request.path}
    context |= {"cancel": reverse("production", kwargs={"key": project.key})} | question
    return render(request, FOLDER + "ask.html", context, status=422 if question["form"].is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: HttpRequest, key: str) -> HttpResponse:
    project = project_of(request, key)
    if request.method == "POST":
        require_step_up(request)
        form = EarlySignOffForm(request.POST)
        early = form.is_valid() and form.cleaned_data["confirm_early"]
        requesting.sign_off_request(project, by=request.user, at=timezone.now(), confirmed_early=early)
        messages.success(request, _("The request is signed off."))
        return redirect("production", key=key)
    gate = gate_of(request.user, project)
    if gate.sign_off:
        require_step_up(request)  # proved before the question, so that the answer is not lost on the way
    return asked(
        request,
        project,
        title=_("Sign off the production request?"),
        text=_("You sign off for %(customer)s. From then on deployment is with the engineers.")
        % {"customer": project.customer.name},
        facts=binding_of(gate, names_of(told_of(project))),
        label=_("Sign off request"),
        decision=gate.sign_off,
        form=EarlySignOffForm() if gate.early else SignOffForm(),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clear_sign_off(request: HttpRequest, key: str) -> HttpResponse:
    return taken_back(
        request,
        key,
        requesting.clear_sign_off,
        decide=lambda gate: gate.clear_sign_off,
        title=_("Clear the sign-off?"),
        label=_("Clear sign-off"),
        effect=_("Back to Configure with every value kept. The service request is cancelled, the estimate unlocked."),
        said=_("The sign-off is cleared. The values are kept in a draft."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    return taken_back(
        request,
        key,
        requesting.withdraw_request,
        decide=lambda gate: gate.withdraw,
        title=_("Withdraw the request?"),
        label=_("Withdraw request"),
        effect=_("The request ends and its service request is cancelled. Its values are kept in a new draft."),
        said=_("The request is withdrawn. The values are kept in a draft."),
    )


def taken_back(
    request: HttpRequest,
    key: str,
    take_back: Callable[..., Any],
    *,
    decide: Callable[[Any], Decision],
    title: str,
    label: str,
    effect: str,
    said: str,
) -> HttpResponse:
    project = project_of(request, key)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        take_back(project, by=request.user, at=timezone.now(), because=form.cleaned_data["because"])
        messages.success(request, said)
        return redirect("production", key=key)
    facts = [(_("What happens"), effect), (_("Letter goes to"), names_of(told_of(project)))]
    decision = decide(gate_of(request.user, project))
    return asked(request, project, title=title, facts=facts, label=label, decision=decision, form=form)


@login_required
@require_POST
def estimate_add(request: HttpRequest, key: str) -> HttpResponse:
    project = project_of(request, key)
    form = EstimateForm(request.POST, prefix="estimate")
    if not form.is_valid():
        return production_page(request, project, status=422, estimate_form=form)
    add_estimate(project, **form.cleaned_data, by=request.user, at=timezone.now())
    messages.success(request, _("The estimate is added. Activate it when it is the one to size from."))
    return redirect(reverse("production", kwargs={"key": key}) + "#estimates")


ESTIMATE_VERBS = {"activate": activate_estimate, "deactivate": deactivate_estimate}


@login_required
@require_POST
def estimate_act(request: HttpRequest, key: str, uid: UUID, verb: str) -> HttpResponse:
    if verb not in ESTIMATE_VERBS:
        raise Http404
    estimate = get_object_or_404(Estimate.objects.visible_to(request.user), uid=uid, project__key=key)
    ESTIMATE_VERBS[verb](estimate, by=request.user, at=timezone.now())
    said = {"activate": _("The estimate is active."), "deactivate": _("No estimate is active now.")}
    messages.success(request, said[verb])
    return redirect(reverse("production", kwargs={"key": key}) + "#estimates")
