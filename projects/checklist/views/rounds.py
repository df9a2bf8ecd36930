"""The moves of a round, each asked once on a page of its own; and what a round froze."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from golive.core.decision import Decision, require
from golive.letters.actions import golive_mailbox
from projects.checklist.actions.rounds import reopen_checklist, submit_checklist, withdraw_submission
from projects.checklist.forms.rounds import BecauseForm
from projects.checklist.models.checklist import ChecklistRound
from projects.checklist.queries.paper import frozen_paper
from projects.checklist.queries.rounds import decisions_of, first_report_due, rounds_of, told_of_submission
from projects.checklist.queries.sheet import Sheet, sheet_of
from projects.checklist.rules.paper import Paper
from projects.checklist.views.workbench import frame, project_or_404
from projects.portfolio.models.project import Project
from projects.portfolio.states import PhaseName

Facts = list[tuple[str, str]]
asked_once = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@asked_once
def checklist_submit(request: HttpRequest, key: str) -> HttpResponse:
    project, at = project_or_404(request.user, key), timezone.now()
    if request.method == "POST":
        submit_checklist(project, by=request.user, at=at)
        messages.success(request, _("The checklist is submitted."))
        return redirect("checklist", key=key)
    sheet = sheet_of(project, at=at)
    words = {
        "title": _("Submit the checklist of %(project)s?") % {"project": project.name},
        "text": submit_words(sheet),
        "facts": submit_facts(project, sheet, at),
        "label": _("Submit checklist"),
    }
    return ask(request, project, decisions_of(request.user, sheet)["submit"], at, words)


@login_required
@asked_once
def checklist_withdraw(request: HttpRequest, key: str) -> HttpResponse:
    project, at = project_or_404(request.user, key), timezone.now()
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        withdraw_submission(project, by=request.user, because=form.cleaned_data["because"], at=at)
        messages.success(request, _("The submission is withdrawn; a new round is open."))
        return redirect("checklist", key=key)
    words = {
        "title": _("Withdraw the submission of %(project)s?") % {"project": project.name},
        "text": _(
            "The review has not begun. The next round opens with the same answers, to be changed and sent again."
        ),
        "facts": [(_("What happens"), _("Reviewers no longer see it as waiting for them."))],
        "label": _("Withdraw submission"),
        "form": form,
    }
    sheet = sheet_of(project, at=at)
    return ask(request, project, decisions_of(request.user, sheet)["withdraw"], at, words)


@login_required
@asked_once
def checklist_reopen(request: HttpRequest, key: str) -> HttpResponse:
    project, at = project_or_404(request.user, key), timezone.now()
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reopen_checklist(project, by=request.user, because=form.cleaned_data["because"], at=at)
        messages.success(request, _("The checklist is open again: a new round has begun."))
        return redirect("checklist", key=key)
    kept = _("What was submitted stays as it is. A clearance covers until a material answer differs from it.")
    words = {
        "title": _("Reopen the checklist of %(project)s?") % {"project": project.name},
        "text": _("The next round begins with the same answers. Submit it again when they are right."),
        "facts": [(_("What happens"), kept)],
        "label": _("Reopen checklist"),
        "form": form,
    }
    sheet = sheet_of(project, at=at)
    return ask(request, project, decisions_of(request.user, sheet)["reopen"], at, words)


def ask(
    request: HttpRequest, project: Project, decision: Decision, at: datetime, words: dict[str, Any]
) -> HttpResponse:
    """The question as a page; with script it stands over the checklist. A POST comes here when its words are wrong."""
    if request.method == "POST":
        require(decision, on=project)
    back = reverse("checklist", kwargs={"key": project.key})
    context = frame(project, at) | {"decision": decision, "url": request.path, "cancel": back} | words
    return render(request, "projects/checklist/ask.html", context, status=422 if request.method == "POST" else 200)


def submit_words(sheet: Sheet) -> str:
    said = _("%(answered)d of %(asked)d questions are answered.")
    number = sheet.round.number if sheet.round else 1
    kept = _(
        "This sends round %(number)d; the answers of a round never change. To change one later, reopen the checklist."
    )
    return f"{said % {'answered': sheet.answered, 'asked': len(sheet.questions)}} {kept % {'number': number}}"


def submit_facts(project: Project, sheet: Sheet, at: datetime) -> Facts:
    due = _("The review team gets it. The first report comes by %(day)s.")
    raised = [risk for risk in sheet.risks if risk.severity]
    goes = ngettext("%(answered)d answer", "%(answered)d answers", sheet.answered) % {"answered": sheet.answered}
    risks = ngettext("%(count)d predicted risk", "%(count)d predicted risks", len(raised)) % {"count": len(raised)}
    facts = [
        (_("What happens"), due % {"day": date_format(first_report_due(at), _("D j M Y"))}),
        (_("Goes along"), f"{goes}, {risks}"),
        *still_open(project),
        (_("Letter goes to"), ", ".join([golive_mailbox().name, *map(str, told_of_submission(project))])),
        (_("Way back"), _("Withdraw it until the review begins.")),
    ]
    return [*facts, *unconfirmed_facts(sheet)]


def unconfirmed_facts(sheet: Sheet) -> Facts:
    """Answers of earlier rounds never hold Submit; whoever sends them knows of them."""
    left = sheet.unconfirmed
    said = ngettext("%(count)d answer is not confirmed", "%(count)d answers are not confirmed", len(left))
    return [(_("From earlier rounds"), f"{said % {'count': len(left)}}: {', '.join(left[:8])}")] if left else []


def still_open(project: Project) -> Facts:
    """The gate phases may be open when the checklist is sent; nobody should learn of them afterwards."""
    labels = dict(PhaseName.choices)
    names = ", ".join(str(labels.get(phase, phase)) for phase in project.facts.open_gate_phases)
    words = _("%(phases)s: this does not hold the submission")
    return [(_("Still open"), words % {"phases": names})] if names else []


@login_required
@require_safe
def checklist_round(request: HttpRequest, key: str, number: int) -> HttpResponse:
    project, at = project_or_404(request.user, key), timezone.now()
    round_ = rounds_of(project).filter(number=number).first()
    if round_ is None or round_.submitted_at is None:
        raise Http404
    paper = frozen_paper(round_.submission.frozen, sha256=round_.submission.sha256)
    context = frame(project, at) | {"round": round_, "paper": paper, "facts": round_facts_shown(round_, paper)}
    return render(request, "projects/checklist/round.html", context)


def round_facts_shown(round_: ChecklistRound, paper: Paper) -> Facts:
    facts = [(_("State"), str(round_.get_state_display())), *paper.seal]
    return [*facts, (_("Why it was opened"), round_.because)] if round_.because else facts
