"""What lies beside one step: its evidence, its notes, and the forms for more."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from projects.evidence.giving import KnownForm
from projects.evidence.models import Evidence
from projects.evidence.queries.shown import offered, with_currency
from projects.methodology.actions.proofs import note_step, prove_step, prove_step_anew, remove_proof
from projects.methodology.forms import ProofForm, StepNoteForm
from projects.methodology.models.course import Step
from projects.methodology.queries.course import course_of
from projects.methodology.queries.proofs import notes_of, proof_facts, proofs_of
from projects.methodology.rules.proofs import may_note_step
from projects.methodology.views.page import found
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.portfolio.queries.projects import head_of

MOST_CHOICES = 500  # of the newest; an older piece is attached by the API


@login_required
@require_safe
def step(request: HttpRequest, key: str, step: str) -> HttpResponse:
    return step_page(request, found(request, key, Step, step), step)


def step_page(request: HttpRequest, project: Project, name: str, *, status: int = 200, **bound: Any) -> HttpResponse:
    """`bound`: the form that was not accepted, under its name."""
    course, person = course_of(project), onlooker(request.user, project)
    row = course.step(name)
    proofs = proofs_of(row)
    with_currency((line.revision for line in proofs), timezone.localdate())
    forms = {"proof_form": ProofForm(), "choice_form": choice_form(request, project), "note_form": StepNoteForm()}
    context = {
        "sheet": head_of(project, tab="methodology", today=timezone.localdate()),
        "project": project,
        "step": row,
        "text": course.step_text(row),
        "proofs": proofs,
        "notes": [note_entry(note) for note in notes_of(row)],
        # Whoever may write beside it may lay something beside it: what speaks against one piece is said of that piece.
        "decision": may_note_step(person, proof_facts(project, row)),
        "today": timezone.localdate(),
    }
    return render(request, "projects/methodology/step.html", context | forms | bound, status=status)


def note_entry(note: Any) -> dict[str, Any]:
    return {"by": note.by.name, "at": note.at, "text": note.text}


def choice_form(request: HttpRequest, project: Project) -> KnownForm:
    data = request.POST if request.method == "POST" else None
    return KnownForm(data, pieces=offered(request.user, project)[:MOST_CHOICES])


def back(key: str, step: str, said: str, request: HttpRequest) -> HttpResponse:
    messages.success(request, said)
    return redirect("step", key=key, step=step)


@login_required
@require_POST
def step_prove(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """With a file or a link that the project does not have yet."""
    project = found(request, key, Step, step)
    form = ProofForm(request.POST, request.FILES)
    if not form.is_valid():
        return step_page(request, project, step, status=422, proof_form=form, choice_form=KnownForm(pieces=[]))
    prove_step_anew(project, step, **form.cleaned_data, by=request.user, at=timezone.now())
    return back(key, step, _("Added, and laid beside the step."), request)


@login_required
@require_POST
def step_attach(request: HttpRequest, key: str, step: str) -> HttpResponse:
    """With evidence that the project has."""
    project = found(request, key, Step, step)
    form = choice_form(request, project)
    piece = form.piece(request.user, project)
    if piece is None:
        return step_page(request, project, step, status=422, choice_form=form)
    prove_step(project, step, piece, by=request.user, at=timezone.now())
    return back(key, step, _("Laid beside the step."), request)


@login_required
@require_POST
def step_detach(request: HttpRequest, key: str, step: str, uid: UUID) -> HttpResponse:
    project = found(request, key, Step, step)
    piece = get_object_or_404(Evidence.objects.visible_to(request.user), uid=uid, project=project)
    remove_proof(project, step, piece, by=request.user, at=timezone.now())
    return back(key, step, _("Taken away from the step. The evidence itself stays."), request)


@login_required
@require_POST
def step_note(request: HttpRequest, key: str, step: str) -> HttpResponse:
    project = found(request, key, Step, step)
    form = StepNoteForm(request.POST)
    if not form.is_valid():
        return step_page(request, project, step, status=422, note_form=form, choice_form=KnownForm(pieces=[]))
    note_step(project, step, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
    return back(key, step, _("Noted."), request)
