"""What a submission says, read from its frozen text; and reviews and findings as the API shows them."""

import json
from dataclasses import dataclass
from typing import Any

from projects.checklist.models.submission import Submission
from reviews.assessment.models import Finding, MitigationRound, Review


@dataclass(frozen=True)
class FrozenAnswer:
    id: str
    topic: str
    wording: str
    words: str
    note: str


@dataclass(frozen=True)
class Frozen:
    round: int
    topics: dict[str, str]  # names by id
    answers: dict[str, FrozenAnswer]  # by question id

    @property
    def asked(self) -> dict[str, str]:
        """The topic of each question."""
        return {answer.id: answer.topic for answer in self.answers.values()}


def frozen_of(submission: Submission) -> Frozen:
    content = json.loads(submission.frozen)
    answers = (
        FrozenAnswer(one["id"], one["topic"], one["text"], one["words"], one["answer"].get("note") or "")
        for one in content["questions"]
    )
    return Frozen(
        round=content["round"],
        topics={topic["id"]: topic["name"] for topic in content["topics"]},
        answers={answer.id: answer for answer in answers},
    )


def review_shown(review: Review) -> dict[str, Any]:
    """A review as the API shows it, alone and in lists: ids and codes, no words. Needs the standing."""
    row = review.project.standing
    return {
        "uid": str(review.uid),
        "project": review.project.key,
        "state": review.state,
        "outcome": review.outcome or None,
        "reviewer": str(review.reviewer.uid),
        "submission": str(review.submission.uid),
        "round": review.submission.round.number,
        "taken_at": review.taken_at,
        "first_report_due_on": review.first_report_due_on,
        "report_delivered_at": review.report_delivered_at,
        "concluded_at": review.concluded_at,
        "turn": row.turn if row.review_state == review.state else "",
    }


def finding_shown(finding: Finding) -> dict[str, Any]:
    return {
        "uid": str(finding.uid),
        "label": finding.label,
        "state": finding.state,
        "kind": finding.kind,
        "severity": finding.severity or None,
        "topic": finding.topic,
        "question": finding.question or None,
        "title": finding.title,
        "detail": finding.detail,
        "mitigation": finding.mitigation,
        "owner": finding.owner,
        "version": finding.version,
        "because": finding.because or None,
        "accepted_until": finding.accepted_until,
        "accepted_by": str(finding.accepted_by.uid) if finding.accepted_by else None,
        "changed_at": finding.changed_at,
    }


def round_shown(asked: MitigationRound) -> dict[str, Any]:
    plan = getattr(asked, "plan", None)
    decision = getattr(plan, "decision", None)
    return {
        "number": asked.number,
        "ask": asked.ask,
        "until": asked.until,
        "asked_by": str(asked.asked_by.uid),
        "asked_at": asked.asked_at,
        "plan": plan
        and {"what": plan.what, "owner": plan.owner, "due_on": plan.due_on, "by": str(plan.by.uid), "at": plan.at},
        "decision": decision
        and {"accepted": decision.accepted, "reply": decision.reply, "by": str(decision.by.uid), "at": decision.at},
    }
