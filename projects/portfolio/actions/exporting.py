"""Taking a list along: who took how much, by which filters, stays in the history; what stood in it does not."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from golive.programme.queries import number
from projects.portfolio.models.standing import ProjectStanding
from projects.portfolio.rules.exporting import ExportFacts, may_export
from projects.portfolio.rules.listing import Listing

SITE = "site"


@transaction.atomic
def export_projects(rows: QuerySet[ProjectStanding], asked: Listing, *, form: str, by: User, at: datetime) -> int:
    """How many rows the file may have."""
    most = int(number("export_rows"))
    count = rows[: most + 1].count()
    require(may_export(ExportFacts(count=count, most=most)))
    record(SITE, by, "projects.exported", "projects", at=at, after={"form": form, "rows": count, "by": [*asked.given]})
    return most
