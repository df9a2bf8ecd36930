"""Taking over a list of people: chosen, looked at row by row, then imported as a whole."""

import io
import json
from typing import Any

import xlsxwriter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from golive.accounts.throttle import TooFast
from golive.core.decision import require
from projects.portfolio.actions.importing import import_roster
from projects.portfolio.content import Badge
from projects.portfolio.forms.importing import ImportAgainForm, ImportForm
from projects.portfolio.models.project import Project
from projects.portfolio.queries.importing import body_of, import_decision, outcomes_of, sources_offered
from projects.portfolio.queries.projects import head_of, projects_for
from projects.portfolio.rules.importing import MOST, RowOutcome
from projects.portfolio.states import Access, ImportOutcome, Job, RosterColumn

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BADGES = {
    ImportOutcome.ADD: ("good", "plus"),
    ImportOutcome.INVITE: ("good", "mail"),
    ImportOutcome.THERE: ("mute", "check"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roster_import(request: HttpRequest, key: str) -> HttpResponse:
    """Nothing is kept: the rows travel with the page, and are read again."""
    project = get_object_or_404(projects_for(request.user), key=key)
    sources = sources_offered(request.user, project)
    if request.method != "POST":
        return import_page(request, project, ImportForm(sources=sources))
    require(import_decision(request.user, project), on=project)
    form = ImportForm(request.POST, request.FILES, sources=sources)
    if not form.is_valid():
        return import_page(request, project, form, status=422)
    source = form.cleaned_data["project"]
    outcomes = outcomes_of(project, form.rows, by=request.user, source=source)
    initial = {"rows": json.dumps([body_of(row) for row in form.rows]), "source": source.key if source else ""}
    again = ImportAgainForm(initial=initial, sources=sources)
    return import_page(request, project, form, outcomes=outcomes, again=again)


@login_required
@require_POST
def roster_import_apply(request: HttpRequest, key: str) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    require(import_decision(request.user, project), on=project)
    sources = sources_offered(request.user, project)
    form = ImportAgainForm(request.POST, sources=sources)
    if not form.is_valid():
        return import_page(request, project, ImportForm(sources=sources), again=form, status=422)
    wanted = dict(form.cleaned_data)
    try:
        done = import_roster(project, wanted.pop("rows"), by=request.user, at=timezone.now(), **wanted)
    except TooFast as fast:
        form.add_error(None, fast.text)
        response = import_page(request, project, ImportForm(sources=sources), again=form, status=429)
        response["Retry-After"] = str(fast.retry_after)
        return response
    added = sum(one.outcome in {ImportOutcome.ADD, ImportOutcome.INVITE} for one in done)
    told = ngettext("%(n)d person was added.", "%(n)d people were added.", added)
    messages.success(request, told % {"n": added})
    return redirect("people", key=key)


def import_page(
    request: HttpRequest,
    project: Project,
    form: ImportForm,
    *,
    outcomes: tuple[RowOutcome, ...] = (),
    again: ImportAgainForm | None = None,
    status: int = 200,
) -> HttpResponse:
    stops = [one for one in outcomes if one.stops]
    if again is not None and outcomes:
        keep_ticks(again, stops)
    context = {
        "sheet": head_of(project, tab="people", today=timezone.localdate()),
        "form": form,
        "decision": import_decision(request.user, project),
        "lines": [(one, Access(one.row.access).label, badge_of(one)) for one in outcomes],
        "verdict": verdict(outcomes, stops),
        "again": again if all(one.mendable for one in stops) else None,
        "label": _("Import these people"),
        "most": MOST,
        "apply": reverse("roster_import_apply", kwargs={"key": project.key}),
    }
    return render(request, "projects/portfolio/import.html", context, status=status)


def keep_ticks(again: ImportAgainForm, stops: list[RowOutcome]) -> None:
    """Only what a row of this list asks for is offered to be ticked."""
    kinds = {one.outcome for one in stops}
    if ImportOutcome.UNKNOWN not in kinds:
        del again.fields["invite"]
    if not stops:
        del again.fields["although_alike"]


def verdict(outcomes: tuple[RowOutcome, ...], stops: list[RowOutcome]) -> str:
    if not outcomes:
        return ""
    if not stops:
        return _("Every row can be taken.")
    return ngettext(
        "One row stands in the way; nothing is imported before it is mended.",
        "%(n)d rows stand in the way; nothing is imported before they are mended.",
        len(stops),
    ) % {"n": len(stops)}


def badge_of(one: RowOutcome) -> Badge:
    tone, icon = BADGES.get(one.outcome, ("serious", "stop"))
    return Badge(tone, icon, str(one.outcome.label))


@login_required
@require_safe
def roster_sheet(request: HttpRequest, key: str) -> HttpResponse:
    """A blank list to fill in, with what may be chosen."""
    project = get_object_or_404(projects_for(request.user), key=key)
    answer = HttpResponse(blank_sheet(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{project.key}-people.xlsx"'
    return answer


def blank_sheet() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        people, words = book.add_worksheet(_("People")), book.add_worksheet(_("Words"))
        people.write_row(0, 0, [str(label) for label in RosterColumn.labels], book.add_format({"bold": True}))
        people.set_column(0, len(RosterColumn) - 1, 22)
        choices: dict[int, list[Any]] = {
            2: Access.labels,
            3: Job.labels,
            4: [_("yes"), _("no")],
            5: [_("yes"), _("no")],
        }
        for column, labels in choices.items():
            words.write_column(0, column, [str(label) for label in labels])
            source = f"='{_('Words')}'!${'ABCDEF'[column]}$1:${'ABCDEF'[column]}${len(labels)}"
            people.data_validation(1, column, MOST, column, {"validate": "list", "source": source})
    return file.getvalue()
