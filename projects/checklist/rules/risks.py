"""What the answers predict: the risks that fire, the strengths worth praising, and why each of them did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from golive.core.calendar import business_days_until, holidays_of, midnight
from golive.core.expressions import Expression, Scope
from projects.checklist.rules.answers import NO_ANSWER, AnswerContent, has_value, is_blank
from projects.checklist.rules.questions import SEVERITIES, Catalogue, Question, RiskRule, Topic


@dataclass(frozen=True)
class RiskFacts:
    """What rules may read beside answers. A milestone without a date and a fact not known yet are left out or None."""

    today: date
    milestones: Mapping[str, date | None] = field(default_factory=dict)
    project: Mapping[str, Any] = field(default_factory=dict)
    country: str = "GB"  # whose holidays are no business days: the programme's calendar


@dataclass(frozen=True)
class PredictedRisk:
    """`rule` names what fired, `reads` what it looked at. An assertion is a strength and has no severity."""

    rule: str
    kind: str
    severity: str
    finding: str
    mitigation: str
    owner: str
    topic: str
    question: str
    reads: tuple[str, ...]


def project_risks(catalogue: Catalogue, facts: RiskFacts) -> tuple[PredictedRisk, ...]:
    """What the facts of the project raise by themselves, without an answer."""
    return tuple(Judge(catalogue, facts).raised_by_facts())


def visible_questions(catalogue: Catalogue, facts: RiskFacts) -> tuple[Question, ...]:
    """The questions this project is asked. A condition on a fact that is not known yet hides nothing."""
    return Judge(catalogue, facts).visible


class Judge:
    """One reading of the rules: its scopes are filled anew for each question.

    Which questions are asked hangs on facts alone, so the same judge may hear other answers after a save.
    """

    def __init__(self, catalogue: Catalogue, facts: RiskFacts) -> None:
        self.catalogue = catalogue
        self.milestones = {name: midnight(day) for name, day in facts.milestones.items() if day}
        self.project = {name: _double(value) for name, value in facts.project.items() if value is not None}
        self.answers: Mapping[str, AnswerContent] = {}
        self.values: dict[str, Any] = {}
        self.here: dict[str, Any] = {}  # the answer to the question at hand
        days = {"today": midnight(facts.today), "milestone": self.milestones}
        functions = _functions(facts, self.values)
        self.scope = Scope({**days, "project": self.project}, functions)
        self.light = Scope(days, functions)  # after a change the engine reads all of a scope anew
        self.visible = tuple(self._shown())

    def hear(self, answers: Mapping[str, AnswerContent]) -> Judge:
        self.answers = answers
        self.values.clear()
        shown = ((one.id, answers.get(one.id, NO_ANSWER)) for one in self.visible)
        self.values.update({one: _double(content.value) for one, content in shown if has_value(content)})
        return self

    def risks(self) -> tuple[PredictedRisk, ...]:
        """Everything the visible answers raise, in the order of the checklist; of each question the most severe only.

        What the facts of the project raise by themselves comes last; it belongs to no question.
        """
        answered = (risk for question in self.visible for risk in self.raised_by(question))
        return (*answered, *self.raised_by_facts())

    def evidence_asked(self) -> tuple[str, ...]:
        """Where evidence must be there before Submit: asked for as required, and answered yes or partly, or as the
        question says itself; never with no or not applicable."""
        return tuple(question.id for question in self.visible if self.wants_evidence(question))

    def _shown(self) -> Iterator[Question]:
        topics = (topic for topic in self.catalogue.topics if self._is_shown(topic))
        yield from (question for topic in topics for question in topic.questions if self._is_shown(question))

    def _is_shown(self, part: Topic | Question) -> bool:
        condition = part.show_when
        if condition is None or condition.facts("project") - self.project.keys():
            return True
        return self.fires(condition)

    def fires(self, condition: Expression | None) -> bool:
        """Skipped before it is evaluated where something it needs is missing: && and || would swallow that."""
        if condition is None or self.lacks(condition):
            return False
        scope = self.scope if condition.facts("project") else self.light
        scope.put(**{name: self.here[name] for name in condition.names & self.here.keys()})
        return condition.holds(scope)

    def lacks(self, expression: Expression) -> bool:
        """An answer that is blank or hidden, a fact or a date that is not known."""
        return not (
            expression.answers <= self.values.keys()
            and expression.facts("project") <= self.project.keys()
            and expression.facts("milestone") <= self.milestones.keys()
        )

    def raised_by(self, question: Question) -> Iterable[PredictedRisk]:
        content = self.answers.get(question.id, NO_ANSWER)
        if not (question.has_conditions or content.unknown):
            return _raised_alone(question, content)
        self.here = {"value": self.values.get(question.id), "blank": is_blank(content)}
        return _raised_by(question, content, self.fires)

    def raised_by_facts(self) -> Iterator[PredictedRisk]:
        fired = (one for one in self.catalogue.project_rules if self.fires(one.rule.when))
        return (_raised(one.rule, one.topic, "", ()) for one in fired)

    def wants_evidence(self, question: Question) -> bool:
        content = self.answers.get(question.id, NO_ANSWER)
        if question.evidence != "required" or not has_value(content):
            return False
        if question.evidence_when is None:
            return content.value in ("yes", "partly")
        self.here = {"value": self.values.get(question.id), "blank": False}
        return self.fires(question.evidence_when)


def _raised_by(
    question: Question, content: AnswerContent, fires: Callable[[Expression | None], bool]
) -> Iterator[PredictedRisk]:
    blank, value = is_blank(content), content.value
    rules = question.rules_of_blank if blank else question.rules
    not_applicable = value == "na" and question.answer == "ynpa"
    matching = [] if not_applicable else [rule for rule in rules if _matches(rule, value, fires)]
    if content.unknown and not question.rules_of_blank:
        matching.append(_value_not_known(question))
    if matching:
        worst = min(matching, key=lambda rule: SEVERITIES.index(rule.severity))
        yield _raised(worst, question.topic, question.id, _read_by(worst, question))
    if question.assertion and not blank and _is_strength(question, value, fires):
        yield _strength(question)


@lru_cache(maxsize=8_192)
def _raised_alone(question: Question, content: AnswerContent) -> tuple[PredictedRisk, ...]:
    """Where nothing but the answer itself is read, the same answer raises the same, in whatever project."""
    return tuple(_raised_by(question, content, bool))


def _matches(rule: RiskRule, value: Any, fires: Callable[[Expression | None], bool]) -> bool:
    if value is None and rule.when and "value" in rule.when.names:
        return False  # the answer is a file, which no rule reads
    if rule.on:
        return any(one in rule.on for one in (value if isinstance(value, tuple) else (value,)))
    return fires(rule.when)


def _is_strength(question: Question, value: Any, fires: Callable[[Expression | None], bool]) -> bool:
    return fires(question.assertion_when) if question.assertion_when else value == "yes"


def _functions(facts: RiskFacts, values: Mapping[str, Any]) -> dict[str, Callable[..., Any]]:
    today = facts.today
    return {
        "answer": lambda question: values[question],
        "days": lambda count: timedelta(days=float(count)),
        "days_until": lambda day: float((_day(day) - today).days),
        "days_since": lambda day: float((today - _day(day)).days),
        "business_days_until": lambda day: _business_days_until(_day(day), today, facts.country),
    }


@lru_cache(maxsize=1_024)
def _business_days_until(day: date, today: date, country: str) -> float:
    """They are counted one by one, in every save, and between the same two days all day long."""
    return float(business_days_until(day, today, holidays_of(country)))


def _day(moment: datetime) -> date:
    return moment.date()


def _double(value: Any) -> Any:
    """As expressions compare: days as moments, numbers as doubles, several answers as a list."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return midnight(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return list(value) if isinstance(value, tuple | set | frozenset) else value


