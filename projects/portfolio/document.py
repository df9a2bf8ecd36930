"""The list of projects as a file for a spreadsheet."""

from datetime import date

from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from golive.core.sheets import Cell, csv_lines, xlsx_file
from projects.portfolio.content import line_of
from projects.portfolio.models.standing import ProjectStanding
from projects.portfolio.queries.listing import ORDERS, RELATED, Seen, listed
from projects.portfolio.rules.listing import Listing
from projects.portfolio.states import PhaseName, Product, ProjectState

CHUNK = 500


KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def rows_for_export(seen: Seen, asked: Listing, *, today: date) -> QuerySet[ProjectStanding]:
    """All pages of the list at once, in its order."""
    return listed(seen, asked, today=today).select_related(*RELATED).order_by(*ORDERS[asked.sort])


def attached(rows: QuerySet[ProjectStanding], form: str, *, most: int) -> HttpResponseBase:
    """Read row by row, as a file to keep; what came after the count that was allowed stays out."""
    cells = (cells_of(row) for row in rows[:most].iterator(chunk_size=CHUNK))
    name, kind = f"projects.{form}", KINDS[form]
    if form == "xlsx":
        file = xlsx_file(_("Projects"), columns(), cells)
        return FileResponse(file, as_attachment=True, filename=name, content_type=kind)
    response = StreamingHttpResponse(csv_lines(columns(), cells), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def columns() -> list[str]:
    return [
        _("Project"),
        _("Key"),
        _("Customer"),
        _("Partner"),
        _("Architect"),
        _("State"),
        _("Phase"),
        _("Go-live"),
        _("Worst risk"),
        _("Station"),
        _("Waits for"),
        _("Answered"),
        _("Questions"),
        _("Infrastructure"),
        _("Engagement"),
        _("Products"),
    ]


def cells_of(row: ProjectStanding) -> list[Cell]:
    project, line = row.project, line_of(row.project)
    has = {Product.FINANCE_OPERATIONS: row.has_fo, Product.CUSTOMER_ENGAGEMENT: row.has_ce}
    return [
        project.name,
        project.key,
        project.customer.name,
        project.partner.name if project.partner else None,
        project.architect.name if project.architect else None,
        str(ProjectState(project.state).label),
        str(PhaseName(row.phase).label) if row.phase in PhaseName.values else row.phase,
        row.go_live_on,
        line.risk.word if line.risk else None,
        line.station,
        line.turn,
        row.answered,
        row.asked,
        project.get_infrastructure_display(),
        project.get_engagement_type_display(),
        ", ".join(str(product.label) for product in Product if has[product]),
    ]
