"""One step of an own methodology: added, edited, moved, removed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from projects.methodology.actions.custom import add_step, edit_step, move_step, remove_step
from projects.methodology.forms import DraftStepForm, initial_of
from projects.methodology.models.custom import CustomMethodology
from projects.methodology.queries.drafts import draft_facts, step_facts
from projects.methodology.rules.custom import may_add_step, may_edit_step, may_move_step, may_remove_step
from projects.methodology.rules.drafts import step_in
from projects.methodology.views.custom import own, seen_in
from projects.portfolio.queries.people import onlooker

PAGE = "projects/methodology/custom_step.html"
WAYS = {"up": -1, "down": 1}


def back_to(mine: CustomMethodology, anchor: str) -> str:
    return reverse("own_methodology", kwargs={"uid": mine.uid}) + f"#{anchor}"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft_step_add(request: HttpRequest, uid: UUID) -> HttpResponse:
    mine = own(request, uid)
    initial = {"seen": mine.revision, "owner": "project_manager", "required": True}
    form = DraftStepForm(request.POST if request.method == "POST" else None, draft=mine.draft, initial=initial)
    if form.is_valid():
        phase, seen = form.cleaned_data["phase"], form.revision
        mine, key = add_step(mine, phase, form.said, seen=seen, by=request.user, at=timezone.now())
        messages.success(request, _("%(step)s is added.") % {"step": key})
        return redirect(back_to(mine, key))
    context = {"mine": mine, "form": form, "decision": may_add_step(onlooker(request.user), draft_facts(mine))}
    return render(request, PAGE, context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft_step(request: HttpRequest, uid: UUID, step: str) -> HttpResponse:
    mine, phase, table = step_of(request, uid, step)
    initial = initial_of(phase["id"], table, mine.revision)
    form = DraftStepForm(request.POST if request.method == "POST" else None, draft=mine.draft, initial=initial)
    if form.is_valid():
        where, seen = form.cleaned_data["phase"], form.revision
        edit_step(mine, step, where, form.said, seen=seen, by=request.user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect(back_to(mine, step))
    person = onlooker(request.user)
    context = {
        "mine": mine,
        "step": table,
        "form": form,
        "decision": may_edit_step(person, step_facts(mine, step)),
        "moves": [(way, may_move_step(person, step_facts(mine, step, by=by))) for way, by in WAYS.items()],
        "remove": may_remove_step(person, step_facts(mine, step)),
        "seen": {"seen": mine.revision},
    }
    return render(request, PAGE, context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def draft_step_move(request: HttpRequest, uid: UUID, step: str, way: str) -> HttpResponse:
    mine, _phase, _table = step_of(request, uid, step)
    if way not in WAYS:
        raise Http404
    move_step(mine, step, WAYS[way], seen=seen_in(request), by=request.user, at=timezone.now())
    return redirect(back_to(mine, step))


@login_required
@require_POST
def draft_step_remove(request: HttpRequest, uid: UUID, step: str) -> HttpResponse:
    mine, phase, _table = step_of(request, uid, step)
    remove_step(mine, step, seen=seen_in(request), by=request.user, at=timezone.now())
    messages.success(request, _("%(step)s is removed.") % {"step": step})
    return redirect(back_to(mine, phase["id"]))


def step_of(request: HttpRequest, uid: UUID, key: str) -> tuple[CustomMethodology, dict[str, Any], dict[str, Any]]:
    mine = own(request, uid)
    found = step_in(mine.draft, key)
    if found is None:
        raise Http404
    return mine, *found
