"""Laying evidence beside a step, taking it away, and writing notes. None of it marks the step."""

from datetime import date, datetime

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from projects.evidence.actions.evidence import add_evidence
from projects.evidence.models import Evidence
from projects.evidence.rules.files import CheckedFile
from projects.methodology.models.course import Step
from projects.methodology.models.proof import StepEvidence, StepNote
from projects.methodology.queries.proofs import proof_facts
from projects.methodology.rules.proofs import may_note_step, may_prove_step, may_remove_proof
from projects.portfolio.actions.projects import lock
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker


@transaction.atomic
def prove_step(project: Project, key: str, evidence: Evidence, *, by: User, at: datetime) -> StepEvidence:
    """Evidence that the project has already."""
    project = lock(project)
    step, evidence = Step.objects.get(project=project, key=key), Evidence.objects.get(pk=evidence.pk)
    require(may_prove_step(onlooker(by, project), proof_facts(project, step, evidence)), on=project)
    proof = StepEvidence.objects.create(step=step, evidence=evidence, added_by=by, added_at=at)
    record(project.chain, by, "step.proved", f"step:{key}", at=at, after={"evidence": str(evidence.uid)})
    return proof


@transaction.atomic
def prove_step_anew(
    project: Project,
    key: str,
    *,
    title: str,
    by: User,
    at: datetime,
    file: CheckedFile | None = None,
    url: str = "",
    expires_on: date | None = None,
) -> StepEvidence:
    """Evidence that the project gets with it: both or neither."""
    project = lock(project)
    step = Step.objects.get(project=project, key=key)
    require(may_prove_step(onlooker(by, project), proof_facts(project, step)), on=project)
    piece = add_evidence(project, title=title, file=file, url=url, expires_on=expires_on, by=by, at=at)
    return prove_step(project, key, piece, by=by, at=at)


@transaction.atomic
def remove_proof(project: Project, key: str, evidence: Evidence, *, by: User, at: datetime) -> None:
    """The evidence itself stays, and that it lay here."""
    project = lock(project)
    step = Step.objects.get(project=project, key=key)
    require(may_remove_proof(onlooker(by, project), proof_facts(project, step, evidence)), on=project)
    StepEvidence.objects.filter(step=step, evidence=evidence, removed_at=None).update(removed_at=at)
    record(project.chain, by, "step.proof_removed", f"step:{key}", at=at, before={"evidence": str(evidence.uid)})


@transaction.atomic
def note_step(project: Project, key: str, *, text: str, by: User, at: datetime) -> StepNote:
    """Never changed and never deleted; the text stands here alone."""
    project = lock(project)
    step = Step.objects.get(project=project, key=key)
    require(may_note_step(onlooker(by, project), proof_facts(project, step)), on=project)
    note = StepNote.objects.create(step=step, text=text, by=by, at=at)
    record(project.chain, by, "step.noted", f"step:{key}", at=at, after={"note": note.pk})
    return note
