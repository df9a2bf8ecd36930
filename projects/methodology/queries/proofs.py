"""What lies beside the steps: evidence with who laid it there and when, and notes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from projects.evidence.models import Evidence, EvidenceRevision
from projects.evidence.queries.shown import newest_of
from projects.methodology.models.course import Step
from projects.methodology.models.proof import StepEvidence, StepNote
from projects.methodology.rules.proofs import ProofFacts
from projects.portfolio.models.project import Project


@dataclass(frozen=True)
class ProofLine:
    """One piece beside a step, as it is now; with `removed_at` it lay there once."""

    uid: UUID
    title: str
    revision: EvidenceRevision
    by: str
    at: datetime
    removed_at: datetime | None
    withdrawn: bool


def proofs_of(step: Step) -> list[ProofLine]:
    """Two queries, however many: those that lie there first, then those that were taken away."""
    rows = list(StepEvidence.objects.filter(step=step).select_related("evidence", "added_by").order_by("pk"))
    newest = newest_of(row.evidence_id for row in rows)
    lines = [
        ProofLine(
            uid=row.evidence.uid,
            title=row.evidence.title,
            revision=newest[row.evidence_id],
            by=row.added_by.name,
            at=row.added_at,
            removed_at=row.removed_at,
            withdrawn=row.evidence.withdrawn_at is not None,
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: line.removed_at is not None)


def notes_of(step: Step) -> list[StepNote]:
    return list(StepNote.objects.filter(step=step).select_related("by"))


def proved_steps(project: Project) -> set[str]:
    """The steps beside which anything lies or is written; one query."""
    proofs = StepEvidence.objects.filter(step__project=project, removed_at=None).order_by().values_list("step__key")
    notes = StepNote.objects.filter(step__project=project).order_by().values_list("step__key")
    return {key for (key,) in proofs.union(notes)}


def attached(step: Step, evidence: Evidence) -> StepEvidence | None:
    return StepEvidence.objects.filter(step=step, evidence=evidence, removed_at=None).first()


def proof_facts(project: Project, step: Step, evidence: Evidence | None = None) -> ProofFacts:
    return ProofFacts(
        project_key=project.key,
        project_state=project.state,
        step=step.key,
        attached=bool(evidence and attached(step, evidence)),
        withdrawn=bool(evidence and evidence.withdrawn_at),
    )
