"""The API of what is said about a question."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from golive.accounts.idempotency import DecidingView
from golive.accounts.models import User
from golive.core.api import SHOWN, BlockField, StrictSerializer, decision_json
from golive.core.decision import require
from projects.checklist.actions.talking import comment_on_answer, place_of, resolve_thread
from projects.checklist.api.evidence import asked_of
from projects.checklist.api.shown import body_of
from projects.checklist.models.talking import AnswerComment
from projects.checklist.queries.talking import comments_of, readers_of, talk_facts, thread_of
from projects.checklist.rules.questions import Question
from projects.checklist.rules.talking import LONGEST, audiences_of, may_comment, may_resolve
from projects.checklist.states import Audience
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker


class AudienceBody(StrictSerializer):
    audience = serializers.ChoiceField(choices=Audience.choices, default=Audience.TEAM.value)


class AnswerCommentBody(AudienceBody):
    """`mentions`: uids of people who read it; they get a letter."""

    text = BlockField(max_length=LONGEST)
    mentions = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=50)


class AnswerCommentsView(DecidingView):
    @extend_schema(operation_id="answer_comments", responses=SHOWN)
    def get(self, request: Request, key: str, question: str) -> Response:
        """By audience, of those to which the caller belongs."""
        project, asked = asked_of(request, key, question)
        mine = audiences_of(onlooker(request.user, project), has_partner=project.partner_id is not None)
        return Response({"results": [talk_shown(request, project, asked, one) for one in mine], "next": None})

    @extend_schema(operation_id="answer_comment", request=AnswerCommentBody, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project, asked = asked_of(request, kwargs["key"], kwargs["question"])
        said = body_of(AnswerCommentBody, request)
        said["mentions"] = readers_named(request, project, asked, said)
        comment_on_answer(project, asked.id, **said, by=request.user, at=timezone.now())
        return Response(talk_shown(request, project, asked, said["audience"]), status=201)


class AnswerTalkResolveView(DecidingView):
    @extend_schema(operation_id="answer_talk_resolve", request=AudienceBody, responses=SHOWN)
    def post(self, request: Request, **kwargs: Any) -> Response:
        return super().post(request, **kwargs)

    def act(self, request: Request, **kwargs: Any) -> Response:
        project, asked = asked_of(request, kwargs["key"], kwargs["question"])
        audience = body_of(AudienceBody, request)["audience"]
        resolve_thread(project, asked.id, audience=audience, by=request.user, at=timezone.now())
        return Response(talk_shown(request, project, asked, audience))


def readers_named(request: Request, project: Project, asked: Question, said: dict[str, Any]) -> list[User]:
    """Whoever does not read it is as unknown as nobody. The wrong person is told so first."""
    if not said["mentions"]:
        return []
    facts = talk_facts(project, said["audience"], thread_of(project, asked.id, said["audience"]))
    require(may_comment(onlooker(request.user, project), facts), on=place_of(project, said["audience"]))
    people = {person.uid: person for person in readers_of(project, said["audience"])}
    if set(said["mentions"]) - set(people):
        raise serializers.ValidationError({"mentions": [_("Nobody who reads this has this id.")]}, code="unknown")
    return [people[uid] for uid in said["mentions"]]


def talk_shown(request: Request, project: Project, asked: Question, audience: str) -> dict[str, Any]:
    thread, person = thread_of(project, asked.id, audience), onlooker(request.user, project)
    facts, readers = talk_facts(project, audience, thread), readers_of(project, audience)
    return {
        "audience": audience,
        "readers": [str(reader.uid) for reader in readers],
        "resolved_at": thread.resolved_at if thread else None,
        "resolved_by": str(thread.resolved_by.uid) if thread and thread.resolved_by else None,
        "comments": [comment_shown(comment) for comment in comments_of(thread)],
        "actions": {
            "comment": decision_json(may_comment(person, facts), request),
            "resolve": decision_json(may_resolve(person, facts), request),
        },
    }


def comment_shown(comment: AnswerComment) -> dict[str, Any]:
    return {
        "uid": str(comment.uid),
        "text": comment.text,
        "by": str(comment.by.uid),
        "at": comment.at,
        "mentions": [str(mention.user.uid) for mention in comment.mentions.all()],
    }
