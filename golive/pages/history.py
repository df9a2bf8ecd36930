"""The record of a project: who did what and when, its proof, and a copy to take along."""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.models import User
from golive.audit.models import AuditRow
from golive.audit.queries import rows_of, verify_chain
from golive.core.paging import page_of
from golive.pages.acts import act_line, act_words
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import people_of
from projects.portfolio.queries.projects import head_of, projects_for

COLUMNS = ("seq", "at", "actor", "act", "object", "before", "after", "request_id", "prev_hash", "hash")
CHUNK = 500
# What a spreadsheet takes for a formula, or for the end of a cell.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@login_required
@require_safe
def history(request: HttpRequest, key: str) -> HttpResponse:
    project = get_object_or_404(projects_for(cast(User, request.user)), key=key)
    chosen, rows = filtered(request, project)
    page = page_of(rows, request, key="-seq")
    names = {str(member.user.uid): member.user.name for member in people_of(project)}
    context = {
        "sheet": head_of(project, tab="history", today=timezone.localdate()),
        "project": project,
        "acts": [act_line(row, names) for row in page["results"]],
        "next": page["next"],
        "first": "cursor" not in request.GET,
        "kinds": [(act, act_words(act)) for act in kinds_of(project)],
        "actors": actors_of(project),
        "chosen": chosen,
        "proof": proof_of(project) if "proof" in request.GET else None,
        "today": timezone.localdate(),
    }
    return render(request, "golive/history.html", context)


def filtered(request: HttpRequest, project: Project) -> tuple[dict[str, str], QuerySet[AuditRow]]:
    """What was asked for, as far as it can be an act or a person; anything else finds nothing."""
    act, person = request.GET.get("act", "")[:80], request.GET.get("person", "")
    rows = rows_of(project.chain, act=act)
    if person == "system":
        rows = rows.filter(actor=None)
    elif person:
        uid = uid_of(person)
        rows = rows.filter(actor__uid=uid) if uid else rows.none()
    return {"act": act, "person": person}, rows


def uid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def kinds_of(project: Project) -> list[str]:
    return sorted(rows_of(project.chain).order_by().values_list("act", flat=True).distinct())


def actors_of(project: Project) -> list[tuple[str, str]]:
    people = rows_of(project.chain).exclude(actor=None).order_by("actor__name")
    return [(str(uid), name) for uid, name in people.values_list("actor__uid", "actor__name").distinct()]


def proof_of(project: Project) -> dict[str, Any]:
    """Every row of the chain read again and its hash computed anew."""
    newest = rows_of(project.chain).first()
    broken = verify_chain(project.chain)
    return {
        "whole": broken is None,
        "sentence": broken.sentence if broken else "",
        "count": newest.seq if newest else 0,
        "head": newest.hash if newest else "",
        "at": timezone.now(),
    }


@login_required
@require_safe
def history_export(request: HttpRequest, key: str, form: str) -> StreamingHttpResponse:
    """The acts as filtered, oldest first, row by row: a long history takes no more memory than a short one."""
    project = get_object_or_404(projects_for(cast(User, request.user)), key=key)
    if form not in WRITERS:
        raise Http404
    kind, write = WRITERS[form]
    _chosen, rows = filtered(request, project)
    response = StreamingHttpResponse(write(rows.order_by("seq").iterator(chunk_size=CHUNK)), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="history-{project.key}.{form}"'
    return response


class Echo:
    """Hands each written line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterator[AuditRow]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow([harmless(value) for value in values_of(row)])


def json_lines(rows: Iterator[AuditRow]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row_shown(row), ensure_ascii=False) + "\n"


def values_of(row: AuditRow) -> list[Any]:
    shown = row_shown(row)
    return [shown[name] if name not in {"before", "after"} else json.dumps(shown[name]) for name in COLUMNS]


def harmless(value: Any) -> str:
    """A cell is text: a sign that a spreadsheet would calculate with is quoted."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def row_shown(row: AuditRow) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "at": moment(row.at),
        "actor": row.actor.name if row.actor else None,
        "act": row.act,
        "object": row.object,
        "before": row.before,
        "after": row.after,
        "request_id": row.request_id,
        "prev_hash": row.prev_hash,
        "hash": row.hash,
    }


def moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


WRITERS: dict[str, tuple[str, Callable[[Iterator[AuditRow]], Iterator[str]]]] = {
    "csv": ("text/csv; charset=utf-8", csv_lines),
    "jsonl": ("application/x-ndjson; charset=utf-8", json_lines),
}


class HistoryView(APIView):
    @extend_schema(operation_id="history", responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request, key: str) -> Response:
        """The acts, newest first; `act` and `person` filter, `proof` reads the whole chain again."""
        project = get_object_or_404(projects_for(cast(User, request.user)), key=key)
        _chosen, rows = filtered(request, project)
        page = page_of(rows, request, key="-seq", show=row_shown)
        if "proof" in request.GET:
            proof = proof_of(project)
            page["proof"] = proof | {"at": moment(proof["at"])}
        return Response(page)
