"""An answer: read from a form or the API, stored as JSON, said in words, summed up as the hash a clearance binds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from golive.core.text import BLOCK, LINE
from projects.checklist.rules.questions import CHOICES, Catalogue, Question
from projects.checklist.rules.reading import Reading

Value = str | tuple[str, ...] | float | date | None
# Which fields an answer asks for beside itself.
DETAILS = {"partly": ("pending_what", "pending_owner", "pending_due"), "na": ("reason",)}
TEXTS = ("reason", "pending_what", "pending_owner", "note")
DETAIL_LIMIT = 1_000
CHOICE_WORDS = {
    "yes": gettext_lazy("Yes"),
    "no": gettext_lazy("No"),
    "partly": gettext_lazy("Partly"),
    "na": gettext_lazy("Not applicable"),
    "none": gettext_lazy("None"),
}


@dataclass(frozen=True)
class AnswerContent:
    """What somebody answered. A draft may lack its details; `missing_of` says which.

    `attached`: the question takes a file instead of words, and one lies beside it. It is no part of what was said.
    """

    value: Value = None
    unknown: bool = False
    reason: str = ""
    pending_what: str = ""
    pending_owner: str = ""
    pending_due: date | None = None
    note: str = ""
    attached: bool = False


NO_ANSWER = AnswerContent()


def has_value(content: AnswerContent) -> bool:
    return content.value not in (None, "", ())


def is_blank(content: AnswerContent) -> bool:
    """Nothing was answered: neither in words nor, where the question takes one, by a file. Not known yet is blank."""
    return not has_value(content) and not (content.attached and not content.unknown)


def counts_as_answered(content: AnswerContent) -> bool:
    return content.unknown or not is_blank(content)


def details_of(question: Question, value: Value) -> tuple[str, ...]:
    """Partly says what is pending, who owns it and until when; not applicable says why."""
    return DETAILS.get(str(value), ()) if question.answer in CHOICES else ()


def details_asked_of(question: Question) -> dict[str, tuple[str, ...]]:
    """Beside which of its answers this question asks for more."""
    asked = question.choices if question.answer in CHOICES else ()
    return {answer: DETAILS[answer] for answer in asked if answer in DETAILS}


def missing_of(question: Question, content: AnswerContent) -> tuple[str, ...]:
    """What this answer still lacks before it can be submitted, as the names of its fields."""
    if not counts_as_answered(content):
        return ("value",) if question.answer_required else ()
    return tuple(name for name in details_of(question, content.value) if not getattr(content, name))


def is_complete(question: Question, content: AnswerContent) -> bool:
    """Nothing about this answer prevents submission. An optional question may stay blank."""
    return not missing_of(question, content)


def read_answer(question: Question, raw: Mapping[str, Any], *, today: date) -> AnswerContent:
    """The content of a form or of JSON; ValidationError by field. A draft may be incomplete, never malformed."""
    reading = Reading(question, raw, today)
    unknown = bool(reading.one("unknown", reading.unknown))
    value = None if unknown else reading.one("value", reading.value)
    details = {name: _detail(reading, name) for name in details_of(question, value)}
    content = AnswerContent(value=value, unknown=unknown, note=reading.text("note", BLOCK), **details)
    if reading.errors:
        raise ValidationError(reading.errors)
    return content


def _detail(reading: Reading, name: str) -> Any:
    if name == "pending_due":
        return reading.one(name, reading.day)
    return reading.text(name, LINE, "line") if name == "pending_owner" else reading.text(name, DETAIL_LIMIT)


def to_json(content: AnswerContent) -> dict[str, Any]:
    """The one JSON form of an answer: only what was said, days as text, whole numbers without a fraction."""
    said: dict[str, Any] = {name: text for name in TEXTS if (text := getattr(content, name))}
    if has_value(content):
        said["value"] = _plain(content.value)
    if content.unknown:
        said["unknown"] = True
    if content.pending_due:
        said["pending_due"] = content.pending_due.isoformat()
    return said


def _plain(value: Value) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return list(value) if isinstance(value, tuple) else value


def from_json(question: Question, stored: Mapping[str, Any]) -> AnswerContent:
    """The content as it was stored; nothing is checked again, a submission may be older than today's limits."""
    return _content(question.answer, stored)


def from_text(question: Question, stored: str) -> AnswerContent:
    """The same from the text of the JSON. Between two saves most answers stay, and many are alike: read once."""
    return _content_of_text(question.answer, stored)


@lru_cache(maxsize=8_192)
def _content_of_text(kind: str, stored: str) -> AnswerContent:
    return _content(kind, json.loads(stored))


def _content(kind: str, stored: Mapping[str, Any]) -> AnswerContent:
    value, due = stored.get("value"), stored.get("pending_due")
    readers: dict[str, Callable[[Any], Value]] = {
        "date": date.fromisoformat,
        "number": float,
        "percent": float,
        "multi": tuple,
    }
    if value is not None and kind in readers:
        value = readers[kind](value)
    return AnswerContent(
        value=value,
        unknown=stored.get("unknown", False),
        pending_due=date.fromisoformat(due) if due else None,
        **{name: stored.get(name, "") for name in TEXTS},
    )


def content_hash(
    catalogue: Catalogue, answers: Mapping[str, AnswerContent], evidence: Mapping[str, Sequence[str]] | None = None
) -> str:
    """What a clearance binds: everything said in answer to material questions, in whatever order it came, and the
    digests of the evidence beside it.

    A question without an answer and one whose answer was taken back are the same; hand in visible questions only.
    """
    material = {
        question_id: said
        for question_id, content in answers.items()
        if catalogue.questions[question_id].material and (said := to_json(content))
    }
    proofs = {
        question_id: sorted(digests)
        for question_id, digests in (evidence or {}).items()
        if question_id in answers and catalogue.questions[question_id].material and digests
    }
    whole = {"catalogue": catalogue.version, "answers": material} | ({"evidence": proofs} if proofs else {})
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return sha256(text.encode()).hexdigest()


def choice_words(option: str) -> str:
    """An answer that can be chosen, as people read it."""
    known = CHOICE_WORDS.get(option)
    return str(known) if known else option.replace("_", " ").capitalize()


def choices_of(question: Question) -> list[tuple[str, str]]:
    return [(option, choice_words(option)) for option in question.choices]


def in_words(question: Question, content: AnswerContent) -> str:
    """The answer as page, API and report say it; empty where there is none. The note is shown beside it."""
    if content.unknown:
        return _("Not known yet")
    if is_blank(content):
        return ""
    if not has_value(content):
        return _("In the evidence beside it")
    return ". ".join((_value_in_words(question, content.value), *_details_in_words(content)))


def _value_in_words(question: Question, value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(choice_words(option) for option in value)
    if isinstance(value, date):
        return date_format(value, "j M Y")
    if isinstance(value, float):
        figure = number_format(_plain(value), use_l10n=True, force_grouping=True)
        unit = "%" if question.answer == "percent" else question.unit
        return f"{figure} {unit}".strip()
    return choice_words(str(value)) if question.choices else str(value)


def _details_in_words(content: AnswerContent) -> Iterator[str]:
    if content.pending_what:
        yield _("Pending: %(what)s") % {"what": content.pending_what}
    if content.pending_owner:
        yield _("Owner: %(owner)s") % {"owner": content.pending_owner}
    if content.pending_due:
        yield _("By %(day)s") % {"day": date_format(content.pending_due, "j M Y")}
    if content.reason:
        yield _("Because: %(reason)s") % {"reason": content.reason}
