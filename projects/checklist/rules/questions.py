"""What a checklist is made of: topics, questions, and the rules that raise a risk from an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from golive.core.expressions import Expression

# The answers that a question of each kind knows; the other kinds take their options or a free value.
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"yn": ("yes", "no"), "ynp": ("yes", "partly", "no"), "ynpa": ("yes", "partly", "no", "na")}
)
WITH_OPTIONS = frozenset({"single", "multi"})
FREE = frozenset({"date", "number", "percent", "text", "file_or_text"})  # may be *not known yet* when required
ANSWER_TYPES = frozenset(CHOICES) | WITH_OPTIONS | FREE
NONE = "none"  # of a multi question: stands alone
SEVERITIES = ("critical", "high", "medium", "low")  # most severe first
RULE_KINDS = frozenset({"risk", "issue"})


@dataclass(frozen=True)
class RiskRule:
    """`on`: the answers that raise it; else `when`: the condition that does."""

    id: str
    kind: str
    severity: str
    finding: str
    mitigation: str
    owner: str
    on: tuple[str, ...] = ()
    when: Expression | None = None

    @cached_property
    def about_blank(self) -> bool:
        return self.when is not None and "blank" in self.when.names


@dataclass(frozen=True)
class ProjectRule:
    """A risk from a fact of the project, shown under a topic."""

    id: str
    topic: str
    rule: RiskRule
    basis: str


@dataclass(frozen=True)
class Contradiction:
    """Answers that cannot both be right. `fix`: the questions to go to; `raised_by`: the rule that raises the same."""

    id: str
    says: str
    when: Expression
    kind: str
    severity: str
    finding: str
    mitigation: str
    owner: str
    fix: tuple[str, ...]
    basis: str
    raised_by: str = ""


@dataclass(frozen=True)
class Prefill:
    """What the project knows of an answer: `value` gives it, or "" where it is not known."""

    question: str
    value: Expression
    known_from: str


@dataclass(frozen=True, eq=False)
class Question:
    """One of a catalogue, which is read once: two are the same when they are the same object."""

    id: str
    topic: str
    text: str
    answer: str
    answer_required: bool
    nature: str
    basis: str
    material: bool
    options: tuple[str, ...] = ()
    unit: str = ""
    evidence: str = ""
    evidence_when: Expression | None = None
    assertion: str = ""
    assertion_when: Expression | None = None
    show_when: Expression | None = None
    rules: tuple[RiskRule, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be chosen; nothing for a question with a free value."""
        return CHOICES.get(self.answer, self.options)

    @cached_property
    def has_conditions(self) -> bool:
        """Whether what it raises hangs on more than which answer was chosen."""
        return self.assertion_when is not None or any(rule.when for rule in self.rules)

    @cached_property
    def rules_of_blank(self) -> tuple[RiskRule, ...]:
        """Those that speak about it while nothing is answered."""
        return tuple(rule for rule in self.rules if rule.about_blank)

    @property
    def may_be_unknown(self) -> bool:
        return self.answer_required and self.answer in FREE


@dataclass(frozen=True)
class Topic:
    id: str
    name: str
    looks_at: str
    why: str
    good: str
    if_missed: str
    way_back: str
    learn_more: tuple[str, ...]
    basis: str
    questions: tuple[Question, ...]
    show_when: Expression | None = None


@dataclass(frozen=True)
class Catalogue:
    version: str
    hash: str
    topics: tuple[Topic, ...]
    project_rules: tuple[ProjectRule, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    prefill: tuple[Prefill, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its id, in order."""
        return MappingProxyType({one.id: one for topic in self.topics for one in topic.questions})

    def question(self, question_id: str) -> Question:
        return self.questions[question_id]

    def topic(self, topic_id: str) -> Topic:
        return next(topic for topic in self.topics if topic.id == topic_id)
