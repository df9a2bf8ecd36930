"""All models of the app, for Django to find: a front file, imports only."""

from projects.checklist.models.answers import (
    Answer,
    AnswerEvidence,
    AnswerPresence,
    AnswerRevision,
    ChecklistAssignment,
)
from projects.checklist.models.checklist import Checklist, ChecklistHeader, ChecklistRound
from projects.checklist.models.contradictions import ContradictionStand
from projects.checklist.models.gates import QualityGate, QualityGateTopic
from projects.checklist.models.submission import Submission, SubmissionContributor, SubmissionStakeholder
from projects.checklist.models.talking import AnswerComment, AnswerMention, AnswerThread
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
    "AnswerComment",
    "AnswerEvidence",
    "AnswerMention",
    "AnswerPresence",
    "AnswerRevision",
    "AnswerThread",
    "CalendarFeed",
    "Checklist",
    "ChecklistAssignment",
    "ChecklistHeader",
    "ChecklistRound",
    "Clearance",
    "ContradictionStand",
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
    "QualityGate",
    "QualityGateTopic",
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