def _value_not_known(question: Question) -> RiskRule:
    """Not known yet is a risk of its own where no rule of the question speaks about it."""
    owner = question.rules[0].owner if question.rules else "project_manager"
    return RiskRule(
        id=f"{question.id}/unknown",
        kind="risk",
        severity="medium",
        finding=_("The value is not known yet: %(question)s") % {"question": question.text},
        mitigation=_("Find out, and answer the question before go-live is decided."),
        owner=owner,
    )


def _raised(rule: RiskRule, topic: str, question: str, reads: tuple[str, ...]) -> PredictedRisk:
    known = reads or tuple(sorted(rule.when.names if rule.when else ()))
    return PredictedRisk(
        rule.id, rule.kind, rule.severity, rule.finding, rule.mitigation, rule.owner, topic, question, known
    )


def _strength(question: Question) -> PredictedRisk:
    rule = f"{question.id}/assertion"
    return PredictedRisk(rule, "assertion", "", question.assertion, "", "", question.topic, question.id, (question.id,))


def _read_by(rule: RiskRule, question: Question) -> tuple[str, ...]:
    """The answer itself, then what else its condition asks: other answers, milestones, facts."""
    names = rule.when.names - {"value", "blank"} if rule.when else frozenset()
    others = rule.when.answers if rule.when else frozenset()
    return (question.id, *sorted(others), *sorted(names))
