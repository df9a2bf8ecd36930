"""All models of the app, for Django to find: a front file, imports only."""

from reviews.assessment.models import (
    Finding,
    FindingVersion,
    MitigationPlan,
    MitigationRound,
    PlanDecision,
    Review,
    ReviewSuspension,
)
from reviews.conclusion.models import Conclusion
from reviews.report.models import Report, ReportOrder

__all__ = [
    "Conclusion",
    "Finding",
    "FindingVersion",
    "MitigationPlan",
    "MitigationRound",
    "PlanDecision",
    "Report",
    "ReportOrder",
    "Review",
    "ReviewSuspension",
]
