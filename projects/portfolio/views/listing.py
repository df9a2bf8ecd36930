"""The list of projects."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from golive.core.htmx import render_page
from projects.portfolio.content import line_of
from projects.portfolio.forms.listing import ProjectSearchForm
from projects.portfolio.queries.listing import project_list
from projects.portfolio.queries.people import onlooker
from projects.portfolio.rules.projects import may_make_project


@login_required
@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    form = ProjectSearchForm(request.GET or None)
    words = form.cleaned_data["words"] if form.is_bound and form.is_valid() else ""
    page = project_list(request, request.user, words=words)
    context = {
        "form": form,
        "words": words,
        "lines": [line_of(project) for project in page["results"]],
        "next": page["next"],
        "first": "cursor" not in request.GET and "undated" not in request.GET,
        "make": may_make_project(onlooker(request.user)),
        "today": timezone.localdate(),
    }
    return render_page(request, "projects/portfolio/portfolio.html", "projects/portfolio/_list.html", context)
