"""The evidence of a project: the list, one piece with its revisions, and a file on its way out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from golive.core.attachments import attached
from golive.core.decision import Stale
from golive.core.paging import page_of
from golive.core.refusals import error_page
from projects.evidence.actions.evidence import (
    add_evidence,
    confirm_evidence,
    open_file,
    revise_evidence,
    withdraw_evidence,
)
from projects.evidence.forms import EvidenceForm, RevisionForm
from projects.evidence.models import Evidence
from projects.evidence.queries.files import evidence_facts
from projects.evidence.queries.shown import newest_revisions, revisions_of, with_currency
from projects.evidence.rules.acts import (
    may_add_evidence,
    may_confirm_evidence,
    may_revise_evidence,
    may_withdraw_evidence,
)
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.portfolio.queries.projects import head_of, projects_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: HttpRequest, key: str) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    form = EvidenceForm(request.POST, request.FILES) if request.method == "POST" else EvidenceForm()
    if form.is_valid():
        added = add_evidence(
            project, title=form.cleaned_data["title"], **form.content, by=request.user, at=timezone.now()
        )
        messages.success(request, _("Added."))
        return redirect("evidence_piece", key=key, uid=added.uid)
    return listed(request, project, form, status=422 if form.is_bound else 200)


def listed(request: HttpRequest, project: Project, form: EvidenceForm, *, status: int) -> HttpResponse:
    withdrawn = request.GET.get("withdrawn") == "1"
    page = page_of(newest_revisions(project, withdrawn=withdrawn), request, key="-evidence__pk")
    facts = evidence_facts(project)
    context = {
        "sheet": head_of(project, tab="evidence", today=timezone.localdate()),
        "project": project,
        "rows": with_currency(page["results"], timezone.localdate()),
        "next": page["next"],
        "first": "cursor" not in request.GET,
        "withdrawn": withdrawn,
        "form": form,
        "facts": facts,
        "decision": may_add_evidence(onlooker(request.user, project), facts),
        "today": timezone.localdate(),
    }
    return render(request, "projects/evidence/evidence.html", context, status=status)


def piece_in(request: HttpRequest, key: str, uid: UUID) -> Evidence:
    related = ("project__customer", "project__partner", "project__architect", "project__standing", "project__facts")
    mine = Evidence.objects.visible_to(request.user).select_related("added_by", *related)
    found: Evidence = get_object_or_404(mine, uid=uid, project__key=key)
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_piece(request: HttpRequest, key: str, uid: UUID) -> HttpResponse:
    """POST: a newer revision."""
    piece = piece_in(request, key, uid)
    if request.method != "POST":
        return one(request, piece, RevisionForm(initial={"seen": piece.revision}))
    form = RevisionForm(request.POST, request.FILES)
    if not form.is_valid():
        return one(request, piece, form, status=422)
    seen = form.cleaned_data["seen"] or 0
    try:
        revise_evidence(piece, seen=seen, **form.content, by=request.user, at=timezone.now())
    except Stale as stale:
        text = _("%(name)s added a revision meanwhile. Look at it, then give yours once more.")
        messages.error(request, text % {"name": stale.by})
        piece = piece_in(request, key, uid)
        return one(request, piece, RevisionForm(initial={"seen": piece.revision}), status=409)
    messages.success(request, _("The new revision is kept beside the older ones."))
    return redirect("evidence_piece", key=key, uid=uid)


def one(request: HttpRequest, piece: Evidence, form: RevisionForm, *, status: int = 200) -> HttpResponse:
    project, person = piece.project, onlooker(request.user, piece.project)
    facts = evidence_facts(project, piece=piece)
    context: dict[str, Any] = {
        "sheet": head_of(project, tab="evidence", today=timezone.localdate()),
        "project": project,
        "piece": piece,
        "revisions": with_currency(revisions_of(piece), timezone.localdate()),
        "form": form,
        "revise": may_revise_evidence(person, facts),
        "confirm": may_confirm_evidence(person, facts),
        "withdraw": may_withdraw_evidence(person, facts),
        "today": timezone.localdate(),
    }
    return render(request, "projects/evidence/piece.html", context, status=status)


@login_required
@require_POST
def evidence_withdraw(request: HttpRequest, key: str, uid: UUID) -> HttpResponse:
    withdraw_evidence(piece_in(request, key, uid), by=request.user, at=timezone.now())
    messages.success(request, _("Withdrawn. Its revisions are kept."))
    return redirect("evidence", key=key)


@login_required
@require_POST
def evidence_confirm(request: HttpRequest, key: str, uid: UUID) -> HttpResponse:
    confirm_evidence(piece_in(request, key, uid), by=request.user, at=timezone.now())
    messages.success(request, _("Confirmed: it still holds."))
    return redirect("evidence_piece", key=key, uid=uid)


@login_required
@require_safe
def evidence_file(request: HttpRequest, key: str, uid: UUID, number: int) -> HttpResponseBase:
    """Access is asked for anew with every download; there is no address that works without it."""
    piece = piece_in(request, key, uid)
    revision = get_object_or_404(revisions_of(piece).exclude(file=None), number=number)
    held = open_file(piece.project, revision.file)
    if held is None:
        return error_page(
            request,
            409,
            what=_("This file cannot be given out: it is missing, or is not what was stored."),
            kept=_("Its hash is kept. Whoever has the file can add it again, which mends it."),
            todo=[(_("Back to the evidence"), reverse("evidence_piece", kwargs={"key": key, "uid": uid}))],
        )
    return attached(held, name=revision.name, media_type=revision.file.media_type)
