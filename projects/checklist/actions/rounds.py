"""The moves of a round: submitted, withdrawn, reopened, taken by a review."""

from datetime import datetime

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from golive.outbox.actions import announce
from projects.checklist.actions.freezing import freeze
from projects.checklist.models.checklist import ChecklistRound
from projects.checklist.models.submission import Submission
from projects.checklist.queries.rounds import round_facts, submission_facts
from projects.checklist.queries.sheet import Sheet, sheet_of
from projects.checklist.rules.submission import may_reopen, may_submit, may_withdraw
from projects.checklist.states import RoundState
from projects.methodology.actions.steps import tick
from projects.portfolio.actions.projects import lock, note
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker


@transaction.atomic
def submit_checklist(project: Project, *, by: User, at: datetime) -> Submission:
    project = lock(project)
    sheet = sheet_of(project, at=at)
    require(may_submit(onlooker(by, project), submission_facts(sheet)), on=project)
    assert sheet.checklist is not None
    assert sheet.round is not None
    for older in ChecklistRound.objects.filter(checklist=sheet.checklist, state="submitted"):
        older.supersede(at=at)
        older.save()
    submission = freeze(sheet, by=by, at=at)
    sheet.round.submit(at=at)
    sheet.round.save()
    sheet.checklist.submitted_hash, sheet.checklist.differs = submission.content_hash, False
    sheet.checklist.save(update_fields=["submitted_hash", "differs"])
    note(project, checklist_state=sheet.round.state)
    tick(project, "checklist.submitted", at=at)
    after = {"round": sheet.round.number, "sha256": submission.sha256, "content_hash": submission.content_hash}
    row = record(project.chain, by, "checklist.submitted", submission, at=at, after=after)
    announce("checklist.submitted", submission, after=row, project=project.key)
    return submission


@transaction.atomic
def withdraw_submission(project: Project, *, by: User, because: str, at: datetime) -> ChecklistRound:
    project = lock(project)
    sheet = sheet_of(project, at=at)
    require(may_withdraw(onlooker(by, project), round_facts(sheet)), on=project)
    assert sheet.round is not None
    sheet.round.withdraw(at=at)
    sheet.round.save()
    return _start_round(sheet, act="checklist.withdrawn", by=by, because=because, at=at)


def end_submission(project: Project, *, by: User, because: str, at: datetime) -> bool:
    """The project ends: what no review has taken is withdrawn. The caller holds the lock and has decided."""
    sheet = sheet_of(project, at=at)
    if sheet.round is None or sheet.round.state != RoundState.SUBMITTED or sheet.round.taken_at:
        return False
    sheet.round.withdraw(at=at)
    sheet.round.save()
    _start_round(sheet, act="checklist.withdrawn", by=by, because=because, at=at)
    return True


@transaction.atomic
def reopen_checklist(project: Project, *, by: User, because: str, at: datetime) -> ChecklistRound:
    """Starts the next round on the live answers. The clearance covers until the first material answer differs."""
    project = lock(project)
    sheet = sheet_of(project, at=at)
    require(may_reopen(onlooker(by, project), round_facts(sheet)), on=project)
    return _start_round(sheet, act="checklist.reopened", by=by, because=because, at=at)


def mark_taken(round_: ChecklistRound, *, at: datetime) -> None:
    """A review has begun on this round; the caller holds the project's lock."""
    round_.taken_at = at
    round_.save(update_fields=["taken_at"])


def _start_round(sheet: Sheet, *, act: str, by: User, because: str, at: datetime) -> ChecklistRound:
    assert sheet.checklist is not None
    assert sheet.round is not None
    following = ChecklistRound.objects.create(
        checklist=sheet.checklist, number=sheet.round.number + 1, because=because, started_at=at
    )
    note(sheet.project, checklist_state=following.state)
    record(sheet.project.chain, by, act, f"round:{following.number}", at=at)
    return following
