"""What the checklist's JSON says beside answers: what they raise and why, what is known, what contradicts."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from projects.checklist.queries.knowing import offers_of, readiness_by_topic, readiness_of
from projects.checklist.queries.sheet import Sheet
from projects.checklist.rules.answers import NO_ANSWER, in_words, to_json
from projects.checklist.rules.contradictions import Contrary
from projects.checklist.rules.readiness import Readiness
from projects.checklist.rules.risks import PredictedRisk


def beside_json(sheet: Sheet) -> dict[str, Any]:
    by_topic = [{"topic": topic.id, "name": topic.name, **ready_json(one)} for topic, one in readiness_by_topic(sheet)]
    return {
        "readiness": {**ready_json(readiness_of(sheet)), "topics": by_topic},
        "raised_by_facts": [risk_json(sheet, risk) for risk in sheet.raised.get("", ())],
        "known": {key: {**to_json(one.content), "known_from": one.known_from} for key, one in offers_of(sheet).items()},
        "contradictions": [contrary_json(sheet, one) for one in sheet.contraries],
    }


def ready_json(ready: Readiness) -> dict[str, Any]:
    return {"percent": ready.percent, "answered": ready.answered, "asked": ready.asked, "worst": ready.worst}


def risk_json(sheet: Sheet, risk: PredictedRisk) -> dict[str, Any]:
    return {
        "rule": risk.rule,
        "topic": risk.topic,
        "kind": risk.kind,
        "severity": risk.severity,
        "finding": risk.finding,
        "mitigation": risk.mitigation,
        "owner": risk.owner,
        "reads": risk.reads,
        "because": reads_json(sheet, risk.reads),
    }


def reads_json(sheet: Sheet, names: Iterable[str]) -> list[dict[str, Any]]:
    return [{"name": name, "said": read_of(sheet, name)} for name in names]


def read_of(sheet: Sheet, name: str) -> Any:
    """An answer in words, a day, a fact as it is known."""
    kind, _dot, key = name.partition(".")
    if kind == "project":
        return sheet.facts.project.get(key)
    day: date | None = sheet.facts.today if name == "today" else sheet.facts.milestones.get(key)
    if kind in {"milestone", "today"}:
        return day.isoformat() if day else None
    return in_words(sheet.catalogue.question(name), sheet.answers.get(name, NO_ANSWER))


def contrary_json(sheet: Sheet, one: Contrary) -> dict[str, Any]:
    rule = one.contradiction
    return {
        "id": one.id,
        "says": rule.says,
        "kind": rule.kind,
        "severity": rule.severity,
        "finding": rule.finding,
        "mitigation": rule.mitigation,
        "owner": rule.owner,
        "fix": rule.fix,
        "raised_already": one.raised,
        "because": reads_json(sheet, one.reads),
        "said": {name: one.said.get(name) for name in ("stand", "text", "by", "at")} if one.said else None,
        "revision": one.revision,
    }
