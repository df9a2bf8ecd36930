"""A version of the checklist: read from its folder once, held to its format, and never edited."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from golive.core.catalogue import CatalogueError, check_choice, check_keys, check_unique, folder_hash, load_toml
from golive.core.expressions import Expression
from projects.checklist.rules.conditions import condition, place_of
from projects.checklist.rules.further import (
    CONTRADICTIONS,
    HINTS,
    PREFILL,
    read_contradictions,
    read_hints,
    read_prefill,
)
from projects.checklist.rules.questions import (
    ANSWER_TYPES,
    RULE_KINDS,
    SEVERITIES,
    WITH_OPTIONS,
    Catalogue,
    ProjectRule,
    Question,
    RiskRule,
    Topic,
)
from projects.methodology.rules.vocabulary import OWNER_ROLES

FOLDER = Path(__file__).parents[1] / "catalogue"
LATEST = "2026-2"
PROJECT_RULES = "project-rules.toml"
NO_TOPIC = frozenset({PROJECT_RULES, CONTRADICTIONS, PREFILL, HINTS})
CONDITIONS = ("show_when", "evidence_when", "assertion_when")
COMPARED = re.compile(r'\bvalue\s*[!=]=\s*"([^"]*)"|"([^"]*)"\s*[!=]=\s*value\b|"([^"]*)"\s+in\s+value\b')
RULE_KEYS = dict.fromkeys(("kind", "severity", "finding", "mitigation", "owner"), str)


def catalogue(version: str = "") -> Catalogue:
    """A published version, else the one that checklists begin with; an unknown one is a KeyError, whoever asks."""
    return _published(version or begun_with())


def begun_with() -> str:
    """The version of the catalogue that a checklist pins when it begins; it keeps that one."""
    return settings.CHECKLIST_CATALOGUE or LATEST


def versions() -> frozenset[str]:
    """Every version that was ever published."""
    return frozenset(folder.name for folder in FOLDER.iterdir())


@cache
def _published(version: str) -> Catalogue:
    if version not in versions():
        raise KeyError(version)
    return read_catalogue(FOLDER / version)


def read_catalogue(folder: Path) -> Catalogue:
    files = sorted(folder.glob("*.toml"))
    topics = tuple(_read_topic(file) for file in files if file.name not in NO_TOPIC)
    asked = Catalogue(folder.name, folder_hash(folder), topics, _read_project_rules(folder / PROJECT_RULES))
    _check_whole(asked, folder)
    return replace(
        asked,
        contradictions=read_contradictions(folder / CONTRADICTIONS, asked),
        prefill=read_prefill(folder / PREFILL, asked),
        hints=read_hints(folder / HINTS, asked),
    )


def _read_topic(file: Path) -> Topic:
    table = load_toml(file)
    texts = ("id", "name", "looks_at", "why", "good", "if_missed", "way_back", "basis")
    required = {**dict.fromkeys(texts, str), "learn_more": list, "question": list}
    check_keys(table, file=file, at="topic", required=required, optional={"show_when": str})
    at = f"topic {table['id']}"
    return Topic(
        **{key: table[key] for key in texts},
        learn_more=tuple(table["learn_more"]),
        show_when=condition(table, "show_when", file, at, of_answer=False),
        questions=tuple(_read_question(question, table["id"], file) for question in table["question"]),
    )


def _read_question(table: Any, topic: str, file: Path) -> Question:
    at = place_of(table, "question")
    required = {**dict.fromkeys(("id", "text", "answer", "nature", "basis"), str), "answer_required": bool}
    texts = dict.fromkeys(("unit", "evidence", "assertion", *CONDITIONS), str)
    check_keys(
        table, file=file, at=at, required=required, optional={**texts, "options": list, "material": bool, "risk": list}
    )
    check_choice(table["answer"], ANSWER_TYPES, file=file, at=f"{at}.answer")
    check_choice(table["nature"], ("required", "advised"), file=file, at=f"{at}.nature")
    check_choice(table.get("evidence", "required"), ("required", "optional"), file=file, at=f"{at}.evidence")
    conditions: dict[str, Any] = {
        key: condition(table, key, file, at, of_answer=key != "show_when") for key in CONDITIONS
    }
    rules = tuple(
        _read_rule(rule, f"{table['id']}/{n}", file, f"{at}.risk {n}")
        for n, rule in enumerate(table.get("risk", ()), start=1)
    )
    plain: dict[str, Any] = {key: value for key, value in table.items() if key not in {"risk", "options", *CONDITIONS}}
    material = table.get("material", bool(rules))
    options = tuple(table.get("options", ()))
    question = Question(**{**plain, "material": material}, topic=topic, options=options, rules=rules, **conditions)
    _check_question(question, file, at)
    return question


def _read_rule(table: Any, rule_id: str, file: Path, at: str) -> RiskRule:
    check_keys(table, file=file, at=at, required=RULE_KEYS, optional={"on": list, "when": str})
    if ("on" in table) == ("when" in table):
        raise CatalogueError(file, at, "either on or when is expected")
    check_choice(table["kind"], RULE_KINDS, file=file, at=f"{at}.kind")
    check_choice(table["severity"], SEVERITIES, file=file, at=f"{at}.severity")
    check_choice(table["owner"], OWNER_ROLES, file=file, at=f"{at}.owner")
    when = condition(table, "when", file, at, of_answer=True)
    return RiskRule(id=rule_id, on=tuple(table.get("on", ())), when=when, **{key: table[key] for key in RULE_KEYS})


def _read_project_rules(file: Path) -> tuple[ProjectRule, ...]:
    if not file.exists():
        return ()
    found = load_toml(file)
    check_keys(found, file=file, at="-", required={"rule": list})
    return tuple(_read_project_rule(table, file) for table in found["rule"])


def _read_project_rule(table: Any, file: Path) -> ProjectRule:
    at = place_of(table, "rule")
    check_keys(table, file=file, at=at, required={**RULE_KEYS, **dict.fromkeys(("id", "topic", "when", "basis"), str)})
    plain = {key: value for key, value in table.items() if key not in {"id", "topic", "basis"}}
    rule = _read_rule(plain, table["id"], file, at)
    assert rule.when is not None  # when is among the required keys
    if asked := rule.when.answers or rule.when.names & {"value", "blank"}:
        raise CatalogueError(file, f"{at}.when", f"a project rule reads no answer: {min(asked)}")
    return ProjectRule(table["id"], table["topic"], rule, table["basis"])


def _check_question(question: Question, file: Path, at: str) -> None:
    if bool(question.options) != (question.answer in WITH_OPTIONS):
        raise CatalogueError(file, f"{at}.options", "options belong to single and multi, and only there")
    check_unique(question.options, file=file, at=f"{at}.options")
    if question.assertion and not question.assertion_when and "yes" not in question.choices:
        raise CatalogueError(file, f"{at}.assertion_when", "is missing: this answer is never yes")
    if question.assertion_when and not question.assertion:
        raise CatalogueError(file, f"{at}.assertion", "is missing")
    if question.evidence == "required" and not question.evidence_when and "yes" not in question.choices:
        raise CatalogueError(file, f"{at}.evidence_when", "is missing: this answer is never yes")
    for n, rule in enumerate(question.rules, start=1):
        _check_rule(question, rule, file, f"{at}.risk {n}")
    for key in ("evidence_when", "assertion_when"):
        _check_compared(question, getattr(question, key), file, f"{at}.{key}")


def _check_rule(question: Question, rule: RiskRule, file: Path, at: str) -> None:
    for answer in rule.on:
        # Not applicable creates no finding unless a reviewer says so.
        check_choice(answer, set(question.choices) - {"na"}, file=file, at=f"{at}.on")
    if rule.about_blank and rule.when and "value" in rule.when.names:
        raise CatalogueError(file, f"{at}.when", "a rule on blank has no value to read")
    _check_compared(question, rule.when, file, f"{at}.when")


def _check_compared(question: Question, condition: Expression | None, file: Path, at: str) -> None:
    """An option that is spelt wrong would never match, and nobody would notice."""
    if condition and question.answer not in {"text", "file_or_text"}:
        for option in ("".join(found) for found in COMPARED.findall(condition.text)):
            check_choice(option, question.choices, file=file, at=at)


def _check_whole(found: Catalogue, folder: Path) -> None:
    questions = [question for topic in found.topics for question in topic.questions]
    check_unique((topic.id for topic in found.topics), file=folder, at="topic")
    check_unique((question.id for question in questions), file=folder, at="question")
    check_unique((one.id for one in found.project_rules), file=folder, at="rule")
    known = {question.id for question in questions}
    for question in questions:
        conditions = (question.evidence_when, question.assertion_when, *(rule.when for rule in question.rules))
        for asked in sorted({one for expression in conditions if expression for one in expression.answers}):
            check_choice(asked, known - {question.id}, file=folder, at=f"question {question.id}")
    for one in found.project_rules:
        check_choice(one.topic, {topic.id for topic in found.topics}, file=PROJECT_RULES, at=f"rule {one.id}.topic")
