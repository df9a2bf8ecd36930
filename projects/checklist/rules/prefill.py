"""What the project knows of an answer already: offered, and an answer only when somebody confirms it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from projects.checklist.rules.answers import AnswerContent
from projects.checklist.rules.risks import Judge


@dataclass(frozen=True)
class Known:
    """`known_from` says where the project has it from."""

    content: AnswerContent
    known_from: str


def known_answers(judge: Judge) -> Mapping[str, Known]:
    """By question, where the date or the fact is there and the question is asked."""
    asked = {question.id for question in judge.visible}
    found = {}
    for one in judge.catalogue.prefill:
        if one.question not in asked or judge.lacks(one.value):
            continue
        value = one.value.evaluate(judge.scope)
        if value not in ("", None):
            plain = value.date() if isinstance(value, datetime) else value
            found[one.question] = Known(AnswerContent(value=plain), one.known_from)
    return found
