"""Who is asked to answer what, and until when."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import Cure, Decision, Reason, because
from projects.checklist.rules.questions import Question
from projects.checklist.rules.submission import RoundFacts, may_answer
from projects.portfolio.rules.onlooker import Onlooker


@dataclass(frozen=True)
class Asked:
    """A question, or a whole topic: one of the two."""

    topic: str = ""
    question: str = ""

    def covers(self, question: Question) -> bool:
        return question.id == self.question or question.topic == self.topic


def may_assign(person: Onlooker, facts: RoundFacts) -> Decision:
    """Whoever may answer asks somebody to answer, or asks nobody any more, while the round is a draft."""
    return may_answer(person, facts)


def may_be_asked(person: Onlooker, *, key: str) -> Decision:
    """Only who may answer is asked to."""
    if person.fills:
        return because()
    text = _("Only a member of the project team can be asked to answer.")
    return because(missing=(Reason("asked_not_of_team", text, Cure("people", {"key": key})),))


def is_assigned(assigned: bool) -> Decision:
    """What nobody is asked to answer cannot be taken from somebody."""
    return because(missing=(None if assigned else Reason("not_assigned", _("Nobody is asked to answer this.")),))


def left_to_answer(
    questions: Iterable[Question], mine: Collection[Asked], answered: Collection[str]
) -> tuple[str, ...]:
    """The questions somebody is asked to answer, by themselves or with their topic, that have no answer yet."""
    return tuple(one.id for one in questions if one.id not in answered and any(asked.covers(one) for asked in mine))
