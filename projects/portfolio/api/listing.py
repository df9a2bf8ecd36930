"""The API of the list's views, of its heat map and of its export."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.idempotency import DecidingView
from golive.accounts.models import User
from golive.core.api import SHOWN, LineField, StrictSerializer, page_of
from projects.portfolio.actions.exporting import export_projects
from projects.portfolio.actions.saved_views import delete_view, rename_view, save_view
from projects.portfolio.document import KINDS, attached, rows_for_export
from projects.portfolio.models.keeping import SavedView
from projects.portfolio.queries.heat import heat_of
from projects.portfolio.queries.listing import seen_by
from projects.portfolio.queries.saved_views import views_of
from projects.portfolio.rules.listing import Listing, UnknownFilter, read_strictly


class ViewNameBody(StrictSerializer):
    name = LineField(max_length=60)


class SavedViewBody(ViewNameBody):
    """`filter`: names and values as the list takes them."""

    filter = serializers.DictField(child=LineField(allow_blank=True, max_length=80), default=dict)


class HeatView(APIView):
    @extend_schema(operation_id="projects_heat", responses=SHOWN)
    def get(self, request: Request) -> Response:
        """How many go live in each of the next months, by worst risk (0 on track, or nothing known, to 4 critical)."""
        _months, rows = heat_of(seen_by(cast(User, request.user)), today=timezone.localdate())
        cells = [
            {"month": str(cell.month), "risk": row.risk, "count": cell.count} for row in rows for cell in row.cells
        ]
        return Response({"results": cells, "next": None})


class SavedViewsView(DecidingView):
    @extend_schema(operation_id="saved_views", responses=SHOWN)
    def get(self, request: Request) -> Response:
        return Response(page_of(views_of(cast(User, request.user)), request, key=("name", "pk"), show=view_shown))

    @extend_schema(operation_id="saved_view_make", request=SavedViewBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **_kwargs: Any) -> Response:
        body = SavedViewBody(data=request.data)
        body.is_valid(raise_exception=True)
        asked = asked_in(body.validated_data["filter"])
        name = body.validated_data["name"]
        view = save_view(asked, name=name, by=cast(User, request.user), at=timezone.now())
        return Response(view_shown(view), status=201)


class SavedViewView(APIView):
    @extend_schema(operation_id="saved_view_rename", request=ViewNameBody, responses=SHOWN)
    def put(self, request: Request, pk: int) -> Response:
        user = cast(User, request.user)
        view = get_object_or_404(views_of(user), pk=pk)
        body = ViewNameBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response(view_shown(rename_view(view, name=body.validated_data["name"], by=user, at=timezone.now())))

    @extend_schema(operation_id="saved_view_delete", responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        user = cast(User, request.user)
        delete_view(get_object_or_404(views_of(user), pk=pk), by=user, at=timezone.now())
        return Response(status=204)


def view_shown(view: SavedView) -> dict[str, Any]:
    return {"id": view.pk, "name": view.name, "query": view.query, "saved_at": view.created_at.isoformat()}


def asked_in(given: Mapping[str, str]) -> Listing:
    """A filter as a program says it; every name and value that is none is an error at its place."""
    try:
        return read_strictly(given, today=timezone.localdate())
    except UnknownFilter as error:
        raise serializers.ValidationError(error.errors, code="unknown_filter") from error


class ExportView(APIView):
    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """A caller asks for a spreadsheet, which no renderer of ours writes; problems stay JSON."""
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(
        operation_id="projects_export", responses={(200, kind): OpenApiTypes.BINARY for kind in KINDS.values()}
    )
    def get(self, request: Request, form: str) -> HttpResponseBase:
        """The list as a file, `csv` or `xlsx`, filtered as the list is; each is one act in the history."""
        if form not in KINDS:
            raise Http404
        user, today = cast(User, request.user), timezone.localdate()
        asked = asked_in(request.GET)
        rows = rows_for_export(seen_by(user), asked, today=today)
        most = export_projects(rows, asked, form=form, by=user, at=timezone.now())
        return attached(rows, form, most=most)
