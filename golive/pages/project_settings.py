"""The settings of a project: what it is called, and how it rests, goes on and ends."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from golive.accounts.models import User
from golive.core.decision import Decision
from golive.core.text import LineField
from golive.endings import MOVES, people_told
from golive.pages.ending_words import MoveWords, closing_effects, words_of
from projects.plan.actions.settings import save_settings
from projects.plan.forms.settings import ProjectSettingsForm
from projects.portfolio.models.project import Project
from projects.portfolio.queries.endings import ending_decisions, moves_of, settings_decision
from projects.portfolio.queries.projects import head_of, projects_for
from projects.portfolio.states import ClosingReason, ProjectState, ProjectVerb

NAMED = 12  # in the question, before the rest is a number


class BecauseForm(forms.Form):
    because = LineField(label=gettext_lazy("Reason, if you want to give one"), max_length=500, required=False)


class CloseForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why it is closed"), choices=ClosingReason.choices, widget=forms.RadioSelect
    )
    because = LineField(label=gettext_lazy("In your own words, if you like"), max_length=500, required=False)


FORMS: dict[str, type[forms.Form]] = {ProjectVerb.PAUSE: BecauseForm, ProjectVerb.CLOSE: CloseForm}


@dataclass(frozen=True)
class Move:
    """One act of the page: what it is called, where it is asked about, and whether it may be."""

    verb: str
    words: MoveWords
    url: str
    decision: Decision


def project_of(request: HttpRequest, key: str) -> Project:
    return get_object_or_404(projects_for(cast(User, request.user)), key=key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_settings(request: HttpRequest, key: str) -> HttpResponse:
    project, user = project_of(request, key), cast(User, request.user)
    initial = {"name": project.name, "time_zone": project.time_zone}
    form = ProjectSettingsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        save_settings(project, **form.cleaned_data, by=user, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("project_settings", key=key)
    context = {
        "sheet": head_of(project, tab="project_settings", today=timezone.localdate()),
        "project": project,
        "form": form,
        "save": settings_decision(user, project),
        "moves": [move for move in all_moves(user, project) if makes_sense(project, move.verb)],
        "past": moves_of(project),
        "today": timezone.localdate(),
    }
    return render(request, "golive/project_settings.html", context, status=422 if form.is_bound else 200)


def all_moves(user: User, project: Project) -> list[Move]:
    return [
        Move(verb, words_of(verb), reverse("project_move", kwargs={"key": project.key, "verb": verb}), decision)
        for verb, decision in ending_decisions(user, project).items()
    ]


def makes_sense(project: Project, verb: str) -> bool:
    """Of two that undo each other only the one is drawn that can change something."""
    offered = {
        ProjectVerb.PAUSE: project.state == ProjectState.ACTIVE,
        ProjectVerb.RESUME: project.state == ProjectState.PAUSED,
        ProjectVerb.CLOSE: project.state in {ProjectState.ACTIVE, ProjectState.PAUSED},
        ProjectVerb.ARCHIVE: project.archived_at is None,
        ProjectVerb.UNARCHIVE: project.archived_at is not None,
    }
    return offered[ProjectVerb(verb)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_move(request: HttpRequest, key: str, verb: str) -> HttpResponse:
    """Asks once, then does it."""
    project, user = project_of(request, key), cast(User, request.user)
    if verb not in MOVES:
        raise Http404
    form = FORMS.get(verb, forms.Form)(request.POST if request.method == "POST" else None)
    if form.is_valid():
        MOVES[verb](project, **form.cleaned_data, by=user, at=timezone.now())
        messages.success(request, words_of(verb).done)
        return redirect("project_settings", key=key)
    return render(request, "golive/ask.html", question(user, project, verb, form), status=422 if form.is_bound else 200)


def question(user: User, project: Project, verb: str, form: forms.Form) -> dict[str, Any]:
    words, here = words_of(verb), reverse("project_settings", kwargs={"key": project.key})
    facts = [(_("What happens"), words.effect)]
    if verb == ProjectVerb.CLOSE:
        facts += [(_("Withdrawn"), one) for one in closing_effects(project)]
    if words.letter:
        facts.append((_("Letter goes to"), names_in_short([each.name for each in people_told(project)])))
    facts.append((_("Way back"), words.back))
    return {
        "sheet": head_of(project, tab="project_settings", today=timezone.localdate()),
        "title": words.title % {"name": project.name},
        "facts": facts,
        "url": reverse("project_move", kwargs={"key": project.key, "verb": verb}),
        "cancel": here,
        "label": words.label,
        "decision": ending_decisions(user, project)[verb],
        "form": form if form.fields else None,
    }


def names_in_short(names: list[str]) -> str:
    if len(names) <= NAMED:
        return ", ".join(names)
    return _("%(names)s and %(n)d more") % {"names": ", ".join(names[:NAMED]), "n": len(names) - NAMED}
