"""The list of projects."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from golive.accounts.models import User
from golive.core.htmx import asks_for_part, render_page
from projects.portfolio.actions.exporting import export_projects
from projects.portfolio.content import line_of
from projects.portfolio.document import KINDS, attached, rows_for_export
from projects.portfolio.forms.listing import ListingForm
from projects.portfolio.queries.heat import heat_of
from projects.portfolio.queries.listing import choices_of, project_list, seen_by
from projects.portfolio.queries.people import onlooker
from projects.portfolio.rules.listing import PARTIES, UnknownFilter, read_listing
from projects.portfolio.rules.projects import may_make_project
from projects.portfolio.states import Risk


@login_required
@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    """A filter that is not understood finds nothing and says why."""
    user, today = cast(User, request.user), timezone.localdate()
    form, seen = ListingForm(request.GET), seen_by(user)
    wrong = bool(form.errors)
    page = {"results": [], "next": None} if wrong else project_list(request, seen, form.asked, today=today)
    whole = not asks_for_part(request)
    choices = choices_of(user, seen) if whole else {}
    for name in PARTIES if whole else ():
        form.offer(name, choices[name])
    months, heat = heat_of(seen, today=today) if whole and not form.asked.is_filtered and not wrong else ([], [])
    context = {
        "views": choices.get("view", []),
        "months": months,
        "heat": heat if any(row.total for row in heat) else [],
        "critical": sum(row.total for row in heat if row.risk == Risk.CRITICAL),
        "form": form,
        "asked": form.asked,
        "lines": [line_of(project) for project in page["results"]],
        "next": page["next"],
        "first": "cursor" not in request.GET,
        "here": form.asked.query,
        "make": may_make_project(onlooker(user)),
        "today": today,
    }
    status = 422 if wrong else 200
    return render_page(request, "projects/portfolio/portfolio.html", "projects/portfolio/_list.html", context, status)


@login_required
@require_POST
def project_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list as it was filtered, all of its pages."""
    if form not in KINDS:
        raise Http404
    user, today = cast(User, request.user), timezone.localdate()
    try:
        asked = read_listing(QueryDict(request.POST.get("query", "")), today=today)
    except UnknownFilter as error:
        raise ValidationError(str(error)) from error
    rows = rows_for_export(seen_by(user), asked, today=today)
    most = export_projects(rows, asked, form=form, by=user, at=timezone.now())
    return attached(rows, form, most=most)
