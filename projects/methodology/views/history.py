"""The whole history of a project's methodology, for those who ask who marked what and when."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from golive.core.paging import page_of
from projects.methodology.queries.history import history_entries, methodology_rows
from projects.portfolio.queries.projects import head_of, projects_for


@login_required
@require_safe
def methodology_history(request: HttpRequest, key: str) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    page = page_of(methodology_rows(project), request, key="-seq")
    context = {
        "sheet": head_of(project, tab="methodology", today=timezone.localdate()),
        "project": project,
        "entries": history_entries(project, page["results"]),
        "next": page["next"],
        "first": "cursor" not in request.GET,
        "today": timezone.localdate(),
    }
    return render(request, "projects/methodology/history.html", context)
