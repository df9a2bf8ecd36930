"""What the plan and onboarding pages show, and the facts their rules take."""

from datetime import date

from projects.plan.models import Onboarding
from projects.plan.rules import OnboardingFacts
from projects.portfolio.models import MilestoneMove, Project
from projects.portfolio.queries import milestones_of


def onboarding_of(project: Project) -> Onboarding:
    return Onboarding.objects.select_related("completed_by").get(project=project)


def onboarding_facts(project: Project, row: Onboarding | None = None) -> OnboardingFacts:
    row = row or onboarding_of(project)
    return OnboardingFacts(
        project_state=project.state,
        project_key=project.key,
        vision=row.vision,
        products=tuple(row.products),
        user_count=row.user_count,
        milestones=tuple(milestones_of(project)),
        complete=row.completed_at is not None,
    )


def days_of(project: Project) -> dict[str, date]:
    return {key: row.day for key, row in milestones_of(project).items()}


def moves_of(project: Project, *, size: int = 50) -> list[MilestoneMove]:
    return list(MilestoneMove.objects.filter(rollout__project=project).select_related("by")[:size])
