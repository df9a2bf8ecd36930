"""What a submission freezes: every question that was asked, with its wording, its answer, and what it raised."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from golive.accounts.models import User
from golive.core.digests import canonical, digest_of_text
from projects.checklist.models.answers import AnswerEvidence, AnswerRevision
from projects.checklist.models.submission import Submission, SubmissionContributor, SubmissionStakeholder
from projects.checklist.queries.sheet import Sheet
from projects.checklist.rules.answers import in_words, to_json
from projects.checklist.rules.contradictions import Contrary, known_risks
from projects.portfolio.models.people import Membership

SCHEMA = 1


def freeze(sheet: Sheet, *, by: User, at: datetime) -> Submission:
    """The frozen copy, with who contributed and which stakeholders are named."""
    assert sheet.round is not None
    assert sheet.checklist is not None
    named = list(
        Membership.objects.filter(project=sheet.project, stakeholder=True, user__is_active=True).select_related("user")
    )
    text = canonical(_content(sheet, named, at))
    submission = Submission.objects.create(
        project=sheet.project,
        round=sheet.round,
        frozen=text,
        sha256=digest_of_text(text),
        content_hash=sheet.live_hash,
        submitted_by=by,
        submitted_at=at,
    )
    writers = set(AnswerRevision.objects.filter(answer__checklist=sheet.checklist).values_list("by", flat=True))
    writers |= set(AnswerEvidence.objects.filter(checklist=sheet.checklist).values_list("added_by", flat=True))
    SubmissionContributor.objects.bulk_create(
        SubmissionContributor(submission=submission, user_id=pk) for pk in sorted(writers | {by.pk})
    )
    SubmissionStakeholder.objects.bulk_create(
        SubmissionStakeholder(submission=submission, user=member.user, side=member.side) for member in named
    )
    return submission


def _content(sheet: Sheet, named: list[Membership], at: datetime) -> dict[str, Any]:
    assert sheet.round is not None
    assert sheet.checklist is not None
    completed_by = sheet.checklist.completed_by
    go_live = sheet.facts.milestones.get("go_live")
    return {
        "schema": SCHEMA,
        "project": sheet.project.key,
        "round": sheet.round.number,
        "submitted_at": at.isoformat(),
        "catalogue": {"version": sheet.catalogue.version, "sha256": sheet.catalogue.hash},
        "go_live_on": go_live.isoformat() if go_live else None,
        "completed_by": str(completed_by.uid) if completed_by else None,
        "stakeholders": sorted(str(member.user.uid) for member in named),
        "topics": [{"id": topic.id, "name": topic.name} for topic in sheet.catalogue.topics],
        "questions": [_question(sheet, question) for question in sheet.questions],
        "risks": [*(asdict(risk) for risk in sheet.risks), *_known_risks(sheet)],
        "contradictions": [_contradiction(one) for one in sheet.contraries],
    }


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


def _question(sheet: Sheet, question: Any) -> dict[str, Any]:
    content = sheet.answers[question.id]
    return {
        "id": question.id,
        "topic": question.topic,
        "text": question.text,
        "nature": question.nature,
        "material": question.material,
        "answer": to_json(content),
        "words": in_words(question, content),
        "confirmed": question.id not in sheet.unconfirmed,  # false: said in an earlier round, and not asked about again
        "evidence": sheet.attached.get(question.id, []),
    }
