"""Files and links beside answers: who lays them there, and where one that is required is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import Decision, Reason, because
from projects.checklist.rules.questions import Question
from projects.checklist.rules.submission import RoundFacts, may_answer
from projects.evidence.states import Currency
from projects.portfolio.rules.onlooker import Onlooker

MOST = 20  # pieces beside one answer: more than anybody reads


@dataclass(frozen=True)
class LaidFacts:
    """One piece and one question. `count`: how many pieces lie there; `older`: where it lies in an older revision."""

    question: str = ""
    attached: bool = False
    withdrawn: bool = False
    count: int = 0
    older: tuple[str, ...] = ()


def may_attach(person: Onlooker, facts: RoundFacts, laid: LaidFacts) -> Decision:
    """Whoever may answer lays evidence beside an answer, while the round is a draft."""
    already, gone = _("This lies beside %(question)s already."), _("This was withdrawn. Add it anew.")
    full = _("No more than %(most)d pieces lie beside one answer.") % {"most": MOST}
    return _also(
        may_answer(person, facts),
        Reason("evidence_attached", already % {"question": laid.question}) if laid.attached else None,
        Reason("evidence_withdrawn", gone) if laid.withdrawn else None,
        Reason("evidence_many", full) if laid.count >= MOST else None,
    )


def may_detach(person: Onlooker, facts: RoundFacts, laid: LaidFacts) -> Decision:
    """Whoever may answer takes it away again, while the round is a draft; that it lay there stays in history."""
    text = _("This does not lie beside %(question)s.") % {"question": laid.question}
    return _also(may_answer(person, facts), None if laid.attached else Reason("evidence_not_attached", text))


def may_take_newest(person: Onlooker, facts: RoundFacts, laid: LaidFacts) -> Decision:
    """Every answer that names a piece takes its newest revision at once, by whoever may answer."""
    newest, gone = _("Every answer that names this has its newest revision."), _("This was withdrawn. Add it anew.")
    return _also(
        may_answer(person, facts),
        Reason("evidence_withdrawn", gone) if laid.withdrawn else None,
        None if laid.older else Reason("evidence_newest", newest),
    )


def missing_evidence(asked: Iterable[str], lying: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """A question that must be proved is, when a piece lies beside it that still proves something.

    `asked`: where evidence is required as answered now; `lying`: question and currency of each piece.
    """
    proved = {question for question, currency in lying if currency == Currency.CURRENT}
    return tuple(question for question in asked if question not in proved)


def takes_file(question: Question) -> bool:
    """A file or a link answers it as well as words do."""
    return question.answer == "file_or_text"


def _also(decision: Decision, *missing: Reason | None) -> Decision:
    return because(who=decision.who, missing=(*decision.missing, *missing))
