"""The whole checklist of a project answered at once: rows laid by hand where a door would take minutes."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from projects.checklist.actions.answering import judge_again
from projects.checklist.actions.contradicting import settle_contradiction
from projects.checklist.actions.evidence import attach_evidence
from projects.checklist.models.answers import Answer, AnswerRevision
from projects.checklist.queries.sheet import Sheet, sheet_of
from projects.checklist.rules.answers import AnswerContent, to_json
from projects.evidence.actions.evidence import add_evidence
from projects.portfolio.actions.projects import lock
from tests.builders_projects import Cast, complete_header, describe, make_project, plan_dates, reload
from tests.projects.checklist.whole import good_answers

# What a project has in whose checklist nothing is hidden, but for what is asked in the last days before go-live.
EVERYTHING: dict[str, Any] = {
    "products": ["ce", "fo"],
    "scope": ["commerce", "dual_write", "hr", "manufacturing", "project_operations", "warehouse"],
    "upgrade_from": "ax2012",
}


def everything_asked(*, go_live_in: int = 60) -> Cast:
    cast = make_project()
    plan_dates(cast, go_live_in=go_live_in)
    describe(cast, **EVERYTHING)
    return cast


def answered_at_once(cast: Cast, changes: Mapping[str, Any] | None = None) -> Sheet:
    """A good answer to every question that is asked, but for these; the header complete, the member's work."""
    complete_header(cast, cast.member)
    at = timezone.now()
    sheet = sheet_of(reload(cast.project), at=at)
    contents = {key: to_json(content) for key, content in good_answers(changes).items()}
    lay(sheet, {one.id: contents[one.id] for one in sheet.questions}, by=cast.member, at=at)
    with transaction.atomic():
        judge_again(lock(cast.project), at=at)
    prove(cast)
    settle(cast)
    return sheet_of(reload(cast.project), at=at)


def prove(cast: Cast) -> None:
    """One link lies beside every answer that asks for proof."""
    at = timezone.now()
    piece = add_evidence(cast.project, title="Signed", url="https://proof.example/", by=cast.member, at=at)
    for question in sheet_of(reload(cast.project), at=at).without_evidence:
        attach_evidence(cast.project, question, piece, by=cast.member, at=at)


def settle(cast: Cast) -> None:
    """Whatever contradicts itself is explained."""
    at = timezone.now()
    for one in sheet_of(reload(cast.project), at=at).contraries:
        said = {"stand": "explained", "text": "As agreed.", "revision": one.revision}
        settle_contradiction(cast.project, one.id, **said, by=cast.member, at=at)


def said_at_once(cast: Cast, changes: Mapping[str, AnswerContent]) -> None:
    """Answers of a few questions, written over what stands."""
    for key, content in changes.items():
        Answer.objects.filter(checklist__project=cast.project, question=key).update(content=to_json(content))
    with transaction.atomic():
        judge_again(lock(cast.project), at=timezone.now())
    settle(cast)


def lay(sheet: Sheet, contents: Mapping[str, Any], **who: Any) -> None:
    rows = [Answer(checklist=sheet.checklist, question=key, content=said, **who) for key, said in contents.items()]
    Answer.objects.bulk_create(rows)
    AnswerRevision.objects.bulk_create(
        AnswerRevision(answer=row, revision=1, content=row.content, **who) for row in rows
    )
