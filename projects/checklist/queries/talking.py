"""What is said about questions, as far as somebody reads it. Every query begins with the audiences of its reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from golive.accounts.models import User
from projects.checklist.models.talking import AnswerComment, AnswerThread
from projects.checklist.rules.talking import SIDES, TalkFacts, audiences_of
from projects.checklist.states import Audience
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import people_of
from projects.portfolio.rules.onlooker import Onlooker


@dataclass
class TalkLine:
    """For the checklist: how much is said about a question, and how much of it is not settled."""

    count: int = 0
    open: int = 0


@dataclass(frozen=True)
class Chip:
    """Who reads what is written now, told before it is sent."""

    names: str
    people: int


def threads_of(project: Project, audiences: Iterable[str]) -> QuerySet[AnswerThread]:
    """Of the first rollout's checklist."""
    own = AnswerThread.objects.filter(checklist__rollout__project=project, checklist__rollout__number=1)
    return own.filter(audience__in=list(audiences))


def talk_lines(project: Project, person: Onlooker) -> dict[str, TalkLine]:
    """By question, in one query; in none for whoever reads nothing."""
    found: dict[str, TalkLine] = {}
    audiences = audiences_of(person, has_partner=project.partner_id is not None)
    if not audiences:
        return found
    rows = threads_of(project, audiences).annotate(said=Count("comments"))
    for question, said, resolved in rows.values_list("question", "said", "resolved_at"):
        line = found.setdefault(question, TalkLine())
        line.count += said
        line.open += resolved is None
    return found


def thread_of(project: Project, question: str, audience: str) -> AnswerThread | None:
    return threads_of(project, [audience]).select_related("resolved_by").filter(question=question).first()


def comments_of(thread: AnswerThread | None) -> list[AnswerComment]:
    """Oldest first, with whom they name; two queries."""
    if thread is None:
        return []
    comments = AnswerComment.objects.filter(thread=thread).select_related("by").order_by("pk")
    return list(comments.prefetch_related("mentions__user"))


def talk_facts(project: Project, audience: str, thread: AnswerThread | None) -> TalkFacts:
    return TalkFacts(
        project_key=project.key,
        project_state=project.state,
        audience=audience,
        has_partner=project.partner_id is not None,
        said=thread is not None,
        resolved=bool(thread and thread.resolved_at),
    )


def readers_of(project: Project, audience: str) -> list[User]:
    """Everybody who reads this audience and can still be reached, viewers too."""
    reached: dict[str, Any] = {
        "user__is_active": True,
        "user__disabled_at": None,
        "user__organisation__disabled_at": None,
    }
    side = {"side": SIDES[Audience(audience)]} if audience in SIDES else {}
    return [member.user for member in people_of(project).filter(**reached, **side)]


def chip_of(project: Project, audience: str, readers: list[User]) -> Chip:
    sides = {Audience.CUSTOMER: project.customer, Audience.PARTNER: project.partner}
    shown = [sides[Audience(audience)]] if audience in SIDES else list(sides.values())
    return Chip(_(" and ").join(one.name for one in shown if one), len(readers))


def still_on_side(project: Project, person: User, audience: str) -> bool:
    """Does this person read it now?"""
    mine = Membership.objects.filter(project=project, user=person)
    return mine.filter(side=SIDES[Audience(audience)]).exists() if audience in SIDES else mine.exists()
