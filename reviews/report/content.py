"""What a report says, as plain values: frozen in the database when it is delivered, rendered from there at any time.

Colours, counts and conditions are not here: they are derived (derivations.py), so that nobody can set them by hand.
"""

import json
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cached_property
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints


@dataclass(frozen=True)
class Plan:
    """One mitigation round of one finding."""

    round: int
    text: str
    owner: str
    due_on: date | None = None
    decision: str = "submitted"  # submitted, accepted, returned
    decided_on: date | None = None
    answer: str = ""  # what the reviewer wrote with the decision


@dataclass(frozen=True)
class RiskAcceptance:
    by: str
    organisation: str
    accepted_on: date
    reason: str
    expires_on: date | None = None


@dataclass(frozen=True)
class ReportFinding:
    number: str  # R-01, I-01, S-01, BP-01, RE-01: kept from one version of the report to the next
    kind: str  # risk, issue, assertion, best_practice, recommendation
    severity: str  # critical, high, medium, low; empty for the other kinds
    topic: str  # key of a topic
    title: str
    state: str  # open, mitigation_requested, plan_submitted, plan_accepted, mitigated, accepted_by_customer
    is_open: bool
    question: str = ""
    nature: str = ""  # required, advised
    evidence: str = ""  # what was found, in the reviewer's words or the answer's
    mitigation: str = ""
    owner_role: str = ""
    plans: tuple[Plan, ...] = ()
    acceptance: RiskAcceptance | None = None
    closed_on: date | None = None


@dataclass(frozen=True)
class Answer:
    question: str
    wording: str
    text: str
    nature: str = ""
    not_applicable: bool = False
    evidence: tuple[str, ...] = ()  # names of files and links


@dataclass(frozen=True)
class Topic:
    key: str
    name: str
    good: str = ""
    if_missed: str = ""
    way_back: str = ""
    learn_more: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Milestone:
    name: str
    planned_on: date | None
    done: bool = False


@dataclass(frozen=True)
class Participant:
    name: str
    organisation: str
    role: str
    side: str = ""
    signs: bool = False
    signed_at: datetime | None = None


@dataclass(frozen=True)
class AuditHead:
    chain: str
    seq: int
    hash: str
    at: datetime


@dataclass(frozen=True)
class ReportContent:
    project_key: str
    project: str
    customer: str
    partner: str  # empty: without a partner
    infrastructure: str  # microsoft_managed, self_service, or words
    go_live_on: date | None
    version: int
    final: bool
    made_at: datetime
    submission_number: int
    submitted_at: datetime
    content_hash: str  # what a sign-off binds
    verify_code: str
    verify_address: str
    advice: str  # ready, ready_with_conditions, not_ready
    topics: tuple[Topic, ...]  # the visible ones, in the catalogue's order
    findings: tuple[ReportFinding, ...]
    milestones: tuple[Milestone, ...] = ()
    participants: tuple[Participant, ...] = ()
    audit: AuditHead | None = None
    desk: str = ""  # the programme's name
    language: str = "en-gb"
    summary: str = ""  # the reviewer's own words, after the derived sentence
    schema: int = 1

    @cached_property
    def questions(self) -> frozenset[str]:
        return frozenset(answer.question for topic in self.topics for answer in topic.answers)


def to_json(content: ReportContent) -> str:
    """Canonical: the same content is the same text, so that a hash over it means something."""
    return json.dumps(
        asdict(content), default=_plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def from_json(text: str) -> ReportContent:
    return _build(ReportContent, json.loads(text))


def _plain(value: Any) -> str:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not a plain value")


def _build(kind: Any, value: Any) -> Any:
    if get_origin(kind) is UnionType:  # X | None
        return None if value is None else _build(get_args(kind)[0], value)
    if get_origin(kind) is tuple:
        return tuple(_build(get_args(kind)[0], item) for item in value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        known = {field.name for field in fields(kind)}
        if extra := set(value) - known:
            raise ValueError(f"{kind.__name__} has no {sorted(extra)}")
        return kind(**{name: _build(hints[name], item) for name, item in value.items()})
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return value
