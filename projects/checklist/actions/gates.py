"""Holding a gate review: a dated picture that never changes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import Stale, require
from golive.core.digests import digest
from projects.checklist.actions.answering import begun
from projects.checklist.models.gates import QualityGate, QualityGateTopic
from projects.checklist.queries.gates import gates_of, topics_at
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.gates import GateTopic, may_hold_gate, topic_to_json
from projects.portfolio.actions.projects import lock
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker


@transaction.atomic
def hold_gate(
    project: Project,
    topics: Sequence[GateTopic],
    *,
    held_on: date,
    decision: str,
    remark: str,
    by: User,
    at: datetime,
    after: int | None = None,
) -> QualityGate:
    """`after`: the number of the newest gate that its holder saw; sent twice, it is held once."""
    project = lock(project)
    require(may_hold_gate(onlooker(by, project), state=project.state, key=project.key), on=project)
    newest = next(iter(gates_of(project)), None)
    number = newest.number if newest else 0
    said: dict[str, Any] = {"held_on": held_on, "decision": decision, "remark": remark}
    if after is not None and after != number:
        if newest and _is_the_same(newest, topics, by=by, **said):
            return newest
        raise Stale(theirs=newest, revision=number, by=str(newest.by) if newest else "")
    sheet = begun(sheet_of(project, at=at), at=at)
    assert sheet.checklist is not None
    go_live = sheet.facts.milestones.get("go_live")
    gate = QualityGate.objects.create(
        checklist=sheet.checklist, number=number + 1, go_live_on=go_live, by=by, at=at, **said
    )
    QualityGateTopic.objects.bulk_create(
        QualityGateTopic(gate=gate, position=n, **topic_to_json(topic)) for n, topic in enumerate(topics, start=1)
    )
    told = {"decision": decision, "held_on": held_on.isoformat(), "sha256": digest(list(map(topic_to_json, topics)))}
    record(project.chain, by, "quality_gate.held", f"gate:{gate.number}", at=at, after=told)
    return gate


def _is_the_same(gate: QualityGate, topics: Sequence[GateTopic], *, by: User, **said: Any) -> bool:
    same = all(getattr(gate, name) == value for name, value in said.items()) and gate.by_id == by.pk
    return same and list(topics_at(gate).values()) == list(topics)
