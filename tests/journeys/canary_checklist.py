"""What the team says on and beside its checklist, each text a canary: written while the round is a draft."""

from typing import Any

from django.utils import timezone

from projects.checklist.models.answers import AnswerEvidence, AnswerPresence, ChecklistAssignment
from projects.checklist.models.checklist import Checklist, ChecklistHeader
from projects.checklist.models.contradictions import ContradictionStand
from projects.checklist.models.gates import QualityGate, QualityGateTopic
from projects.checklist.models.talking import AnswerComment, AnswerMention, AnswerThread
from projects.evidence.models import Evidence, EvidenceRevision
from tests.builders_projects import Cast


def spoken(cast: Cast, of: Any) -> None:
    """`of`: gives the canary of a column."""
    by, at, checklist = cast.owner, timezone.now(), Checklist.objects.get(project=cast.project)
    rollouts = [{"users": 5, "areas": of("ChecklistHeader.rollouts"), "places": "NO"}]
    texts = {name: of(f"ChecklistHeader.{name}") for name in ("project_reference", "legacy_system")}
    ChecklistHeader.objects.filter(checklist=checklist).update(rollouts=rollouts, **texts)
    evidence = Evidence.objects.create(project=cast.project, title=of("Evidence.title"), added_at=at, added_by=by)
    revision = EvidenceRevision.objects.create(evidence=evidence, number=1, by=by, at=at, url="https://t.example/")
    laid = {"evidence": evidence, "revision": revision, "added_by": by, "added_at": at}
    AnswerEvidence.objects.create(checklist=checklist, question="SC-02", **laid)
    AnswerPresence.objects.create(project=cast.project, user=by, question="SC-02", seen_at=at)
    ChecklistAssignment.objects.create(checklist=checklist, question="SC-02", person=cast.member, by=by, at=at)
    for audience in ("team", "customer", "partner"):
        thread = AnswerThread.objects.create(checklist=checklist, question="SC-02", audience=audience)
        comment = AnswerComment.objects.create(thread=thread, text=of("AnswerComment.text"), by=by, at=at)
        AnswerMention.objects.create(comment=comment, user=cast.member)
    stand = {"stand": "explained", "seen": "a" * 64, "text": of("ContradictionStand.text") + of("Checklist.said")}
    ContradictionStand.objects.create(checklist=checklist, contradiction="CO-01", **stand, by=by, at=at)
    checklist.said = {"CO-01": stand}
    checklist.save(update_fields=["said"])
    _gate(checklist, of, by=by, at=at)


def _gate(checklist: Checklist, of: Any, **who: Any) -> None:
    held = {"held_on": timezone.localdate(), "decision": "go", "remark": of("QualityGate.remark")}
    gate = QualityGate.objects.create(checklist=checklist, number=1, **held, **who)
    words = {name: of(f"QualityGateTopic.{name}") for name in ("name", "owner", "remark")}
    counts = {"position": 1, "readiness": 50, "completeness": 50, "maturity": 3}
    QualityGateTopic.objects.create(gate=gate, topic="SC", status="on_track", **counts, **words)
