"""The header: what is typed there, and who completed the checklist. One revision for both."""

from datetime import datetime
from typing import Any

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import Stale, require
from golive.core.digests import digest
from projects.checklist.actions.answering import begun
from projects.checklist.models.checklist import ChecklistHeader
from projects.checklist.queries.rounds import round_facts
from projects.checklist.queries.sheet import Sheet, sheet_of
from projects.checklist.rules.header import HeaderContent, header_to_json
from projects.checklist.rules.submission import may_answer, may_be_named
from projects.portfolio.actions.projects import lock
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker


@transaction.atomic
def save_header(
    project: Project, header: HeaderContent, *, completed_by: User | None, revision: int, by: User, at: datetime
) -> Sheet:
    """`revision` is the one the writer saw; a newer one is shown to them, never overwritten."""
    project = lock(project)
    sheet = sheet_of(project, at=at)
    require(may_answer(onlooker(by, project), round_facts(sheet)), on=project)
    if (sheet.header, sheet.completed_by) == (header, completed_by):
        return sheet  # it stands already: sent twice, or the answer to the first sending was lost
    if sheet.header_revision != revision:
        raise _stale(sheet, (header, completed_by))
    if completed_by and completed_by != sheet.completed_by:
        require(may_be_named(onlooker(completed_by, project), key=project.key), on=project)
    sheet = begun(sheet, at=at)
    assert sheet.checklist is not None
    before = sheet.completed_by
    said = header_to_json(header)
    row = ChecklistHeader(checklist=sheet.checklist, revision=revision + 1, by=by, at=at, **said)
    row.save(force_insert=not revision)
    sheet.checklist.header, sheet.checklist.completed_by = row, completed_by
    sheet.checklist.save(update_fields=["completed_by"])
    after = {"revision": row.revision, "sha256": digest(said)}
    record(project.chain, by, "checklist.header_saved", f"header:{project.key}", at=at, after=after)
    if completed_by != before:
        record(project.chain, by, "checklist.completed_by_named", completed_by or "user:none", at=at)
    return sheet


def _stale(sheet: Sheet, mine: Any) -> Stale:
    row = sheet.header_row
    theirs = (sheet.header, sheet.completed_by)
    return Stale(theirs=theirs, revision=sheet.header_revision, by=str(row.by) if row else "", mine=mine)
