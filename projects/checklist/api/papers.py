"""The API of the papers: the same files as the pages give."""

from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from golive.core.api import Problem
from golive.core.pdf import PdfError
from projects.checklist.api.shown import project_with_facts
from projects.checklist.document import KINDS, paper_file
from projects.checklist.queries.paper import blank_paper, filled_paper, frozen_paper
from projects.checklist.queries.rounds import rounds_of
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.paper import Paper

FILE = {(200, kind.partition(";")[0]): OpenApiTypes.BINARY for kind in KINDS.values()}


class PaperView(APIView):
    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """A caller asks for a kind of file that no renderer of ours writes; problems stay JSON."""
        return super().perform_content_negotiation(request, force=True)

    def given(self, paper: Paper, form: str, name: str, *, blank: bool = False) -> HttpResponseBase:
        if form not in KINDS:
            raise Http404
        try:
            return paper_file(paper, form, name=name, blank=blank)
        except PdfError as error:
            raise Problem(409, "no_pdf", str(error)) from error


class ChecklistBlankView(PaperView):
    @extend_schema(operation_id="checklist_blank", responses=FILE)
    def get(self, request: Request, key: str, form: str) -> HttpResponseBase:
        sheet = sheet_of(project_with_facts(request.user, key), at=timezone.now())
        return self.given(blank_paper(sheet), form, "checklist-blank", blank=True)


class ChecklistFilledView(PaperView):
    @extend_schema(operation_id="checklist_filled", responses=FILE)
    def get(self, request: Request, key: str, form: str) -> HttpResponseBase:
        at = timezone.now()
        paper = filled_paper(sheet_of(project_with_facts(request.user, key), at=at), at=at)
        return self.given(paper, form, "checklist-as-answered")


class ChecklistSentView(PaperView):
    @extend_schema(operation_id="checklist_sent", responses=FILE)
    def get(self, request: Request, key: str, number: int, form: str) -> HttpResponseBase:
        round_ = rounds_of(project_with_facts(request.user, key)).filter(number=number).first()
        if round_ is None or round_.submitted_at is None:
            raise Http404
        sent = round_.submission
        return self.given(frozen_paper(sent.frozen, sha256=sent.sha256), form, f"checklist-round-{number}")
