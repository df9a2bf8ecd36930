"""A gate review as its holder sends it, in the API's form and in the page's."""

from typing import Any

from django.utils import timezone

from projects.checklist.actions.gates import hold_gate
from projects.checklist.models.gates import QualityGate
from projects.checklist.queries.gates import asked_topics
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.gates import GateTopic
from tests.builders_projects import Cast, reload

SAID: dict[str, Any] = {
    "status": "on_track",
    "readiness": 60,
    "completeness": 40,
    "maturity": 3,
    "owner": "Ida Moe",
    "remark": "Two scripts are open.",
}


def names_of(cast: Cast) -> dict[str, str]:
    return asked_topics(sheet_of(reload(cast.project), at=timezone.now()))


def gate_body(cast: Cast, **different: Any) -> dict[str, Any]:
    lines = [{"topic": topic} | SAID for topic in names_of(cast)]
    said = {"held_on": timezone.localdate().isoformat(), "decision": "conditional", "remark": "Go when UAT is signed."}
    return said | {"topics": lines} | different


def typed_gate(body: dict[str, Any], *, after: int = 0) -> dict[str, str]:
    """The same as the fields of the page."""
    fields = {name: str(body[name]) for name in ("held_on", "decision", "remark")} | {"after": str(after)}
    for line in body["topics"]:
        fields |= {f"{line['topic']}-{name}": str(value) for name, value in line.items() if name != "topic"}
    return fields


def hold(cast: Cast, **different: Any) -> QualityGate:
    topics = [GateTopic(topic, name, **SAID | different) for topic, name in names_of(cast).items()]
    said = {"held_on": timezone.localdate(), "decision": "conditional", "remark": "Go when UAT is signed."}
    return hold_gate(cast.project, topics, **said, by=cast.owner, at=timezone.now())
