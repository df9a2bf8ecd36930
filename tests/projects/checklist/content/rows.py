"""A row of the content tests: where the words of one requirement stand, and which rules watch over it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.projects.checklist.whole import FACTS, LAST_DAYS, raised, whole


@dataclass(frozen=True)
class Row:
    """`asks`: question to words of its text or its options; `says`: topic and part ("UA.good") to words;
    `advises`: rule to words of its finding or its mitigation; `fires`: rule to the answers that raise it."""

    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    says: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    advises: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fires: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    hints: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    required: tuple[str, ...] = ()  # the questions whose nature is a must


def lacking(row: Row) -> list[str]:
    """What of the row does not stand in the catalogue, in words."""
    return [*_unsaid(row), *_silent(row), *(f"{one} is not required" for one in row.required if not _is_must(one))]


def _unsaid(row: Row) -> Iterator[str]:
    catalogue = whole()
    rules = {rule.id: rule for one in catalogue.questions.values() for rule in one.rules}
    places = [(key, _asked(key), words) for key, words in row.asks.items()]
    for place, words in row.says.items():
        topic, _dot, part = place.partition(".")
        said = getattr(catalogue.topic(topic), part)
        places.append((place, said if isinstance(said, str) else "; ".join(said), words))
    places += [(f"hint of {key}", catalogue.hints[key], words) for key, words in row.hints.items()]
    for key, words in row.advises.items():
        places.append((key, f"{rules[key].finding}. {rules[key].mitigation}", words))
    for place, text, words in places:
        yield from (f"{place} does not say {word!r}" for word in words if word not in text)


def _silent(row: Row) -> Iterator[str]:
    for rule, changes in row.fires.items():
        facts = LAST_DAYS if "CM-13" in changes else FACTS
        if rule not in raised(changes, facts):
            yield f"{rule} is silent"
        if rule in raised(facts=facts):
            yield f"{rule} fires on good answers"


def _asked(key: str) -> str:
    question = whole().question(key)
    return f"{question.text} {' '.join(question.options)}"


def _is_must(key: str) -> bool:
    return whole().question(key).nature == "required"
