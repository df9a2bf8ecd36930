"""Content and date that are again what was signed off end a suspension by themselves."""

from django.utils import timezone

from golive.outbox.job import Job
from projects.portfolio.models.project import Project
from reviews.assessment.queries import review_of
from reviews.conclusion.actions import restore_covered


def restore_when_covered(job: Job) -> None:
    with job.finishing():
        review = review_of(Project.objects.get(key=job.payload["project"]))
        if review:
            restore_covered(review, at=timezone.now())
