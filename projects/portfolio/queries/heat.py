"""Go-lives by month and worst risk: counted in one index, for whoever sees all of them."""

from datetime import date

from django.db.models import Count

from projects.portfolio.content import HeatRow, heat_row
from projects.portfolio.queries.listing import Seen
from projects.portfolio.states import Risk

MONTHS = 8


def heat_of(seen: Seen, *, today: date) -> tuple[list[date], list[HeatRow]]:
    """The first days of the months ahead, and a row for each risk, the worst first. One query."""
    months = months_from(today)
    first, last = (number_of(month) for month in (months[0], months[-1]))
    counted = (
        seen.rows.filter(go_live_month__range=(first, last))
        .order_by()
        .values_list("worst_risk", "go_live_month")
        .annotate(count=Count("*"))
    )
    found = {(risk, month): count for risk, month, count in counted}
    rows = [
        heat_row(risk, [(number_of(month), found.get((risk, number_of(month)), 0)) for month in months])
        for risk in reversed(Risk.values)
    ]
    return months, rows


def months_from(today: date) -> list[date]:
    count = today.year * 12 + today.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(count, count + MONTHS)]


def number_of(month: date) -> int:
    return month.year * 100 + month.month
