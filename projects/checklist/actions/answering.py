"""Answering: one save an answer, and the counters that follow it."""

from datetime import datetime

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.audit.models import AuditRow
from golive.core.decision import Stale, require
from golive.core.digests import digest
from golive.outbox.actions import announce
from projects.checklist.actions.confirming import confirm_answers
from projects.checklist.models.answers import Answer, AnswerRevision
from projects.checklist.models.checklist import Checklist, ChecklistRound
from projects.checklist.queries.rounds import round_facts
from projects.checklist.queries.sheet import AnswerRow, Sheet, sheet_of
from projects.checklist.rules.answers import AnswerContent, from_json, to_json
from projects.checklist.rules.submission import may_answer
from projects.portfolio.actions.projects import lock, note
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker


def save_answer(
    project: Project, question: str, content: AnswerContent, *, revision: int, by: User, at: datetime
) -> Answer:
    """One save an answer. `revision` is the one the writer saw; a newer one is shown to them, never overwritten."""
    row = answer_on_sheet(project, question, content, revision=revision, by=by, at=at).rows[question]
    return row if isinstance(row, Answer) else Answer.objects.get(pk=row.pk)


@transaction.atomic
def answer_on_sheet(
    project: Project, question: str, content: AnswerContent, *, revision: int, by: User, at: datetime
) -> Sheet:
    """The save, and the whole sheet as it stands after it: a page shows what the answer raises without asking again."""
    project = lock(project)
    sheet = sheet_of(project, at=at, newest=True)
    require(may_answer(onlooker(by, project), round_facts(sheet)), on=project)
    row = sheet.rows.get(question)
    if row and row.content == to_json(content):
        # It stands already: sent twice, or the answer to the first sending was lost, or it is still true.
        if question in sheet.unconfirmed:
            return confirm_answers(project, [question], by=by, at=at)
        sheet.rows[question] = Answer.objects.select_related("by").get(pk=row.pk)
        return sheet
    if (row.revision if row else 0) != revision:
        raise _stale(sheet, question, row, content)
    sheet = sheet if sheet.checklist else begin(sheet, at=at)
    answer = _write(sheet, question, content, revision=revision + 1, by=by, at=at)
    keep_counters(sheet, at=at)
    after = {"revision": answer.revision, "sha256": digest(answer.content)}
    audit = record(project.chain, by, "answer.saved", f"answer:{question}", at=at, after=after)
    tell_of_content(sheet, audit)
    return sheet


def _write(sheet: Sheet, question: str, content: AnswerContent, *, revision: int, by: User, at: datetime) -> Answer:
    """The answer and its place in its history; the sheet is read anew."""
    there = sheet.rows.get(question)
    said = {"content": to_json(content), "revision": revision, "by": by, "at": at}
    row = Answer(pk=there.pk if there else None, checklist=sheet.checklist, question=question, **said)
    row.confirmed_round = sheet.number
    row.save(force_insert=there is None, force_update=there is not None)
    AnswerRevision.objects.create(answer=row, **said)
    sheet.rows[question] = row
    sheet.forget()
    return row


def judge_again(project: Project, *, at: datetime) -> None:
    """A date or a fact moved: the counters and the predicted risk follow. The caller holds the project's lock."""
    sheet = sheet_of(project, at=at)
    if sheet.checklist:
        keep_counters(sheet, at=at)
        tell_of_content(sheet, f"{project.key}:{at.isoformat()}")


def begin(empty: Sheet, *, at: datetime) -> Sheet:
    """The checklist begins with its first answer or its header, and pins the newest version of the catalogue."""
    checklist = Checklist.objects.create(
        project=empty.project,
        rollout=empty.project.rollouts.get(number=1),
        catalogue=empty.catalogue.version,
        content_hash=empty.live_hash,
        judged_at=at,
    )
    round_ = ChecklistRound.objects.create(checklist=checklist, number=1, started_at=at)
    return Sheet(empty.project, checklist, round_, {}, empty.facts)


def begun(sheet: Sheet, *, at: datetime) -> Sheet:
    """For an act that answers nothing: it may come before the first answer, and what is asked is counted from then."""
    if sheet.checklist:
        return sheet
    sheet = begin(sheet, at=at)
    keep_counters(sheet, at=at)
    return sheet


def keep_counters(sheet: Sheet, *, at: datetime) -> None:
    row = sheet.checklist
    assert row is not None
    counters = {"asked": len(sheet.questions), "answered": sheet.answered, "predicted_risk": sheet.worst}
    moved = any(getattr(row, name) != value for name, value in counters.items())
    for name, value in {"content_hash": sheet.live_hash, "judged_at": at, **counters}.items():
        setattr(row, name, value)
    row.save(update_fields=["content_hash", "judged_at", *counters])
    if moved:
        note(sheet.project, row=row.project.standing, **counters)


def tell_of_content(sheet: Sheet, audit: AuditRow | str) -> None:
    """Announces when the live content begins or ceases to differ from what was submitted last."""
    row = sheet.checklist
    assert row is not None
    if not row.submitted_hash:
        return
    differs = row.content_hash != row.submitted_hash
    if differs != row.differs:
        row.differs = differs
        row.save(update_fields=["differs"])
        announce("checklist.content_changed", row, after=audit, project=sheet.project.key, differs=differs)


def _stale(sheet: Sheet, question: str, row: Answer | AnswerRow | None, mine: AnswerContent) -> Stale:
    asked = sheet.catalogue.question(question)
    theirs = from_json(asked, row.content) if row else None
    return Stale(theirs=theirs, revision=row.revision if row else 0, by=str(row.by) if row else "", mine=mine)
