"""An organisation's own methodologies: copied, edited step by step, published, retired."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from projects.methodology.actions.custom import copy_methodology, publish_methodology, retire_methodology
from projects.methodology.forms import MethodologyCopyForm, SeenForm
from projects.methodology.models.custom import CustomMethodology
from projects.methodology.queries.drafts import draft_facts
from projects.methodology.queries.versions import methodologies_of, supplied_words, texts_of, version_choices
from projects.methodology.rules.catalogue import supplied_versions
from projects.methodology.rules.custom import may_add_step, may_copy_methodology, may_publish, may_retire
from projects.methodology.rules.drafts import read_draft
from projects.portfolio.queries.people import onlooker


def own(request: HttpRequest, uid: UUID) -> CustomMethodology:
    mine = CustomMethodology.objects.visible_to(request.user).select_related("changed_by")
    found: CustomMethodology = get_object_or_404(mine, uid=uid)
    return found


@login_required
@require_safe
def methodologies(request: HttpRequest) -> HttpResponse:
    return shown_list(request)


def shown_list(request: HttpRequest, form: MethodologyCopyForm | None = None) -> HttpResponse:
    context = {
        "supplied": [(version, supplied_words(version)) for version in reversed(supplied_versions())],
        "own": methodologies_of(request.user),
        "form": form or MethodologyCopyForm(choices=version_choices(request.user, retired=True)),
        "decision": may_copy_methodology(onlooker(request.user)),
    }
    return render(request, "projects/methodology/custom_list.html", context, status=422 if form else 200)


@login_required
@require_POST
def methodology_copy(request: HttpRequest) -> HttpResponse:
    form = MethodologyCopyForm(request.POST, choices=version_choices(request.user, retired=True))
    if not form.is_valid():
        return shown_list(request, form)
    mine = copy_methodology(**form.cleaned_data, by=request.user, at=timezone.now())
    messages.success(request, _("Copied. Edit it, then publish it for new projects."))
    return redirect("own_methodology", uid=mine.uid)


@login_required
@require_safe
def own_methodology(request: HttpRequest, uid: UUID) -> HttpResponse:
    mine = own(request, uid)
    facts, person = draft_facts(mine), onlooker(request.user)
    context = {
        "mine": mine,
        "draft": read_draft(mine.draft),
        "versions": mine.versions.defer("content").select_related("published_by"),
        "add": may_add_step(person, facts),
        "publish": may_publish(person, facts),
        "retire": may_retire(person, facts),
        "seen": {"seen": mine.revision},
    }
    return render(request, "projects/methodology/custom.html", context)


@login_required
@require_POST
def methodology_publish(request: HttpRequest, uid: UUID) -> HttpResponse:
    mine = own(request, uid)
    version = publish_methodology(mine, seen=seen_in(request), by=request.user, at=timezone.now())
    messages.success(request, _("Version %(number)d is published.") % {"number": version.number})
    return redirect("own_methodology", uid=uid)


@login_required
@require_POST
def methodology_retire(request: HttpRequest, uid: UUID) -> HttpResponse:
    retire_methodology(own(request, uid), by=request.user, at=timezone.now())
    messages.success(request, _("Retired: new projects can no longer start with it."))
    return redirect("own_methodology", uid=uid)


@login_required
@require_safe
def methodology_version(request: HttpRequest, uid: UUID, number: int) -> HttpResponse:
    """What was published, to read."""
    mine = own(request, uid)
    version = mine.versions.select_related("published_by").filter(number=min(number, 10**6)).first()
    if version is None:
        raise Http404
    context: dict[str, Any] = {"mine": mine, "version": version, "draft": texts_of(str(version.uid))}
    return render(request, "projects/methodology/custom_version.html", context)


def seen_in(request: HttpRequest) -> int:
    return SeenForm(request.POST).revision
