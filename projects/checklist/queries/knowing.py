"""What a sheet says beside its answers: how ready it is, and what the project knows already."""

from collections.abc import Iterator, Mapping
from datetime import date

from projects.checklist.queries.sheet import Sheet, settings_of
from projects.checklist.rules.answers import NO_ANSWER, counts_as_answered
from projects.checklist.rules.catalogue import catalogue
from projects.checklist.rules.prefill import Known
from projects.checklist.rules.questions import Topic
from projects.checklist.rules.readiness import Readiness, readiness
from projects.checklist.rules.risks import PredictedRisk, RiskFacts, project_risks
from projects.portfolio.models.project import Project
from projects.portfolio.queries.facts import known_facts


def project_warnings(project: Project, days: Mapping[str, date], *, today: date) -> tuple[PredictedRisk, ...]:
    """What the facts of a project raise, for pages beside the checklist; the project comes from `with_catalogue`."""
    facts = RiskFacts(today, days, {**known_facts(project), **settings_of(None)})
    return project_risks(catalogue(getattr(project, "pinned", None) or ""), facts)


def readiness_of(sheet: Sheet) -> Readiness:
    return readiness(sheet.questions, sheet.answers, sheet.risks)


def readiness_by_topic(sheet: Sheet) -> Iterator[tuple[Topic, Readiness]]:
    """Only topics in which something is asked."""
    for topic in sheet.catalogue.topics:
        asked = [question for question in sheet.questions if question.topic == topic.id]
        risks = [risk for risk in sheet.risks if risk.topic == topic.id]
        if asked:
            yield topic, readiness(asked, sheet.answers, risks)


def offers_of(sheet: Sheet) -> Mapping[str, Known]:
    """What may be confirmed: known to the project, and not answered yet."""
    return {key: one for key, one in sheet.known.items() if not counts_as_answered(sheet.answers.get(key, NO_ANSWER))}
