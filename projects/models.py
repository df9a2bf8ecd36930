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
from projects.evidence.models import Evidence, EvidenceFile, EvidenceRevision, EvidenceStore
from projects.methodology.models.course import Phase, PhaseReopening, Step
from projects.methodology.models.custom import CustomMethodology, CustomVersion
from projects.methodology.models.proof import StepEvidence, StepNote
from projects.plan.models.feeds import CalendarFeed
from projects.plan.models.onboarding import Onboarding
from projects.portfolio.models.keeping import ProjectMove, ProjectRoster, ProjectWord, SavedView
from projects.portfolio.models.milestones import MilestoneMove, Rollout, RolloutMilestone
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.models.standing import ProjectFacts, ProjectStanding
from projects.production.models.clearance import Clearance, Estimate
from projects.production.models.request import ProductionRequest, RequestComment, ServiceRequest
from projects.production.models.sandbox import Sandbox

__all__ = [
    "Answer",
    "AnswerRevision",
    "CalendarFeed",
    "Checklist",
    "ChecklistRound",
    "Clearance",
    "CustomMethodology",
    "CustomVersion",
    "Estimate",
    "Evidence",
    "EvidenceFile",
    "EvidenceRevision",
    "EvidenceStore",
    "Membership",
    "MilestoneMove",
    "Onboarding",
    "Phase",
    "PhaseReopening",
    "ProductionRequest",
    "Project",
    "ProjectFacts",
    "ProjectMove",
    "ProjectRoster",
    "ProjectStanding",
    "ProjectWord",
    "RequestComment",
    "Rollout",
    "RolloutMilestone",
    "Sandbox",
    "SavedView",
    "ServiceRequest",
    "Step",
    "StepEvidence",
    "StepNote",
    "Submission",
    "SubmissionContributor",
    "SubmissionStakeholder",
]
