"""The live checklist of a project: its answers beside their questions, its rounds, its facts for the rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.core.calendar import add_business_days, today_in
from golive.core.decision import Decision
from golive.core.waiting import Waiting
from golive.programme.queries import fasttrack_calendar, number
from projects.checklist.models import Answer, Checklist, ChecklistRound, Submission
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
from projects.checklist.rules.submission import RoundFacts, may_answer, may_reopen, may_submit, may_withdraw
from projects.checklist.states import RoundState
from projects.portfolio.models.milestones import MilestoneMove
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.facts import known_facts
from projects.portfolio.queries.milestones import milestones_of
from projects.portfolio.queries.people import onlooker, people_of, team_of
from projects.portfolio.rules.onlooker import FILLERS
from projects.portfolio.states import Job, ProjectState, Risk

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

    def forget(self) -> None:
        """After a row changed: what was read out of the rows is read again."""
        for name in ("answers", "risks"):
            vars(self).pop(name, None)

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
    return RiskFacts(
        today=today_in(project.time_zone, at),
        milestones={key: row.day for key, row in milestones_of(project).items()},
        project=known_facts(project),
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
        submitted_on=_moment(round_.submitted_at) if round_ and round_.submitted_at else "",
        completed_by=sheet.checklist.completed_by_id if sheet.checklist else None,
    )


def _moment(at: datetime) -> str:
    """In the reader's zone."""
    return date_format(timezone.localtime(at), _("j M Y, H:i"))


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


def decisions_of(user: User, sheet: Sheet) -> dict[str, Decision]:
    """Every act on the checklist, for the buttons of the page and the actions of the API."""
    person, facts = onlooker(user, sheet.project), submission_facts(sheet)
    return {
        "answer": may_answer(person, facts),
        "submit": may_submit(person, facts),
        "withdraw": may_withdraw(person, facts),
        "reopen": may_reopen(person, facts),
    }


def first_report_due(sent: datetime) -> date:
    """By when the first report is promised; the clock starts when the checklist arrives."""
    calendar = fasttrack_calendar()
    return add_business_days(sent, int(number("first_report")), country=calendar.country, zone=calendar.zone)


def told_of_submission(project: Project) -> list[User]:
    """The architect of the project, or all of them where none is named; leads; the team with its stakeholders."""
    architects = Q(pk=project.architect_id) if project.architect_id else Q(is_architect=True)
    open_to = User.objects.filter(is_active=True, disabled_at=None, organisation__disabled_at=None)
    reviewers = open_to.filter(architects | Q(is_lead=True)).order_by("name", "pk")
    people = {person.pk: person for person in [*reviewers, *team_of(project)]}
    return list(people.values())


def rounds_of(project: Project) -> QuerySet[ChecklistRound]:
    """Newest first, each with what was frozen and by whom."""
    rounds = ChecklistRound.objects.filter(checklist__rollout__project=project, checklist__rollout__number=1)
    return rounds.select_related("submission__submitted_by").order_by("-number")


def pinned_question(project: Project, question: str) -> Question | None:
    """A question of the catalogue that this project answers; the project comes from `with_catalogue`."""
    version = getattr(project, "pinned", None) or LATEST
    return catalogue(version).questions.get(question)


def with_catalogue(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Brings the version of the catalogue along in the same query."""
    pinned = Checklist.objects.filter(rollout__project=OuterRef("pk"), rollout__number=1).values("catalogue")[:1]
    return projects.annotate(pinned=Subquery(pinned))


def fillers_of(project: Project) -> QuerySet[Membership]:
    """Who may be named as having completed the checklist."""
    return people_of(project).filter(access__in=FILLERS, user__is_active=True)


def is_completed_by(project: Project, person: User) -> bool:
    """Is this who is named as having completed the checklist?"""
    return Checklist.objects.filter(project=project, completed_by=person).exists()


def waiting_for(person: User, today: date, limit: int) -> list[Waiting]:
    """The checklists this person has to send, at the latest while the best time to send them lasts; one query."""
    mine = Membership.objects.filter(user=person, access__in=FILLERS)
    lead = mine.filter(job=Job.PROJECT_MANAGER).values("project")
    named = Checklist.objects.filter(completed_by=person, project__in=mine.values("project")).values("project")
    projects = Project.objects.filter(state=ProjectState.ACTIVE, standing__checklist_state=RoundState.DRAFT)
    projects = projects.filter(Q(pk__in=lead) | Q(pk__in=named)).select_related("standing")
    soonest = projects.order_by(F("standing__go_live_on").asc(nulls_last=True), "pk")[:limit]
    before = timedelta(days=number("checklist_window_closes"))
    return [_to_send(project, before) for project in soonest]


def _to_send(project: Project, before: timedelta) -> Waiting:
    row = project.standing
    return Waiting(
        text=_("Submit the checklist"),
        url=reverse("checklist", kwargs={"key": project.key}),
        since=project.created_at,
        due_on=row.go_live_on - before if row.go_live_on else None,
        whose="team",
        project=project.name,
        detail=_("%(answered)d of %(asked)d answered") % {"answered": row.answered, "asked": row.asked},
    )


def false_counters() -> Iterator[str]:
    """For `verify`: what is kept about a checklist and is not what its rows say."""
    everything = Checklist.objects.select_related("project__facts", "project__standing").order_by("pk")
    for row in everything.iterator():
        sheet = sheet_of(row.project, at=row.judged_at)
        for name, kept, true in _kept_and_true(row, sheet):
            if kept != true:
                yield f"{row.project.key}: {name} is {kept}, not {true}"


def _kept_and_true(row: Checklist, sheet: Sheet) -> Iterator[tuple[str, Any, Any]]:
    newest = Submission.objects.filter(round__checklist=row).order_by("-round__number").first()
    submitted = newest.content_hash if newest else ""
    yield "checklist.asked", row.asked, len(sheet.questions)
    yield "checklist.answered", row.answered, sheet.answered
    yield "checklist.content_hash", row.content_hash, sheet.live_hash
    yield "checklist.submitted_hash", row.submitted_hash, submitted
    yield "checklist.differs", row.differs, bool(submitted) and sheet.live_hash != submitted
    if not MilestoneMove.objects.filter(rollout=row.rollout_id, at__gt=row.judged_at).exists():
        yield "checklist.predicted_risk", row.predicted_risk, sheet.worst
    kept = row.project.standing
    yield "standing.checklist_state", kept.checklist_state, sheet.round.state if sheet.round else RoundState.DRAFT
    for name in ("asked", "answered", "predicted_risk"):
        yield f"standing.{name}", getattr(kept, name), getattr(row, name)
