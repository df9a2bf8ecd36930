"""Who is asked to answer what. Whoever left the team, or only looks on now, is asked no more."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from golive.accounts.models import User
from projects.checklist.models.answers import Answer, ChecklistAssignment
from projects.checklist.rules.answers import counts_as_answered, from_json
from projects.checklist.rules.assigning import Asked, left_to_answer
from projects.checklist.rules.catalogue import catalogue
from projects.checklist.rules.risks import RiskFacts, visible_questions
from projects.checklist.states import RoundState
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.facts import known_facts
from projects.portfolio.rules.onlooker import FILLERS
from projects.portfolio.states import ProjectState


def standing_assignments() -> QuerySet[ChecklistAssignment]:
    """Not ended, and of somebody who still may answer."""
    member = Membership.objects.filter(
        user=OuterRef("person"), project=OuterRef("checklist__project"), access__in=FILLERS
    )
    return ChecklistAssignment.objects.filter(Exists(member), ended_at=None)


def assignments_of(project: Project) -> QuerySet[ChecklistAssignment]:
    """One query, with the people."""
    own = standing_assignments().filter(checklist__rollout__project=project, checklist__rollout__number=1)
    return own.select_related("person__organisation", "by").order_by("topic", "question")


def assignment_of(project: Project, asked: Asked) -> ChecklistAssignment | None:
    return assignments_of(project).filter(topic=asked.topic, question=asked.question).first()


def asked_of(row: ChecklistAssignment) -> Asked:
    return Asked(topic=row.topic, question=row.question)


def count_assigned(project: Project, person: User) -> int:
    return assignments_of(project).filter(person=person).count()


def waiting_answers(person: User, today: date, limit: int) -> Iterator[tuple[Project, int, list[ChecklistAssignment]]]:
    """Projects in which this person is asked to answer, soonest first, and how many questions are left: two queries."""
    rows = standing_assignments().filter(
        person=person,
        checklist__project__state=ProjectState.ACTIVE,
        checklist__project__standing__checklist_state=RoundState.DRAFT,
    )
    related = ("checklist__project__standing", "checklist__project__facts")
    by_checklist: dict[int, list[ChecklistAssignment]] = {}
    for row in rows.select_related(*related).order_by("due_on", "pk"):
        by_checklist.setdefault(row.checklist_id, []).append(row)
    said: dict[int, list[Answer]] = {}
    for answer in Answer.objects.filter(checklist__in=list(by_checklist)) if by_checklist else ():
        said.setdefault(answer.checklist_id, []).append(answer)
    for pk, mine in list(by_checklist.items())[:limit]:
        if left := _left(mine, said.get(pk, []), today):
            yield mine[0].checklist.project, left, mine


def _left(mine: list[ChecklistAssignment], answers: list[Answer], today: date) -> int:
    checklist = mine[0].checklist
    project = checklist.project
    known = catalogue(checklist.catalogue)
    answered = {
        one.question
        for one in answers
        if (question := known.questions.get(one.question)) and counts_as_answered(from_json(question, one.content))
    }
    answered |= {key for key in checklist.attached if (q := known.questions.get(key)) and q.answer == "file_or_text"}
    milestones = {"go_live": project.standing.go_live_on}
    questions = visible_questions(known, RiskFacts(today, milestones, known_facts(project)))
    return len(left_to_answer(questions, [asked_of(row) for row in mine], answered))


def earliest(rows: list[ChecklistAssignment]) -> date | None:
    return min((row.due_on for row in rows if row.due_on), default=None)
