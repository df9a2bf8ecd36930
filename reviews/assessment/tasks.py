"""What a review hears of the checklist and of its clearance; each handler asks the facts anew."""

from django.utils import timezone

from golive.outbox.job import Job
from projects.checklist.models.submission import Submission
from projects.portfolio.actions.projects import lock
from projects.portfolio.models.project import Project
from projects.portfolio.states import ProjectState
from projects.production.queries.gate import gate_facts
from reviews.assessment.actions.following import follow_project_rules
from reviews.assessment.actions.reviewing import follow_submission, locked_review, suspend_review
from reviews.assessment.queries import review_of


def follow_round(job: Job) -> None:
    with job.finishing():
        submission = Submission.objects.select_related("project").get(pk=job.payload["id"])
        _suspend_uncovered(submission.project)
        follow_submission(submission, at=timezone.now())


def follow_project_rules_on_move(job: Job) -> None:
    """A fact or a date changed: what the rules of the project raise in the open review follows."""
    with job.finishing():
        project = lock(Project.objects.get(key=job.payload["project"]))
        if project.state != ProjectState.CLOSED:
            follow_project_rules(project, at=job.now)


def suspend_uncovered(job: Job) -> None:
    with job.finishing():
        _suspend_uncovered(Project.objects.get(key=job.payload["project"]))


def _suspend_uncovered(project: Project) -> None:
    """Content or date went beyond what was signed off: the difference is recorded and the review suspended."""
    project = lock(project)
    if project.state == ProjectState.CLOSED:
        return
    review, cover = review_of(project), gate_facts(project).clearance
    if review and cover in {"changed", "lapsed"}:
        suspend_review(locked_review(review), because=cover, by=None, at=timezone.now())
