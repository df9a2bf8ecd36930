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
from projects.portfolio.models import (
    Membership,
    MilestoneMove,
    Project,
    ProjectFacts,
    ProjectStanding,
    Rollout,
    RolloutMilestone,
)
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
