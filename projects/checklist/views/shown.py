"""What the workbench shows, ready for its templates: topics, questions, what answers raise, the panel that decides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from golive.core.decision import Decision, Reason
from projects.checklist.content import PressShown
from projects.checklist.forms.answering import AnswerForm
from projects.checklist.models.answers import Answer, AnswerEvidence, ChecklistAssignment
from projects.checklist.queries.sheet import SEVERITY, AnswerRow, Sheet
from projects.checklist.queries.talking import TalkLine
from projects.checklist.rules.answers import NO_ANSWER, AnswerContent, counts_as_answered, in_words, missing_of
from projects.checklist.rules.evidence import takes_file
from projects.checklist.rules.questions import Question, Topic
from projects.checklist.views.controls import Controls, typed_of
from projects.checklist.views.knowing import LiveShown, RiskShown, facts_shown, offer_shown, risk_shown
from projects.evidence.queries.shown import with_currency
from projects.portfolio.content import Badge, risk_badge
from projects.portfolio.states import Risk


@dataclass(frozen=True)
class Beside:
    """What stands beside questions for one reader. `talks`: of one of the two sides; `said`: by question; `asked`: who
    is asked to answer, by question or topic."""

    talks: bool = True
    said: Mapping[str, TalkLine] = field(default_factory=dict)
    asked: Mapping[str, ChecklistAssignment] = field(default_factory=dict)

    def asked_for(self, question: Question) -> ChecklistAssignment | None:
        """Who is asked for a question by itself comes before who is asked for its topic."""
        return self.asked.get(question.id) or self.asked.get(question.topic)


NOTHING_KNOWN = Beside()


@dataclass
class QuestionShown:
    question: Question
    sheet: Sheet
    row: Answer | AnswerRow | None
    content: AnswerContent
    controls: Controls
    risks: list[RiskShown]
    hint: str = ""
    offer: dict[str, Any] | None = None  # what the project knows, while nothing is answered
    was_offered: bool = False
    missing: str = ""
    state: str = "none"
    form: AnswerForm | None = None  # what was sent and not accepted
    number: int = 1  # of the round
    from_round: int = 0  # the earlier one in which it was said, while nobody found it true again
    then: bool = False  # without script, a save leads to the next open question
    whole: bool = False  # the next answer of the server replaces all of it
    conflict: dict[str, Any] = field(default_factory=dict)
    beside: Beside = NOTHING_KNOWN

    @property
    def revision(self) -> int:
        return self.row.revision if self.row else 0

    @property
    def raises(self) -> bool:
        return bool(self.risks or self.missing)

    @property
    def words(self) -> str:
        return in_words(self.question, self.content)

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def talk(self) -> TalkLine | None:
        return self.beside.said.get(self.id)

    @property
    def asked(self) -> ChecklistAssignment | None:
        return self.beside.asked_for(self.question)

    @property
    def shows_evidence(self) -> bool:
        return self.takes_drop or self.id in self.sheet.attached

    @property
    def laid(self) -> list[AnswerEvidence]:
        """What lies beside the answer, each piece with its badge."""
        rows = self.sheet.lying.get(self.id, [])
        with_currency((row.revision for row in rows), self.sheet.facts.today)
        return rows

    @property
    def takes_drop(self) -> bool:
        return bool(self.question.evidence) or takes_file(self.question)

    @property
    def evidence_words(self) -> str:
        if self.question.evidence != "required":
            return _("Evidence is asked for, and not enforced.")
        if self.question.evidence_when:
            return _("Evidence is required, depending on the answer.")
        return _("Evidence is required when the answer is yes or partly.")

    @property
    def lacks_evidence(self) -> bool:
        return self.id in self.sheet.without_evidence

    @property
    def target(self) -> str:
        return f"#{self.id}"


@dataclass(frozen=True)
class TopicShown:
    """A topic with its questions, each drawn when it comes to it: the panel needs none of them."""

    topic: Topic
    badge: Badge
    done: int
    asked: list[Question]
    sheet: Sheet
    facts: list[RiskShown]
    beside: Beside = NOTHING_KNOWN

    @property
    def total(self) -> int:
        return len(self.asked)

    @property
    def questions(self) -> Iterator[QuestionShown]:
        return (question_shown(self.sheet, question, self.beside) for question in self.asked)

    @property
    def unconfirmed(self) -> int:
        """Answers of earlier rounds that nobody found true again."""
        return sum(question.id in self.sheet.unconfirmed for question in self.asked)

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


def question_shown(sheet: Sheet, question: Question, beside: Beside = NOTHING_KNOWN) -> QuestionShown:
    row, content = sheet.rows.get(question.id), sheet.answers.get(question.id, NO_ANSWER)
    return QuestionShown(
        question=question,
        sheet=sheet,
        row=row,
        content=content,
        controls=Controls(question, typed_of(content)),
        risks=[risk_shown(sheet, risk) for risk in sheet.raised.get(question.id, ())],
        hint=sheet.catalogue.hints.get(question.id, ""),
        offer=offer_shown(sheet, question),
        was_offered=question.id in sheet.known,
        missing=missing_in_words(missing_of(question, content)) if counts_as_answered(content) else "",
        state="saved" if row else "none",
        number=sheet.number,
        from_round=row.confirmed_round if row and question.id in sheet.unconfirmed else 0,
        beside=beside,
    )


def question_sent(sheet: Sheet, form: AnswerForm, state: str) -> QuestionShown:
    """The same, with what was sent and could not be saved in its controls, and what is wrong with it beside them."""
    one = question_shown(sheet, form.question)
    notes = {name: render_to_string("components/field_notes.html", {"field": form[name]}) for name in wrong_in(form)}
    one.controls = Controls(form.question, form.typed, notes)
    one.form, one.state, one.whole = form, state, True
    return one


def wrong_in(form: AnswerForm) -> list[str]:
    return [name for name in form.errors if name in form.fields]


def missing_in_words(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    words = {
        "pending_what": _("what is pending"),
        "pending_owner": _("who"),
        "pending_due": _("by when"),
        "reason": _("why it does not apply"),
    }
    return ", ".join(words[name] for name in names if name in words)


def topics_shown(sheet: Sheet, beside: Beside = NOTHING_KNOWN) -> Iterator[TopicShown]:
    """Only topics in which something is asked."""
    for topic in sheet.catalogue.topics:
        questions = [question for question in sheet.questions if question.topic == topic.id]
        if questions:
            yield topic_shown(sheet, topic, questions, beside)


def topic_shown(sheet: Sheet, topic: Topic, questions: list[Question], beside: Beside) -> TopicShown:
    done = sum(counts_as_answered(sheet.answers[question.id]) for question in questions)
    risks = [SEVERITY.get(risk.severity, Risk.NONE) for risk in sheet.risks if risk.topic == topic.id]
    worst = max(risks, default=Risk.NONE)
    unknown = Badge("mute", "ring", _("Not answered yet"))
    facts = facts_shown(sheet, topic.id)
    badge = risk_badge(worst) if done or facts else unknown
    return TopicShown(topic, badge, done, questions, sheet, facts, beside)


@dataclass(frozen=True)
class PanelShown:
    """What stands at the right: where the round is, and what can be done about it."""

    decisions: dict[str, Decision]
    sheet: Sheet
    rounds: list[Any]
    due_on: date | None
    press: PressShown | None
    submitted_at: datetime | None
    read_only: bool
    why_not: tuple[Reason, ...]
    worst: Badge
    live: LiveShown

    @property
    def asked(self) -> int:
        return len(self.sheet.questions)

    @property
    def open(self) -> bool:
        """Nothing stands in the way, or nothing is left to do."""
        return bool(self.decisions["submit"]) or not self.sheet.is_draft

    @property
    def title(self) -> str:
        if not self.sheet.is_draft and self.sheet.round:
            return _("Round %(number)d is submitted") % {"number": self.sheet.round.number}
        left = len(self.decisions["submit"].reasons)
        if self.decisions["submit"]:
            return _("Ready to submit")
        return _("1 thing before Submit") if left == 1 else _("%(left)d things before Submit") % {"left": left}
