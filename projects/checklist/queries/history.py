"""Every text that ever stood in an answer, newest first, a page at a time."""

from dataclasses import dataclass

from projects.checklist.models.answers import AnswerRevision
from projects.checklist.models.checklist import Checklist
from projects.checklist.rules.answers import NO_ANSWER, AnswerContent, from_json
from projects.checklist.rules.questions import Question

PAGE = 20


@dataclass(frozen=True)
class PastAnswer:
    """`before`: the content that it took the place of."""

    row: AnswerRevision
    content: AnswerContent
    before: AnswerContent


@dataclass(frozen=True)
class AnswerHistory:
    newest: int  # the revision that stands
    lines: list[PastAnswer]
    older: int  # where the next page begins; 0: nowhere


def history_of(checklist: Checklist | None, question: Question, *, below: int = 0) -> AnswerHistory:
    """Two queries. `below`: only revisions before this one."""
    every = AnswerRevision.objects.filter(answer__checklist=checklist, answer__question=question.id)
    newest = every.values_list("revision", flat=True).first() or 0
    rows = list((every.filter(revision__lt=below) if below else every).select_related("by")[: PAGE + 1])
    contents = [from_json(question, row.content) for row in rows]
    befores = [*contents[1:], NO_ANSWER]  # one more than there are where nothing was ever answered
    lines = [PastAnswer(*line) for line in zip(rows, contents, befores, strict=False)][:PAGE]
    return AnswerHistory(newest, lines, lines[-1].row.revision if len(rows) > PAGE else 0)
