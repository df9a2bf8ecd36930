"""How ready a checklist is, by topic and as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from projects.checklist.rules.answers import NO_ANSWER, AnswerContent, counts_as_answered
from projects.checklist.rules.questions import SEVERITIES, Question
from projects.checklist.rules.risks import PredictedRisk

# What the worst finding of a question takes away of its point, in hundredths.
TAKES = {"critical": 100, "high": 60, "medium": 30, "low": 10}


@dataclass(frozen=True)
class Readiness:
    """`percent` is progress only; how bad it is says `worst`, a severity or ""."""

    percent: int
    answered: int
    asked: int
    worst: str


def readiness(
    questions: Iterable[Question], answers: Mapping[str, AnswerContent], risks: Iterable[PredictedRisk]
) -> Readiness:
    """Each question is worth one point once it is answered; its worst finding takes away of it.

    Critical takes all of it, high six tenths, medium three, low one. A finding of the project itself takes the same
    off the sum. An optional question that stays blank counts only when that raises something. Rounded down: 100 is
    reached only when all is answered and nothing is raised.
    """
    asked, found = list(questions), [risk for risk in risks if risk.severity]
    worst: dict[str, str] = {}
    for risk in found:
        key = risk.question or risk.rule
        worst[key] = min(worst.get(key, risk.severity), risk.severity, key=SEVERITIES.index)
    done = {one.id: counts_as_answered(answers.get(one.id, NO_ANSWER)) for one in asked}
    counted = [one.id for one in asked if done[one.id] or one.answer_required or one.id in worst]
    points = 100 * sum(done.values()) - sum(TAKES[severity] for key, severity in worst.items() if done.get(key, True))
    percent = max(points, 0) // len(counted) if counted else 0
    return Readiness(percent, sum(done.values()), len(asked), min(worst.values(), key=SEVERITIES.index, default=""))
