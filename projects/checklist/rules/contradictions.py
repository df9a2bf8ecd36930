"""Answers that cannot both be right: which of them stand now, and what was said of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from golive.core.digests import digest
from projects.checklist.rules.answers import NO_ANSWER, AnswerContent, to_json
from projects.checklist.rules.questions import Contradiction
from projects.checklist.rules.risks import Judge, PredictedRisk, RiskFacts
from projects.checklist.states import Stand

Said = Mapping[str, Any]


@dataclass(frozen=True)
class Contrary:
    """One that stands. `seen` is the digest of all it read; `said` what was said of it, when of these very answers."""

    contradiction: Contradiction
    seen: str
    raised: bool  # by a rule of its own: it is a risk already
    said: Said | None
    revision: int = 0

    @property
    def id(self) -> str:
        return self.contradiction.id

    @property
    def settled(self) -> bool:
        return self.said is not None

    @property
    def topic(self) -> str:
        return self.contradiction.fix[0].partition("-")[0]

    @property
    def reads(self) -> tuple[str, ...]:
        when = self.contradiction.when
        return (*sorted(when.answers), *sorted(when.names - {"today"}))


def contraries(
    judge: Judge,
    facts: RiskFacts,
    *,
    fired: Collection[str],
    said: Mapping[str, Said],
) -> tuple[Contrary, ...]:
    """What was said counts only for the answers, dates and facts that stood then; when one changes, it asks again."""
    standing = (one for one in judge.catalogue.contradictions if judge.fires(one.when))
    return tuple(_contrary(one, judge.answers, facts, fired, said.get(one.id)) for one in standing)


def _contrary(
    one: Contradiction,
    answers: Mapping[str, AnswerContent],
    facts: RiskFacts,
    fired: Collection[str],
    said: Said | None,
) -> Contrary:
    seen = seen_by(one, answers, facts)
    now = said if said and said["seen"] == seen else None
    revision = said.get("revision", 1) if said else 0
    return Contrary(one, seen, one.raised_by in fired, now, revision)


def seen_by(one: Contradiction, answers: Mapping[str, AnswerContent], facts: RiskFacts) -> str:
    """The values that it read, without the day on which it was asked: a day that passes changes nothing of them."""
    values = {key: to_json(answers.get(key, NO_ANSWER)).get("value") for key in sorted(one.when.answers)}
    days = {key: day.isoformat() for key in one.when.facts("milestone") if (day := facts.milestones.get(key))}
    known = {key: facts.project.get(key) for key in one.when.facts("project")}
    return digest({"answers": values, "milestones": days, "project": known})


def unsettled(found: Collection[Contrary]) -> tuple[str, ...]:
    """Those that hold back Submit: neither mended, nor explained, nor raised as a known risk."""
    return tuple(one.id for one in found if not one.settled)


def known_risks(found: Collection[Contrary]) -> tuple[tuple[PredictedRisk, str], ...]:
    """Those raised as known risks, with the team's words; what a rule raises already is not raised twice."""
    raised = [one for one in found if one.said and one.said["stand"] == Stand.RAISED and not one.raised]
    return tuple((_as_risk(one), one.said["text"]) for one in raised if one.said)


def risks_of_contraries(found: Collection[Contrary]) -> tuple[PredictedRisk, ...]:
    """What a paper of the live answers says of them: all that is not explained, and that no rule raises by itself."""
    explained = {one.id for one in found if one.said and one.said["stand"] == Stand.EXPLAINED}
    return tuple(_as_risk(one) for one in found if not one.raised and one.id not in explained)


def _as_risk(one: Contrary) -> PredictedRisk:
    rule = one.contradiction
    words = (rule.id, rule.kind, rule.severity, rule.finding, rule.mitigation, rule.owner)
    return PredictedRisk(*words, one.topic, rule.fix[0], one.reads)
