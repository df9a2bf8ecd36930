"""All read-only pages of the admin, for Django to find: a front file, imports only."""

from reviews.assessment.admin import FindingAdmin, ReviewAdmin
from reviews.conclusion.admin import ConclusionAdmin
from reviews.report.admin import ReportAdmin, ReportOrderAdmin

__all__ = ["ConclusionAdmin", "FindingAdmin", "ReportAdmin", "ReportOrderAdmin", "ReviewAdmin"]
