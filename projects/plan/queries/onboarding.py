"""Onboarding, and the facts its rules take."""

from typing import Any

from golive.accounts.models import User
from golive.core.decision import Decision
from projects.plan.models.onboarding import Onboarding
from projects.plan.rules.onboarding import OnboardingFacts, may_complete_onboarding
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import milestones_of
from projects.portfolio.queries.people import onlooker


def onboarding_of(project: Project) -> Onboarding:
    return Onboarding.objects.select_related("completed_by").get(project=project)


# What onboarding says that rules of other slices read, under the same names.
SAID = (
    "products", "scope", "user_count", "country_count", "has_customizations", "has_isv", "has_integrations",
    "integration_count", "has_dual_write", "has_database_copy", "upgrade_from",
)  # fmt: skip


def known_of(row: Onboarding) -> dict[str, Any]:
    """The facts of a project that follow from its onboarding."""
    return {"onboarded": row.completed_at is not None} | {name: getattr(row, name) for name in SAID}


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


def onboarding_decision(user: User, project: Project, row: Onboarding | None = None) -> Decision:
    return may_complete_onboarding(onlooker(user, project), onboarding_facts(project, row))
