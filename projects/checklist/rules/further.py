"""The files of a version beside its topics: contradictions, what the project knows already, and hints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from golive.core.catalogue import CatalogueError, check_choice, check_keys, check_unique, load_toml
from projects.checklist.rules.conditions import FUNCTIONS, compiled, place_of
from projects.checklist.rules.questions import RULE_KINDS, SEVERITIES, Catalogue, Contradiction, Prefill, Question
from projects.methodology.rules.vocabulary import OWNER_ROLES

CONTRADICTIONS = "contradictions.toml"
PREFILL = "prefill.toml"
HINTS = "hints.toml"
TEXTS = ("id", "says", "when", "kind", "severity", "finding", "mitigation", "owner", "basis")
COUNTED = frozenset({"user_count", "country_count", "integration_count"})
# What stands behind a ? or a : is what the expression gives.
GIVEN = re.compile(r'[?:]\s*\(*\s*"([^"]*)"')


def read_contradictions(file: Path, found: Catalogue) -> tuple[Contradiction, ...]:
    tables = _tables(file, "contradiction")
    check_unique((table.get("id", "?") for table in tables), file=file, at="contradiction")
    return tuple(_contradiction(table, file, found) for table in tables)


def _contradiction(table: Any, file: Path, found: Catalogue) -> Contradiction:
    at = place_of(table, "contradiction")
    check_keys(
        table, file=file, at=at, required={**dict.fromkeys(TEXTS, str), "fix": list}, optional={"raised_by": str}
    )
    check_choice(table["kind"], RULE_KINDS, file=file, at=f"{at}.kind")
    check_choice(table["severity"], SEVERITIES, file=file, at=f"{at}.severity")
    check_choice(table["owner"], OWNER_ROLES, file=file, at=f"{at}.owner")
    when = compiled(table["when"], file, f"{at}.when")
    for asked in sorted({*table["fix"], *when.answers}):
        check_choice(asked, found.questions, file=file, at=at)
    rules = {rule.id for question in found.questions.values() for rule in question.rules}
    rules |= {one.id for one in found.project_rules}
    if "raised_by" in table:
        check_choice(table["raised_by"], rules, file=file, at=f"{at}.raised_by")
    return Contradiction(**{**table, "when": when, "fix": tuple(table["fix"])})


def read_prefill(file: Path, found: Catalogue) -> tuple[Prefill, ...]:
    tables = _tables(file, "prefill")
    check_unique((table.get("question", "?") for table in tables), file=file, at="prefill")
    return tuple(_prefill(table, file, found) for table in tables)


def _prefill(table: Any, file: Path, found: Catalogue) -> Prefill:
    at = f"prefill {table.get('question', '?')}"
    check_keys(table, file=file, at=at, required=dict.fromkeys(("question", "value", "known_from"), str))
    check_choice(table["question"], found.questions, file=file, at=at)
    value = compiled(table["value"], file, f"{at}.value", functions=FUNCTIONS - {"answer"})
    if problem := _wrong_type(table["value"], found.questions[table["question"]]):
        raise CatalogueError(file, f"{at}.value", problem)
    return Prefill(table["question"], value, table["known_from"])


def _wrong_type(text: str, question: Question) -> str:
    """A milestone answers a date, a count of the project a number, and choices by ? and : what has choices."""
    space, _dot, name = text.partition(".")
    if space == "milestone" and name.isidentifier():
        return "" if question.answer == "date" else "a date is no answer to this question"
    if space == "project" and name in COUNTED:
        return "" if question.answer == "number" else "a number is no answer to this question"
    given = {value for value in GIVEN.findall(text) if value}
    if not given or question.answer == "multi":
        return "a milestone, a count of the project or a choice is expected"
    wrong = sorted(given - set(question.choices))
    return f"{wrong[0]!r} is no answer to this question" if wrong else ""


def read_hints(file: Path, found: Catalogue) -> Mapping[str, str]:
    tables = _tables(file, "hint")
    for table in tables:
        check_keys(table, file=file, at="hint", required={"question": str, "text": str})
        check_choice(table["question"], found.questions, file=file, at="hint")
    check_unique((table["question"] for table in tables), file=file, at="hint")
    return MappingProxyType({table["question"]: table["text"] for table in tables})


def _tables(file: Path, kind: str) -> list[Any]:
    """A version without this file has none of it."""
    if not file.exists():
        return []
    found = load_toml(file)
    check_keys(found, file=file, at="-", required={kind: list})
    return list(found[kind])
