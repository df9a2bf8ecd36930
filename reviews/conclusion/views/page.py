"""The review page of a project."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.portfolio.queries import head_of, projects_for

PAGE = "reviews/conclusion/review.html"


@login_required
@require_safe
def review(request: HttpRequest, key: str) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    today = timezone.localdate()
    return render(request, PAGE, {"sheet": head_of(project, tab="review", today=today), "project": project})
