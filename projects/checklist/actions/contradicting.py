"""What the team says to a contradiction: explained, or raised as a known risk; for the answers that stand then."""

from datetime import datetime

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import Stale, require
from golive.core.digests import digest
from projects.checklist.models.contradictions import ContradictionStand
from projects.checklist.queries.rounds import round_facts
from projects.checklist.queries.sheet import Sheet, sheet_of
from projects.checklist.rules.contradictions import Contrary
from projects.checklist.rules.submission import may_settle
from projects.portfolio.actions.projects import lock
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker


@transaction.atomic
def settle_contradiction(
    project: Project, contradiction: str, *, stand: str, text: str, revision: int, by: User, at: datetime
) -> Sheet:
    """`revision`: of what the speaker saw said; what somebody else said meanwhile is never overwritten unseen."""
    project = lock(project)
    sheet = sheet_of(project, at=at)
    one = next((found for found in sheet.contraries if found.id == contradiction), None)
    require(may_settle(onlooker(by, project), round_facts(sheet), stands=one is not None), on=project)
    assert one is not None
    if one.said and (one.said["stand"], one.said["text"]) == (stand, text):
        return sheet  # sent twice
    if one.revision != revision:
        raise _stale(sheet, one, stand=stand, text=text)
    _keep(sheet, one, stand=stand, text=text, by=by, at=at)
    after = {"revision": revision + 1, "sha256": digest(text)}
    record(project.chain, by, f"contradiction.{stand}", f"contradiction:{one.id}", at=at, after=after)
    return sheet


def _keep(sheet: Sheet, one: Contrary, *, stand: str, text: str, by: User, at: datetime) -> None:
    checklist = sheet.checklist
    assert checklist is not None  # without answers nothing contradicts
    words = {"stand": stand, "text": text, "seen": one.seen, "revision": one.revision + 1}
    ContradictionStand.objects.create(checklist=checklist, contradiction=one.id, by=by, at=at, **words)
    checklist.said = {**checklist.said, one.id: {**words, "by": str(by.uid), "at": at.isoformat()}}
    checklist.save(update_fields=["said"])
    sheet.forget()


def _stale(sheet: Sheet, one: Contrary, *, stand: str, text: str) -> Stale:
    assert sheet.checklist is not None
    theirs = sheet.checklist.said.get(one.id, {})
    names = {str(member.user.uid): member.user.name for member in sheet.people}
    mine = {"stand": stand, "text": text}
    return Stale(theirs=theirs, revision=one.revision, by=names.get(theirs.get("by", ""), ""), mine=mine)
