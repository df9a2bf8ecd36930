"""The list of projects, page by page."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from golive.accounts.models import User
from golive.core.paging import cursor_of, page_of, size_of
from projects.portfolio.models.project import Project

PAGE = 50


BY_NAME = ("name", "pk")


def portfolio_page(user: User, *, words: str = "") -> QuerySet[Project]:
    """The projects somebody sees, soonest go-live first; everything a line shows is in the one joined query."""
    seen = Project.objects.visible_to(user).select_related("customer", "partner", "architect", "standing")
    if words:
        seen = seen.filter(Q(name__icontains=words) | Q(key__istartswith=words) | Q(customer__name__icontains=words))
    return seen


def project_list(request: HttpRequest, user: User, *, words: str = "") -> dict[str, Any]:
    """One page by keyset, soonest go-live first; those without a date follow the last of those with one."""
    found = portfolio_page(user, words=words)
    undated = found.filter(standing__go_live_on=None)
    if "undated" in request.GET:
        return page_of(undated, request, key=BY_NAME)
    page = page_of(found.filter(standing__go_live_on__isnull=False), request, key=("standing__go_live_on", "pk"))
    if page["next"]:
        return page
    room = size_of(request, PAGE) - len(page["results"])
    rows = list(undated.order_by(*BY_NAME)[: room + 1])
    following = _undated_url(request, rows[:room]) if len(rows) > room else None
    return {"results": page["results"] + rows[:room], "next": following}


def _undated_url(request: HttpRequest, shown: list[Project]) -> str:
    query = request.GET.copy()
    query.pop("cursor", None)
    query["undated"] = "1"
    if shown:
        query["cursor"] = cursor_of(shown[-1], list(BY_NAME))
    return f"{request.path}?{query.urlencode()}"
