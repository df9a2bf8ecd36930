"""Talking about a question: a comment, whom it names, and that it is settled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from golive.letters.actions import send_letter
from projects.checklist.actions.answering import begun
from projects.checklist.models.talking import AnswerComment, AnswerMention, AnswerThread
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.queries.talking import talk_facts, thread_of
from projects.checklist.rules.talking import may_be_mentioned, may_comment, may_resolve
from projects.checklist.states import Audience
from projects.portfolio.actions.projects import lock
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker


@transaction.atomic
def comment_on_answer(
    project: Project,
    question: str,
    *,
    audience: str,
    text: str,
    by: User,
    at: datetime,
    mentions: Iterable[User] = (),
) -> AnswerComment:
    """What is said after a thread was resolved opens it again."""
    project = lock(project)
    thread = thread_of(project, question, audience)
    facts, place = talk_facts(project, audience, thread), place_of(project, audience)
    require(may_comment(onlooker(by, project), facts), on=place)
    named = list({person.pk: person for person in mentions}.values())
    for person in named:
        require(may_be_mentioned(onlooker(person, project), facts), on=place)
    thread = thread or _begin_thread(project, question, audience, at=at)
    if thread.resolved_at:
        thread.resolved_at, thread.resolved_by = None, None
        thread.save(update_fields=["resolved_at", "resolved_by"])
    comment = AnswerComment.objects.create(thread=thread, text=text, by=by, at=at)
    AnswerMention.objects.bulk_create(AnswerMention(comment=comment, user=person) for person in named)
    record(place.chain, by, "answer.commented", f"answer:{question}", at=at, after=_told(comment))
    _write_to(named, project, comment, at=at)
    return comment


@transaction.atomic
def resolve_thread(project: Project, question: str, *, audience: str, by: User, at: datetime) -> AnswerThread:
    project = lock(project)
    thread = thread_of(project, question, audience)
    place = place_of(project, audience)
    require(may_resolve(onlooker(by, project), talk_facts(project, audience, thread)), on=place)
    assert thread is not None
    thread.resolved_at, thread.resolved_by = at, by
    thread.save(update_fields=["resolved_at", "resolved_by"])
    record(place.chain, by, "answer.talk_resolved", f"answer:{question}", at=at)
    return thread


@dataclass(frozen=True)
class TalkPlace:
    """Where acts and refusals of one audience are kept."""

    chain: str


def place_of(project: Project, audience: str) -> TalkPlace:
    """Talk of one side has a history of its own: in that of the project the other side would see that there is some."""
    return TalkPlace(project.chain if audience == Audience.TEAM else f"{project.chain}:{audience}")


def _begin_thread(project: Project, question: str, audience: str, *, at: datetime) -> AnswerThread:
    """A question may come before the first answer."""
    sheet = begun(sheet_of(project, at=at), at=at)
    assert sheet.checklist is not None
    return AnswerThread.objects.create(checklist=sheet.checklist, question=question, audience=audience)


def _told(comment: AnswerComment) -> dict[str, object]:
    return {"comment": str(comment.uid)}


def _write_to(people: list[User], project: Project, comment: AnswerComment, *, at: datetime) -> None:
    """The text stays where it is: a letter may reach somebody who reads it no longer."""
    question = comment.thread.question
    place = reverse("answer_comments", kwargs={"key": project.key, "question": question})
    send_letter(
        "answer_mentioned",
        to=[person for person in people if person.pk != comment.by_id],
        words={"project": project.name, "who": comment.by.name, "question": question},
        matter=project.chain,
        cycle=f"comment {comment.uid}",
        url=f"{settings.SITE_URL}{place}?audience={comment.thread.audience}",
        at=at,
    )
