"""Laying evidence beside an answer, taking it away, and taking a newer revision of it wherever it lies."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from projects.checklist.actions.answering import begin, keep_counters, tell_of_content
from projects.checklist.models.answers import AnswerEvidence
from projects.checklist.queries.evidence import digests_of, older_of
from projects.checklist.queries.rounds import round_facts
from projects.checklist.queries.sheet import Sheet, sheet_of
from projects.checklist.rules.evidence import LaidFacts, may_attach, may_detach, may_take_newest
from projects.evidence.actions.evidence import add_evidence
from projects.evidence.models import Evidence, EvidenceRevision
from projects.evidence.rules.files import CheckedFile
from projects.portfolio.actions.projects import lock
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker


@transaction.atomic
def attach_evidence(project: Project, question: str, evidence: Evidence, *, by: User, at: datetime) -> Sheet:
    """What the project has already, in the revision that is the newest now."""
    project = lock(project)
    evidence = Evidence.objects.get(pk=evidence.pk)
    sheet = sheet_of(project, at=at)
    require(may_attach(onlooker(by, project), round_facts(sheet), laid_facts(sheet, question, evidence)), on=project)
    sheet = sheet if sheet.checklist else begin(sheet, at=at)
    _lay(sheet, question, evidence, by=by, at=at)
    told = {"evidence": str(evidence.uid), "revision": evidence.revision}
    return _follow(sheet, "answer.evidence_attached", f"answer:{question}", by=by, at=at, after=told)


@transaction.atomic
def attach_anew(
    project: Project,
    question: str,
    *,
    title: str,
    by: User,
    at: datetime,
    file: CheckedFile | None = None,
    url: str = "",
    expires_on: date | None = None,
) -> Sheet:
    """What the project gets with it: both or neither."""
    project = lock(project)
    sheet = sheet_of(project, at=at)
    require(may_attach(onlooker(by, project), round_facts(sheet), laid_facts(sheet, question)), on=project)
    piece = add_evidence(project, title=title, file=file, url=url, expires_on=expires_on, by=by, at=at)
    return attach_evidence(project, question, piece, by=by, at=at)


@transaction.atomic
def detach_evidence(project: Project, question: str, evidence: Evidence, *, by: User, at: datetime) -> Sheet:
    """The evidence itself stays, and that it lay here."""
    project = lock(project)
    sheet = sheet_of(project, at=at)
    require(may_detach(onlooker(by, project), round_facts(sheet), laid_facts(sheet, question, evidence)), on=project)
    _end(sheet, question, evidence, at=at)
    told = {"evidence": str(evidence.uid)}
    return _follow(sheet, "answer.evidence_detached", f"answer:{question}", by=by, at=at, before=told)


@transaction.atomic
def take_newest(project: Project, evidence: Evidence, *, by: User, at: datetime) -> Sheet:
    """One file for many answers: they all take its newest revision, or none does."""
    project = lock(project)
    evidence = Evidence.objects.get(pk=evidence.pk)
    sheet = sheet_of(project, at=at)
    laid = laid_facts(sheet, "", evidence)
    require(may_take_newest(onlooker(by, project), round_facts(sheet), laid), on=project)
    for question in laid.older:
        _end(sheet, question, evidence, at=at)
        _lay(sheet, question, evidence, by=by, at=at)
    told = {"revision": evidence.revision, "questions": list(laid.older)}
    return _follow(sheet, "answer.evidence_renewed", evidence, by=by, at=at, after=told)


def laid_facts(sheet: Sheet, question: str, evidence: Evidence | None = None) -> LaidFacts:
    here = sheet.lying.get(question, [])
    older = older_of(sheet.checklist, evidence.pk, evidence.revision) if sheet.checklist and evidence else []
    return LaidFacts(
        question=question,
        attached=bool(evidence and any(row.evidence_id == evidence.pk for row in here)),
        withdrawn=bool(evidence and evidence.withdrawn_at),
        count=len(here),
        older=tuple(row.question for row in older),
    )


def _lay(sheet: Sheet, question: str, evidence: Evidence, *, by: User, at: datetime) -> None:
    assert sheet.checklist is not None
    newest = EvidenceRevision.objects.get(evidence=evidence, number=evidence.revision)
    AnswerEvidence.objects.create(
        checklist=sheet.checklist, question=question, evidence=evidence, revision=newest, added_by=by, added_at=at
    )


def _end(sheet: Sheet, question: str, evidence: Evidence, *, at: datetime) -> None:
    rows = AnswerEvidence.objects.filter(checklist=sheet.checklist, question=question, evidence=evidence)
    rows.filter(removed_at=None).update(removed_at=at)


def _follow(sheet: Sheet, act: str, what: Any, *, by: User, at: datetime, **told: Any) -> Sheet:
    """The same consequences as a save has: digests, counters, history, and what others hear."""
    assert sheet.checklist is not None
    sheet.checklist.attached = digests_of(sheet.checklist)
    sheet.checklist.save(update_fields=["attached"])
    sheet.forget()
    keep_counters(sheet, at=at)
    audit = record(sheet.project.chain, by, act, what, at=at, **told)
    tell_of_content(sheet, audit)
    return sheet
