"""All read-only pages of the admin, for Django to find: a front file, imports only."""

from projects.checklist.admin import (
    AnswerAdmin,
    AnswerRevisionAdmin,
    ChecklistAdmin,
    ChecklistRoundAdmin,
    SubmissionAdmin,
)
from projects.evidence.admin import EvidenceAdmin, EvidenceFileAdmin
from projects.methodology.admin import PhaseAdmin, StepAdmin
from projects.plan.admin import OnboardingAdmin
from projects.portfolio.admin import MembershipAdmin, ProjectAdmin, ProjectStandingAdmin, RolloutMilestoneAdmin
from projects.production.admin import ClearanceAdmin, EstimateAdmin, ProductionRequestAdmin, ServiceRequestAdmin

__all__ = [
    "AnswerAdmin",
    "AnswerRevisionAdmin",
    "ChecklistAdmin",
    "ChecklistRoundAdmin",
    "ClearanceAdmin",
    "EstimateAdmin",
    "EvidenceAdmin",
    "EvidenceFileAdmin",
    "MembershipAdmin",
    "OnboardingAdmin",
    "PhaseAdmin",
    "ProductionRequestAdmin",
    "ProjectAdmin",
    "ProjectStandingAdmin",
    "RolloutMilestoneAdmin",
    "ServiceRequestAdmin",
    "StepAdmin",
    "SubmissionAdmin",
]
