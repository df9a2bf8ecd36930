"""What a submission freezes: every question that was asked, with its wording, its answer, its proof, what it raised."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db.models import Q

from golive.accounts.models import User
from golive.audit.models import AuditRow
from golive.core.digests import canonical, digest_of_text
from projects.checklist.models.answers import AnswerEvidence, AnswerRevision
from projects.checklist.models.contradictions import ContradictionStand
from projects.checklist.models.submission import Submission, SubmissionContributor, SubmissionStakeholder
from projects.checklist.queries.header import known_header
from projects.checklist.queries.sheet import Sheet
from projects.checklist.rules.answers import in_words, to_json
from projects.checklist.rules.contradictions import Contrary, known_risks
from projects.checklist.rules.header import header_to_json
from projects.checklist.rules.questions import Question
from projects.portfolio.models.people import Membership

# What leaves no row of its own with everybody who did it.
KEPT_IN_HISTORY_ALONE = ("checklist.header_saved", "answers.confirmed")
SCHEMA = 2  # 1 knew neither header, proof, contributors nor contradictions


def freeze(sheet: Sheet, *, by: User, at: datetime) -> Submission:
    """The frozen copy, with who contributed and which stakeholders are named."""
    assert sheet.round is not None
    named = [member for member in sheet.people if member.stakeholder and member.user.is_active]
    writers = contributors_of(sheet, by)
    text = frozen_text(sheet, named, writers, by=by, at=at)
    submission = Submission.objects.create(
        project=sheet.project,
        round=sheet.round,
        frozen=text,
        sha256=digest_of_text(text),
        content_hash=sheet.live_hash,
        submitted_by=by,
        submitted_at=at,
    )
    SubmissionContributor.objects.bulk_create(
        SubmissionContributor(submission=submission, user=person) for person in writers
    )
    SubmissionStakeholder.objects.bulk_create(
        SubmissionStakeholder(submission=submission, user=member.user, side=member.side) for member in named
    )
    return submission


def contributors_of(sheet: Sheet, by: User) -> list[User]:
    """Who wrote any answer that ever stood, laid proof beside one or found it still true; who wrote the header, or a
    word on a contradiction; and who sends it."""
    wrote = AnswerRevision.objects.filter(answer__checklist=sheet.checklist).values("by")
    laid = AnswerEvidence.objects.filter(checklist=sheet.checklist).values("added_by")
    stood = ContradictionStand.objects.filter(checklist=sheet.checklist).values("by")
    acted = AuditRow.objects.filter(chain=sheet.project.chain, act__in=KEPT_IN_HISTORY_ALONE).values("actor")
    people = User.objects.filter(Q(pk__in=wrote) | Q(pk__in=laid) | Q(pk__in=stood) | Q(pk__in=acted) | Q(pk=by.pk))
    return list(people.select_related("organisation").order_by("pk"))


def frozen_text(sheet: Sheet, named: list[Membership], writers: list[User], *, by: User, at: datetime) -> str:
    """The same content gives the same text, whatever the order in which it was saved."""
    assert sheet.round is not None
    completed_by = sheet.completed_by
    people = [*writers, by, *(member.user for member in named), *([completed_by] if completed_by else [])]
    content = {
        "schema": SCHEMA,
        "project": sheet.project.key,
        "name": sheet.project.name,
        "round": sheet.round.number,
        "submitted_at": at.isoformat(),
        "submitted_by": str(by.uid),
        "catalogue": {"version": sheet.catalogue.version, "sha256": sheet.catalogue.hash},
        "content_hash": sheet.live_hash,
        "completed_by": str(completed_by.uid) if completed_by else None,
        "stakeholders": sorted(str(member.user.uid) for member in named),
        "contributors": sorted(str(person.uid) for person in writers),
        "people": {str(one.uid): {"name": one.name, "organisation": one.organisation.name} for one in people},
        **_header(sheet),
        "topics": [{"id": one.id, "name": one.name, "looks_at": one.looks_at} for one in sheet.catalogue.topics],
        "questions": list(_questions(sheet)),
        "risks": [*map(asdict, sheet.risks), *_known_risks(sheet)],
        "contradictions": [_contradiction(one) for one in sheet.contraries],
    }
    return canonical(content)


def _header(sheet: Sheet) -> dict[str, Any]:
    known = known_header(sheet)
    said = header_to_json(sheet.header) | {
        "customer": known.customer,
        "partner": known.partner or None,
        "fasttrack_architect": known.architect or None,
        "licences": [{"type": kind, "count": count} for kind, count in known.licences],
        "vision": known.vision,
    }
    return {"header": said, "go_live_on": known.go_live.isoformat() if known.go_live else None}


def _questions(sheet: Sheet) -> Iterable[dict[str, Any]]:
    proof = _evidence(sheet)
    for question in sheet.questions:
        yield _question(sheet, question) | {"evidence": sorted(proof.get(question.id, []), key=canonical)}


def _question(sheet: Sheet, question: Question) -> dict[str, Any]:
    content = sheet.answers[question.id]
    return {
        "id": question.id,
        "topic": question.topic,
        "text": question.text,
        "type": question.answer,
        "options": list(question.choices),
        "unit": question.unit,
        "nature": question.nature,
        "material": question.material,
        "answer": to_json(content),
        "words": in_words(question, content),
        "confirmed": question.id not in sheet.unconfirmed,  # false: said in an earlier round, and not asked about again
    }


def _evidence(sheet: Sheet) -> dict[str, list[dict[str, Any]]]:
    """By question: what lay beside its answer, by title and digest; a link has no digest."""
    laid = AnswerEvidence.objects.filter(checklist=sheet.checklist, removed_at=None)
    found: dict[str, list[dict[str, Any]]] = {}
    for row in laid.select_related("evidence", "revision__file"):
        piece = {
            "id": str(row.evidence.uid),
            "title": row.evidence.title,
            "revision": row.revision.number,
            "name": row.revision.name,
            "url": row.revision.url,
            "sha256": row.revision.file.sha256 if row.revision.file else "",
        }
        found.setdefault(row.question, []).append(piece)
    return found


def _known_risks(sheet: Sheet) -> Iterator[dict[str, Any]]:
    """Contradictions that the team raised itself, each with the team's words."""
    return (asdict(risk) | {"detail": text} for risk, text in known_risks(sheet.contraries))


def _contradiction(one: Contrary) -> dict[str, Any]:
    said = one.said or {}
    return {
        "id": one.id,
        "says": one.contradiction.says,
        "stand": said.get("stand", ""),
        "text": said.get("text", ""),
        "raised_already": one.raised,
    }
