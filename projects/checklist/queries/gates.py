"""The quality gates of a project, and what the next one begins with."""

from collections.abc import Mapping

from projects.checklist.models.gates import QualityGate, QualityGateTopic
from projects.checklist.queries.sheet import Sheet
from projects.checklist.rules.answers import counts_as_answered
from projects.checklist.rules.gates import GateTopic, begun_with
from projects.portfolio.models.project import Project


def gates_of(project: Project) -> list[QualityGate]:
    """Newest first, each with its topics."""
    gates = QualityGate.objects.filter(checklist__project=project, checklist__rollout__number=1)
    return list(gates.select_related("by").prefetch_related("topics").order_by("-number"))


def gate_of(project: Project, number: int) -> QualityGate | None:
    gates = QualityGate.objects.filter(checklist__project=project, checklist__rollout__number=1, number=number)
    return gates.select_related("by").prefetch_related("topics").first()


def topics_at(gate: QualityGate) -> dict[str, GateTopic]:
    """In the order they had."""
    return {row.topic: topic_at(row) for row in sorted(gate.topics.all(), key=lambda row: row.position)}


def topic_at(row: QualityGateTopic) -> GateTopic:
    return GateTopic(
        row.topic, row.name, row.status, row.readiness, row.completeness, row.maturity, row.owner, row.remark
    )


def asked_topics(sheet: Sheet) -> dict[str, str]:
    """The topics in which this project is asked something."""
    asked = {question.topic for question in sheet.questions}
    return {topic.id: topic.name for topic in sheet.catalogue.topics if topic.id in asked}


def next_topics(sheet: Sheet, last: QualityGate | None) -> list[GateTopic]:
    return begun_with(asked_topics(sheet), _done(sheet), topics_at(last) if last else {})


def _done(sheet: Sheet) -> Mapping[str, int]:
    """Percent answered, by topic."""
    counts: dict[str, list[bool]] = {}
    for question in sheet.questions:
        counts.setdefault(question.topic, []).append(counts_as_answered(sheet.answers[question.id]))
    return {topic: 100 * sum(said) // len(said) for topic, said in counts.items()}
