"""The live checklist of a project: its answers beside their questions, its rounds, its facts for the rules."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Q

from golive.core.calendar import today_in
from golive.programme.queries import fasttrack_calendar
from projects.checklist.models import Answer, Checklist, ChecklistRound
from projects.checklist.rules.answers import (
    NO_ANSWER,
    AnswerContent,
    content_hash,
    counts_as_answered,
    from_json,
    missing_of,
)
from projects.checklist.rules.catalogue import LATEST, catalogue
from projects.checklist.rules.questions import Catalogue, Question
from projects.checklist.rules.risks import PredictedRisk, RiskFacts, predict, visible_questions
from projects.checklist.rules.submission import RoundFacts
from projects.checklist.states import RoundState
from projects.portfolio.models import Membership, Project
from projects.portfolio.queries import milestones_of
from projects.portfolio.states import Risk

SEVERITY = {"low": Risk.LOW, "medium": Risk.MEDIUM, "high": Risk.HIGH, "critical": Risk.CRITICAL}


@dataclass
class Sheet:
    """Everything about one checklist that a page, a save or a submission asks, read in a fixed number of queries."""

    project: Project
    checklist: Checklist | None
    round: ChecklistRound | None
    rows: dict[str, Answer]
    facts: RiskFacts

    @cached_property
    def catalogue(self) -> Catalogue:
        return catalogue(self.checklist.catalogue if self.checklist else LATEST)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return visible_questions(self.catalogue, self.facts)

    @cached_property
    def answers(self) -> dict[str, AnswerContent]:
        """The answers to visible questions; hidden ones are unanswered, uncounted and raise nothing."""
        found = {}
        for question in self.questions:
            row = self.rows.get(question.id)
            found[question.id] = from_json(question, row.content) if row else NO_ANSWER
        return found

    @property
    def is_draft(self) -> bool:
        return self.round is None or self.round.state == RoundState.DRAFT

    @property
    def answered(self) -> int:
        return sum(counts_as_answered(content) for content in self.answers.values())

    @cached_property
    def risks(self) -> tuple[PredictedRisk, ...]:
        return predict(self.catalogue, self.answers, self.facts)

    @property
    def worst(self) -> Risk:
        return max((SEVERITY.get(risk.severity, Risk.NONE) for risk in self.risks), default=Risk.NONE)

    @property
    def live_hash(self) -> str:
        return content_hash(self.catalogue, self.answers)

    @property
    def unanswered(self) -> tuple[str, ...]:
        missing = ((q.id, missing_of(q, self.answers[q.id])) for q in self.questions)
        return tuple(key for key, fields in missing if "value" in fields)

    @property
    def incomplete(self) -> tuple[str, ...]:
        missing = ((q.id, missing_of(q, self.answers[q.id])) for q in self.questions)
        return tuple(key for key, fields in missing if fields and "value" not in fields)


def sheet_of(project: Project, *, at: datetime) -> Sheet:
    """Three queries when the project comes with its facts."""
    rounds = ChecklistRound.objects.filter(checklist__rollout__project=project, checklist__rollout__number=1)
    newest = rounds.select_related("checklist__completed_by").order_by("-number").first()
    checklist = newest.checklist if newest else None
    answers = Answer.objects.filter(checklist=checklist).select_related("by") if checklist else ()
    return Sheet(project, checklist, newest, {row.question: row for row in answers}, risk_facts(project, at=at))


def risk_facts(project: Project, *, at: datetime) -> RiskFacts:
    known = project.facts
    return RiskFacts(
        today=today_in(project.time_zone, at),
        milestones={key: row.day for key, row in milestones_of(project).items()},
        project={
            "products": list(known.products),
            "infrastructure": project.infrastructure,
            "engagement_type": project.engagement_type,
            "user_count": known.user_count,
            "has_partner": project.partner_id is not None,
            "has_architect": project.architect_id is not None,
            "onboarded": known.onboarded,
            "open_gate_phases": list(known.open_gate_phases),
            "has_active_estimate": known.has_active_estimate,
        },
        country=fasttrack_calendar().country,
    )


def round_facts(sheet: Sheet) -> RoundFacts:
    """What the rules of answering take; the stakeholders are counted where they are asked about."""
    round_ = sheet.round
    return RoundFacts(
        project_key=sheet.project.key,
        project_state=sheet.project.state,
        round_state=round_.state if round_ else RoundState.DRAFT,
        round_number=round_.number if round_ else 1,
        taken=bool(round_ and round_.taken_at),
        submitted_on=round_.submitted_at.strftime("%-d %b %Y, %H:%M") if round_ and round_.submitted_at else "",
        completed_by=sheet.checklist.completed_by_id if sheet.checklist else None,
    )


def submission_facts(sheet: Sheet) -> RoundFacts:
    people = Membership.objects.filter(project=sheet.project, stakeholder=True, user__is_active=True)
    counts = people.aggregate(
        customer=Count("pk", filter=Q(side="customer")), partner=Count("pk", filter=Q(side="partner"))
    )
    base = round_facts(sheet)
    return RoundFacts(
        **base.__dict__
        | {
            "unanswered": sheet.unanswered,
            "incomplete": sheet.incomplete,
            "has_partner": sheet.project.partner_id is not None,
            "customer_stakeholders": counts["customer"],
            "partner_stakeholders": counts["partner"],
        }
    )
