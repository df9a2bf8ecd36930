"""Registering the sandboxes of a project, correcting what is said of one, and retiring it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.portfolio.queries.people import onlooker
from projects.portfolio.queries.projects import head_of
from projects.production.actions.sandboxes import change_sandbox, register_sandbox, retire_sandbox
from projects.production.forms import SandboxForm
from projects.production.models.sandbox import Sandbox
from projects.production.queries.sandboxes import sandbox_facts
from projects.production.rules.sandboxes import may_keep_sandboxes
from projects.production.views.project import production_page, project_of


def list_of(key: str) -> str:
    return reverse("production", kwargs={"key": key}) + "#sandboxes"


def sandbox_in(request: HttpRequest, key: str, uid: UUID) -> Sandbox:
    mine = Sandbox.objects.visible_to(request.user).filter(retired_at=None)
    found: Sandbox = get_object_or_404(
        mine.select_related("project__standing", "project__facts"), uid=uid, project__key=key
    )
    return found


@login_required
@require_POST
def sandbox_add(request: HttpRequest, key: str) -> HttpResponse:
    project = project_of(request, key)
    form = SandboxForm(request.POST, prefix="sandbox")
    if not form.is_valid():
        return production_page(request, project, status=422, sandbox_form=form)
    register_sandbox(project, **form.cleaned_data, by=request.user, at=timezone.now())
    messages.success(request, _("The sandbox is registered."))
    return redirect(list_of(key))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sandbox_change(request: HttpRequest, key: str, uid: UUID) -> HttpResponse:
    sandbox = sandbox_in(request, key, uid)
    initial = {name: getattr(sandbox, name) for name in SandboxForm.base_fields}
    form = SandboxForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        change_sandbox(sandbox, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect(list_of(key))
    project = project_of(request, key)
    context = {
        "sheet": head_of(project, tab="production", today=timezone.localdate()),
        "sandbox": sandbox,
        "form": form,
        "decision": may_keep_sandboxes(onlooker(request.user, project), sandbox_facts(project)),
    }
    return render(request, "projects/production/sandbox.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def sandbox_retire(request: HttpRequest, key: str, uid: UUID) -> HttpResponse:
    retire_sandbox(sandbox_in(request, key, uid), by=request.user, at=timezone.now())
    messages.success(request, _("The sandbox is retired."))
    return redirect(list_of(key))
