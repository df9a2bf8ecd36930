"""All models of the app, for Django to find: a front file, imports only."""

from projects.checklist.models import (
    Answer,
    AnswerRevision,
    Checklist,
    ChecklistRound,
    Submission,
    SubmissionContributor,
    SubmissionStakeholder,
)
from projects.methodology.models import Phase, PhaseReopening, Step
from projects.plan.models import Onboarding
from projects.portfolio.models.milestones import MilestoneMove, Rollout, RolloutMilestone
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.models.standing import ProjectFacts, ProjectStanding
from projects.production.models.clearance import Clearance, Estimate
from projects.production.models.request import ProductionRequest, RequestComment, ServiceRequest

__all__ = [
    "Answer",
    "AnswerRevision",
    "Checklist",
    "ChecklistRound",
    "Clearance",
    "Estimate",
    "Membership",
    "MilestoneMove",
    "Onboarding",
    "Phase",
    "PhaseReopening",
    "ProductionRequest",
    "Project",
    "ProjectFacts",
    "ProjectStanding",
    "RequestComment",
    "Rollout",
    "RolloutMilestone",
    "ServiceRequest",
    "Step",
    "Submission",
    "SubmissionContributor",
    "SubmissionStakeholder",
]
