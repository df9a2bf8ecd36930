"""The checklist as JSON, and the project it is asked of."""

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from golive.accounts.models import User
from golive.core.api import StrictSerializer, decision_json
from projects.checklist.api.beside import beside_json, risk_json
from projects.checklist.queries.rounds import decisions_of
from projects.checklist.queries.sheet import Sheet, with_catalogue
from projects.checklist.rules.answers import NO_ANSWER, choices_of, in_words, to_json
from projects.checklist.rules.questions import Question
from projects.portfolio.models.project import Project


def project_with_facts(user: User, key: str) -> Project:
    related = ("customer", "partner", "architect", "standing", "facts")
    return get_object_or_404(with_catalogue(Project.objects.visible_to(user)).select_related(*related), key=key)


def body_of(kind: type[StrictSerializer], request: Request) -> dict[str, Any]:
    body = kind(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def question_json(sheet: Sheet, question: Question) -> dict[str, Any]:
    row, content = sheet.rows.get(question.id), sheet.answers.get(question.id, NO_ANSWER)
    return {
        "id": question.id,
        "topic": question.topic,
        "text": question.text,
        "type": question.answer,
        "required": question.answer_required,
        "nature": question.nature,
        "hint": sheet.catalogue.hints.get(question.id, ""),
        "choices": [value for value, _words in choices_of(question)],
        "answer": to_json(content),
        "words": in_words(question, content),
        "revision": row.revision if row else 0,
        "confirmed": question.id not in sheet.unconfirmed,
        "saved_at": row.at if row else None,
        "saved_by": str(row.by.uid) if row else None,
        "raises": [risk_json(sheet, one) for one in sheet.raised.get(question.id, ())],
    }


def header_json(sheet: Sheet) -> dict[str, Any]:
    named = sheet.checklist.completed_by if sheet.checklist else None
    return {"completed_by": str(named.uid) if named else None}


def checklist_json(user: User, sheet: Sheet, request: Request) -> dict[str, Any]:
    round_ = sheet.round
    return {
        "project": sheet.project.key,
        "catalogue": sheet.catalogue.version,
        "round": {"number": round_.number if round_ else 1, "state": round_.state if round_ else "draft"},
        "asked": len(sheet.questions),
        "answered": sheet.answered,
        "unconfirmed": sheet.unconfirmed,
        "content_hash": sheet.live_hash,
        **header_json(sheet),
        **beside_json(sheet),
        "questions": [question_json(sheet, question) for question in sheet.questions],
        "actions": {name: decision_json(one, request) for name, one in decisions_of(user, sheet).items()},
    }
