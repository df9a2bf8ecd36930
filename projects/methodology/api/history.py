"""The API of the history of a methodology."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.core.api import SHOWN, page_of
from projects.methodology.content import HistoryEntry
from projects.methodology.queries.history import history_entries, methodology_rows
from projects.portfolio.queries.projects import projects_for


class MethodologyHistoryView(APIView):
    @extend_schema(operation_id="methodology_history", responses=SHOWN)
    def get(self, request: Request, key: str) -> Response:
        """Marks, phases, dates and steps that came or went, newest first."""
        project = get_object_or_404(projects_for(request.user), key=key)
        page = page_of(methodology_rows(project), request, key="-seq")
        return Response(page | {"results": [entry_shown(one) for one in history_entries(project, page["results"])]})


def entry_shown(entry: HistoryEntry) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "act": entry.act,
        "words": entry.words,
        "before": entry.before,
        "after": entry.after,
        "said": entry.said,
    }
