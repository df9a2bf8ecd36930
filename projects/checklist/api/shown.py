"""The checklist as JSON, and the project it is asked of."""

from dataclasses import asdict
from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from golive.accounts.models import User
from golive.core.api import StrictSerializer, decision_json
from projects.checklist.api.beside import beside_json, risk_json
from projects.checklist.queries.deadlines import deadlines_of
from projects.checklist.queries.header import known_header
from projects.checklist.queries.rounds import decisions_of
from projects.checklist.queries.sheet import Sheet, with_catalogue
from projects.checklist.rules.answers import NO_ANSWER, choices_of, in_words, to_json
from projects.checklist.rules.deadlines import press_of
from projects.checklist.rules.header import HeaderContent, header_lacks, header_to_json
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


def etag(revision: int) -> str:
    return f'"{revision}"'


def when_json(sheet: Sheet) -> dict[str, Any] | None:
    """When it is put before people, asked for, best sent, amber, red; `press`: how it stands while it is not sent."""
    deadlines = deadlines_of(sheet.facts.milestones)
    if deadlines is None:
        return None
    return asdict(deadlines) | {"press": press_of(deadlines, sheet.facts.today).value if sheet.is_draft else None}


def header_json(sheet: Sheet) -> dict[str, Any]:
    """What is typed, and below `known` what the project says elsewhere."""
    known = known_header(sheet)
    return {
        **typed_json(sheet.header, sheet.completed_by),
        "revision": sheet.header_revision,
        "lacks": list(header_lacks(sheet.header)),
        "known": {
            "customer": known.customer,
            "partner": known.partner or None,
            "customer_stakeholders": list(known.customer_stakeholders),
            "partner_stakeholders": list(known.partner_stakeholders),
            "fasttrack_architect": known.architect or None,
            "go_live_on": known.go_live,
            "licences": [{"type": kind, "count": count} for kind, count in known.licences],
            "vision": known.vision,
        },
    }


def typed_json(header: HeaderContent, person: User | None) -> dict[str, Any]:
    return header_to_json(header) | {"completed_by": str(person.uid) if person else None}


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
        "header": header_json(sheet),
        "when": when_json(sheet),
        **beside_json(sheet),
        "questions": [question_json(sheet, question) for question in sheet.questions],
        "actions": {name: decision_json(one, request) for name, one in decisions_of(user, sheet).items()},
    }
