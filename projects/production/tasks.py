"""What production hears: each handler is idempotent and asks the facts anew."""

from django.utils import timezone

from golive.outbox.job import Job
from golive.programme.queries import number
from projects.portfolio.actions.projects import lock
from projects.portfolio.models.project import Project
from projects.portfolio.states import ProjectState
from projects.production.actions.clearing import keep_release, tell_cover
from projects.production.actions.following import follow_facts
from projects.production.actions.serving import deploy_released, finish_deployment
from projects.production.models.request import ServiceRequest


def weigh_request_again(job: Job) -> None:
    """A phase, a date or an answer moved: a queued request is released, or held again; cover that ended is said."""
    with job.finishing():
        project = lock(Project.objects.get(key=job.payload["project"]))
        if project.state == ProjectState.CLOSED:
            return  # what was announced before its end changes nothing any more
        now = timezone.now()
        follow_facts(project, least=number("acceptance_tier"), at=now)
        tell_cover(project, at=now)
        keep_release(project, at=now)


def deploy_self_service(job: Job) -> None:
    with job.finishing():
        deploy_released(Project.objects.get(key=job.payload["project"]), at=timezone.now())


def finish_self_service(job: Job) -> None:
    """Only the deployment that this was announced for: one that failed and was begun anew has its own end."""
    with job.finishing():
        service = ServiceRequest.objects.select_related("project", "request").get(request=job.payload["id"])
        begun = service.request.deploying_at
        if begun and begun.isoformat() == job.payload["begun"]:
            finish_deployment(service, by=None, at=timezone.now())
