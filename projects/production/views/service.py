"""Service requests: the queue, and the page of one with the acts of an engineer."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from golive.core.paging import page_of
from projects.portfolio.queries.projects import head_of
from projects.production.actions.serving import (
    comment_on_request,
    deny_request,
    deploy_request,
    fail_deployment,
    finish_deployment,
    retry_deployment,
    start_service_request,
)
from projects.production.document.service import question_of, queue_lines, service_content
from projects.production.forms import CommentForm, ReasonForm
from projects.production.models.request import ServiceRequest
from projects.production.queries.service import service_requests_of

FOLDER = "projects/production/"
VERBS = {
    "start": start_service_request,
    "deploy": deploy_request,
    "finish": finish_deployment,
    "fail": fail_deployment,
    "retry": retry_deployment,
    "deny": deny_request,
}
WITH_REASON = {"fail", "deny"}


def service_of(request: HttpRequest, key: str, number: int) -> ServiceRequest:
    return get_object_or_404(service_requests_of(request.user), project__key=key, number=number)


@login_required
@require_safe
def service_requests(request: HttpRequest) -> HttpResponse:
    everything = request.GET.get("all") == "1"
    page = page_of(queue_of(request, everything), request, key="-pk")
    context = {
        "lines": queue_lines(page["results"], at=timezone.now()),
        "next": page["next"],
        "everything": everything,
        "today": timezone.localdate(),
    }
    return render(request, FOLDER + "service_requests.html", context)


def queue_of(request: HttpRequest, everything: bool) -> Any:
    rows = service_requests_of(request.user)
    return rows if everything else rows.filter(state__in=("requested", "in_progress", "denied"))


def service_page(
    request: HttpRequest, service: ServiceRequest, *, status: int = 200, comment_form: forms.Form | None = None
) -> HttpResponse:
    context = {
        "sheet": head_of(service.project, tab="production", today=timezone.localdate()),
        "today": timezone.localdate(),
        "comment_form": comment_form or CommentForm(),
    }
    content = service_content(request.user, service, at=timezone.now())
    return render(request, FOLDER + "service_request.html", context | content, status=status)


@login_required
@require_safe
def service_request(request: HttpRequest, key: str, number: int) -> HttpResponse:
    return service_page(request, service_of(request, key, number))


@login_required
@require_POST
def comment(request: HttpRequest, key: str, number: int) -> HttpResponse:
    service = service_of(request, key, number)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return service_page(request, service, status=422, comment_form=form)
    comment_on_request(service, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
    messages.success(request, _("Your comment is there for both sides."))
    return redirect(reverse("service_request", kwargs={"key": key, "number": number}) + "#thread")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, key: str, number: int, verb: str) -> HttpResponse:
    """GET asks once, in a dialog; POST does it."""
    if verb not in VERBS:
        raise Http404
    service = service_of(request, key, number)
    form = (ReasonForm if verb in WITH_REASON else forms.Form)(request.POST if request.method == "POST" else None)
    if form.is_valid():
        VERBS[verb](service, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Done. The history of the project has it."))
        return redirect("service_request", key=key, number=number)
    question = question_of(verb, request.user, service)
    context = {
        "sheet": head_of(service.project, tab="production", today=timezone.localdate()),
        "url": request.path,
        "cancel": reverse("service_request", kwargs={"key": key, "number": number}),
        "form": form,
    }
    return render(request, FOLDER + "ask.html", context | question, status=422 if form.is_bound else 200)
