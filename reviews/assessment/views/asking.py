"""The newest review and its findings as doors fetch them, and the question asked once before an act."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from projects.portfolio.models.project import Project
from projects.portfolio.queries.projects import head_of, projects_for
from reviews.assessment.models import Finding, Review
from reviews.assessment.queries import findings_for, review_of

ASK = "reviews/assessment/ask.html"


def review_in(request: HttpRequest, key: str) -> Review:
    """The newest review of a project somebody sees; 404 while there is none."""
    project = get_object_or_404(projects_for(request.user), key=key)
    review = review_of(project)
    if review is None:
        raise Http404
    return review


def finding_in(request: HttpRequest, key: str, uid: UUID) -> Finding:
    return get_object_or_404(findings_for(request.user), uid=uid, project__key=key)


def sheet_of(request: HttpRequest, project: Project) -> dict[str, Any]:
    today = timezone.localdate()
    return {"sheet": head_of(project, tab="review", today=today), "url": request.path, "project": project}


def here(key: str, finding: Finding | None = None) -> str:
    return reverse("review", kwargs={"key": key}) + (f"?finding={finding.label}#finding" if finding else "")


def asked(request: HttpRequest, project: Project, **question: Any) -> HttpResponse:
    status = 422 if question["form"].is_bound else 200
    return render(request, ASK, sheet_of(request, project) | question, status=status)
