"""The live checklist of a project: its answers beside their questions, read in a fixed number of queries."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from golive.accounts.models import User
from golive.core.calendar import today_in
from golive.programme.queries import fasttrack_calendar, number, number_with, override_of
from projects.checklist.models.answers import Answer
from projects.checklist.models.checklist import Checklist, ChecklistHeader, ChecklistRound
from projects.checklist.queries.evidence import Lying, currencies_of, lying_of
from projects.checklist.rules.answers import (
    NO_ANSWER,
    AnswerContent,
    content_hash,
    counts_as_answered,
    from_json,
    from_text,
    missing_of,
)
from projects.checklist.rules.catalogue import catalogue
from projects.checklist.rules.contradictions import Contrary, contraries
from projects.checklist.rules.evidence import missing_evidence, takes_file
from projects.checklist.rules.header import HeaderContent, line_from_json
from projects.checklist.rules.prefill import Known, known_answers
from projects.checklist.rules.questions import Catalogue, Question
from projects.checklist.rules.risks import Judge, PredictedRisk, RiskFacts
from projects.checklist.states import RoundState
from projects.plan.models.onboarding import Onboarding
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.facts import known_facts
from projects.portfolio.queries.milestones import DaysOfRollout, days_in, days_of
from projects.portfolio.queries.people import people_of
from projects.portfolio.states import Risk

# The facts that are numbers of the programme. A save can spare no query: they come with the newest round.
SETTINGS = {"go_live_notice_days": "go_live_notice", "integration_limit_per_hour": "integration_limit"}
WHOLE = ("checklist__completed_by", "checklist__header__by", "checklist__project__onboarding", "submission")
KEPT = ("checklist__project__standing",)  # what a save may have to change beside the answer
SEVERITY = {"low": Risk.LOW, "medium": Risk.MEDIUM, "high": Risk.HIGH, "critical": Risk.CRITICAL}


class AnswerRow(NamedTuple):
    """An answer as it is read with a hundred others: a model of each, and a dict, would cost more than the question."""

    pk: int
    question: str
    stored: str
    revision: int
    confirmed_round: int
    at: datetime | None = None  # a save does not ask for it

    @property
    def content(self) -> dict[str, Any]:
        return json.loads(self.stored)

    @property
    def by(self) -> User:
        """Asked for where one of them is shown."""
        return Answer.objects.select_related("by").get(pk=self.pk).by


@dataclass
class Sheet:
    """Everything about one checklist that a page, a save or a submission asks, read in a fixed number of queries."""

    project: Project
    checklist: Checklist | None
    round: ChecklistRound | None
    rows: dict[str, Answer | AnswerRow]
    facts: RiskFacts
    rounds: list[ChecklistRound] = field(default_factory=list)  # newest first, without what they froze

    @cached_property
    def people(self) -> list[Membership]:
        """Everybody on the project: who looks, who may be named, which stakeholders there are."""
        return list(people_of(self.project))

    @property
    def header_row(self) -> ChecklistHeader | None:
        return getattr(self.checklist, "header", None)

    @property
    def header(self) -> HeaderContent:
        row = self.header_row
        if row is None:
            return HeaderContent()
        return HeaderContent(row.project_reference, row.legacy_system, tuple(map(line_from_json, row.rollouts)))

    @property
    def header_revision(self) -> int:
        return self.header_row.revision if self.header_row else 0

    @property
    def completed_by(self) -> User | None:
        return self.checklist.completed_by if self.checklist else None

    @property
    def onboarding(self) -> Onboarding:
        """What the project said of itself; it comes with the checklist where that has begun."""
        return (self.checklist.project if self.checklist else self.project).onboarding

    @cached_property
    def catalogue(self) -> Catalogue:
        return catalogue(self.checklist.catalogue if self.checklist else "")

    @cached_property
    def judge(self) -> Judge:
        return Judge(self.catalogue, self.facts)

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.judge.visible

    @cached_property
    def answers(self) -> dict[str, AnswerContent]:
        """The answers to visible questions; hidden ones are unanswered, uncounted and raise nothing."""
        found = {}
        for question in self.questions:
            row = self.rows.get(question.id)
            if isinstance(row, AnswerRow):
                content = from_text(question, row.stored)
            else:
                content = from_json(question, row.content) if row else NO_ANSWER
            by_file = takes_file(question) and question.id in self.attached
            found[question.id] = replace(content, attached=True) if by_file else content
        return found

    @property
    def attached(self) -> dict[str, list[str]]:
        """The digests of the evidence beside each question."""
        return self.checklist.attached if self.checklist else {}

    @cached_property
    def lying(self) -> Lying:
        """The evidence beside each question: asked for once, by whoever shows or weighs it, and by no save."""
        return lying_of(self.checklist)

    def forget(self) -> None:
        """After a row changed: what was read out of the rows is read again."""
        for name in ("answers", "risks", "raised", "unconfirmed", "contraries", "lying", "without_evidence"):
            vars(self).pop(name, None)

    @property
    def is_draft(self) -> bool:
        return self.round is None or self.round.state == RoundState.DRAFT

    @property
    def answered(self) -> int:
        return sum(counts_as_answered(content) for content in self.answers.values())

    @cached_property
    def risks(self) -> tuple[PredictedRisk, ...]:
        return self.judge.hear(self.answers).risks()

    @cached_property
    def raised(self) -> dict[str, list[PredictedRisk]]:
        """What each question raises."""
        found: dict[str, list[PredictedRisk]] = {}
        for risk in self.risks:
            found.setdefault(risk.question, []).append(risk)
        return found

    @cached_property
    def contraries(self) -> tuple[Contrary, ...]:
        """The contradictions that stand, with what is said of each now."""
        fired = {risk.rule for risk in self.risks}
        said = self.checklist.said if self.checklist else {}
        return contraries(self.judge.hear(self.answers), self.facts, fired=fired, said=said)

    @cached_property
    def known(self) -> Mapping[str, Known]:
        """What the project knows of its answers."""
        return known_answers(self.judge)

    @property
    def worst(self) -> Risk:
        return max((SEVERITY.get(risk.severity, Risk.NONE) for risk in self.risks), default=Risk.NONE)

    @property
    def live_hash(self) -> str:
        return content_hash(self.catalogue, self.answers, self.attached)

    @property
    def unanswered(self) -> tuple[str, ...]:
        missing = ((q.id, missing_of(q, self.answers[q.id])) for q in self.questions)
        return tuple(key for key, fields in missing if "value" in fields)

    @property
    def number(self) -> int:
        """Of the round that is answered, or was answered last."""
        return self.round.number if self.round else 1

    @cached_property
    def unconfirmed(self) -> tuple[str, ...]:
        """Answered in an earlier round, and not found true again in this one."""
        said = (key for key, content in self.answers.items() if counts_as_answered(content))
        return tuple(key for key in said if self.rows[key].confirmed_round < self.number)

    @property
    def incomplete(self) -> tuple[str, ...]:
        missing = ((q.id, missing_of(q, self.answers[q.id])) for q in self.questions)
        return tuple(key for key, fields in missing if fields and "value" not in fields)

    @cached_property
    def without_evidence(self) -> tuple[str, ...]:
        """Questions whose required evidence is not there, or proves nothing any more."""
        asked = self.judge.hear(self.answers).evidence_asked()
        return missing_evidence(asked, currencies_of(self.lying, self.facts.today)) if asked else ()


def sheet_of(project: Project, *, at: datetime, writers: bool = False, newest: bool = False) -> Sheet:
    """Three queries when the project comes with its facts. `writers`: who wrote each answer comes along; `newest`: the
    newest round alone, for a save."""
    every = _rounds(*(KEPT if newest else WHOLE)).filter(checklist__project_id=project.pk)
    found = list(every[:1] if newest else every.defer("submission__frozen"))
    round_ = found[0] if found else None
    checklist = round_.checklist if round_ else None
    rows = _rows_of(checklist, writers=writers, moments=not newest)
    return Sheet(project, checklist, round_, rows, risk_facts(project, round_, at=at), found)


@cache
def _rounds(*related: str) -> QuerySet[ChecklistRound]:
    """Made once: composing it takes longer than asking it. What it is refined to is a query of its own."""
    rounds = ChecklistRound.objects.filter(checklist__rollout__number=1)
    rounds = rounds.annotate(**{f"set_{name}": override_of(key) for name, key in SETTINGS.items()})
    rounds = rounds.annotate(days=DaysOfRollout("checklist__rollout_id"))
    return rounds.select_related(*related).order_by("-number")


@cache
def _answers(*columns: str) -> QuerySet[Answer, Any]:
    return Answer.objects.annotate(stored=Cast("content", TextField())).values_list(*columns)


def _rows_of(checklist: Checklist | None, *, writers: bool, moments: bool) -> dict[str, Answer | AnswerRow]:
    if checklist is None:
        return {}
    if writers:
        answers = Answer.objects.filter(checklist=checklist).select_related("by")
        return {row.question: row for row in answers}
    columns = AnswerRow._fields if moments else AnswerRow._fields[:-1]
    rows = _answers(*columns).filter(checklist_id=checklist.pk)
    return {row.question: row for row in (AnswerRow(*values) for values in rows)}


def risk_facts(project: Project, newest: ChecklistRound | None, *, at: datetime) -> RiskFacts:
    return RiskFacts(
        today=today_in(project.time_zone, at),
        milestones=days_of(project) if newest is None else days_in(vars(newest)["days"]),
        project={**known_facts(project), **settings_of(newest)},
        country=fasttrack_calendar().country,
    )


def settings_of(newest: ChecklistRound | None) -> dict[str, float]:
    if newest is None:
        return {name: float(number(key)) for name, key in SETTINGS.items()}
    return {name: float(number_with(key, getattr(newest, f"set_{name}"))) for name, key in SETTINGS.items()}


def pinned_question(project: Project, question: str) -> Question | None:
    """A question of the catalogue that this project answers; the project comes from `with_catalogue`."""
    return catalogue(getattr(project, "pinned", None) or "").questions.get(question)


def with_catalogue(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Brings the version of the catalogue along in the same query."""
    return projects.filter(rollouts__number=1).annotate(pinned=F("rollouts__checklist__catalogue"))
