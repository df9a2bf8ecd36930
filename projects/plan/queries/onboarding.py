"""Onboarding, the facts its rules take, and how its steps stand."""

from typing import Any

from django.db.models import Count, Q

from golive.accounts.models import User
from golive.core.decision import Decision
from projects.plan.content import TeamSide, WizardStep
from projects.plan.models.onboarding import Onboarding
from projects.plan.rules.onboarding import OnboardingFacts, lacking, may_complete_onboarding
from projects.plan.states import OnboardingStep
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import milestones_of
from projects.portfolio.queries.people import onlooker
from projects.portfolio.states import Side


def onboarding_of(project: Project) -> Onboarding:
    return Onboarding.objects.select_related("completed_by").get(project=project)


# What onboarding says that rules of other slices read, under the same names.
SAID = (
    "products", "scope", "user_count", "country_count", "has_customizations", "has_isv", "has_integrations",
    "integration_count", "has_dual_write", "has_database_copy", "upgrade_from",
)  # fmt: skip
# What is asked and taken over into the facts of its rules as it stands.
ASKED = (
    "vision", "partner_choice", "user_count", "country_count", "has_customizations", "has_isv", "isv_names",
    "has_integrations", "integration_count", "has_database_copy", "upgrade_from", "tracking_choice", "work_tracking",
    "contact_choice",
)  # fmt: skip


def known_of(row: Onboarding) -> dict[str, Any]:
    """The facts of a project that follow from its onboarding."""
    return {"onboarded": row.completed_at is not None} | {name: getattr(row, name) for name in SAID}


def onboarding_facts(project: Project, row: Onboarding) -> OnboardingFacts:
    return OnboardingFacts(
        project_state=project.state,
        project_key=project.key,
        has_partner=project.partner_id is not None,
        licences=len(row.licences),
        products=tuple(row.products),
        scope=None if row.scope is None else tuple(row.scope),
        milestones=tuple(milestones_of(project)),
        complete=row.completed_at is not None,
        **{name: getattr(row, name) for name in ASKED},
    )


def onboarding_decision(user: User, project: Project, facts: OnboardingFacts) -> Decision:
    return may_complete_onboarding(onlooker(user, project), facts)


def wizard_steps(facts: OnboardingFacts) -> list[WizardStep]:
    """Every step with what it lacks."""
    lacks: dict[str, list[str]] = {}
    for step, _code, text in lacking(facts):
        lacks.setdefault(step, []).append(text)
    return [WizardStep(step.value, str(step.label), tuple(lacks.get(step.value, ()))) for step in OnboardingStep]


def step_to_go_on(facts: OnboardingFacts) -> str:
    """The first one that lacks something; the end when none does."""
    return next((step for step, _code, _text in lacking(facts)), OnboardingStep.FINISH.value)


def team_sides(project: Project) -> list[TeamSide]:
    """How many people each side has, and how many of them are primary contacts."""
    counts = Membership.objects.filter(project=project).order_by().values("side")
    rows = counts.annotate(people=Count("pk"), contacts=Count("pk", filter=Q(primary_contact=True)))
    found = {row["side"]: (row["people"], row["contacts"]) for row in rows}
    sides = [Side.CUSTOMER, *([Side.PARTNER] if project.partner_id else [])]
    return [TeamSide(str(side.label), *found.get(side, (0, 0))) for side in sides]
