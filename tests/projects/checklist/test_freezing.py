"""What a submission freezes: all of it, equal for equal content, and every question wherever it is shown."""

import json
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from golive.core.digests import canonical, digest_of_text
from golive.core.pdf import available
from projects.checklist.actions.answering import save_answer
from projects.checklist.actions.confirming import confirm_answers
from projects.checklist.actions.freezing import contributors_of, frozen_text
from projects.checklist.actions.rounds import reopen_checklist, submit_checklist
from projects.checklist.document import html_of, rows_of
from projects.checklist.models.answers import AnswerEvidence
from projects.checklist.queries.paper import frozen_paper
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.answers import AnswerContent
from projects.checklist.rules.catalogue import catalogue
from projects.evidence.models import Evidence, EvidenceFile, EvidenceRevision
from projects.portfolio.actions.people import add_member
from tests.builders import client_of, make_user
from tests.builders_projects import (
    HEADER,
    Cast,
    complete_header,
    fill_checklist,
    make_project,
    reload,
    submit,
)
from tests.journeys.world import undone
from tests.projects.checklist.bulk import answered_at_once, everything_asked, said_at_once
from tests.reviews.report.printed import text_of
from tests.scale import times

pytestmark = pytest.mark.django_db


def laid_beside(cast: Cast, question: str) -> str:
    """Evidence with a file; hands on its digest."""
    by, at, digest = cast.member, timezone.now(), "ab" * 32
    kept = {"size": 3, "media_type": "application/pdf", "stored_at": at}
    file = EvidenceFile.objects.create(project=cast.project, sha256=digest, **kept)
    piece = Evidence.objects.create(project=cast.project, title="Signed scope", added_at=at, added_by=by)
    who = {"number": 1, "file": file, "name": "scope.pdf", "by": by, "at": at}
    revision = EvidenceRevision.objects.create(evidence=piece, **who)
    checklist = cast.project.checklists.get()
    laid = {"evidence": piece, "revision": revision, "added_by": by, "added_at": at}
    AnswerEvidence.objects.create(checklist=checklist, question=question, **laid)
    return digest


def text_now(cast: Cast, at) -> str:
    sheet = sheet_of(reload(cast.project), at=at)
    named = [member for member in sheet.people if member.stakeholder]
    return frozen_text(sheet, named, contributors_of(sheet, cast.owner), by=cast.owner, at=at)


def test_all_of_it_is_frozen(cast):
    fill_checklist(cast)
    digest = laid_beside(cast, "SC-02")

    submission = submit(cast)

    frozen = json.loads(submission.frozen)
    scope = next(one for one in frozen["questions"] if one["id"] == "SC-02")
    assert (frozen["schema"], submission.sha256) == (2, digest_of_text(submission.frozen))
    assert frozen["catalogue"]["sha256"] == catalogue("2026-1-foundation").hash
    assert (frozen["submitted_by"], frozen["content_hash"]) == (str(cast.owner.uid), submission.content_hash)
    assert frozen["contributors"] == sorted([str(cast.owner.uid), str(cast.member.uid)])
    assert frozen["people"][str(cast.partner_member.uid)]["name"] == cast.partner_member.name
    assert frozen["header"]["rollouts"][0]["users"] == HEADER.rollouts[0].users
    assert (frozen["header"]["customer"], frozen["header"]["licences"]) == (
        cast.project.customer.name,
        [{"type": "finance", "count": 120}],
    )
    assert (scope["nature"], scope["type"], scope["words"]) == ("required", "ynp", "Yes")
    assert [(one["title"], one["name"], one["sha256"]) for one in scope["evidence"]] == [
        ("Signed scope", "scope.pdf", digest)
    ]


@pytest.mark.usefixtures("whole_checklist")
def test_what_facts_of_the_project_raise_is_frozen_with_the_answers_own(cast):
    answered_at_once(everything := everything_asked(), {"SC-02": "no"})

    frozen = json.loads(submit_checklist(everything.project, by=everything.owner, at=timezone.now()).frozen)

    rules = [risk["rule"] for risk in frozen["risks"]]
    assert {"SC-02/1", "PR-01"} <= set(rules)
    assert {(one["stand"], one["text"]) for one in frozen["contradictions"]} == {("explained", "As agreed.")}
    assert len(rules) == len(set(rules))


@settings(max_examples=times(3), deadline=None)
@given(order=st.permutations(["GR-01", "CU-01", "SC-02", "UA-10", "PF-12"]))
def test_equal_content_has_an_equal_hash_whatever_the_order_of_saves(order):
    values = {"GR-01": timezone.localdate(), "CU-01": ("none",), "SC-02": "yes", "UA-10": "yes", "PF-12": 90.0}
    found = set()
    with undone():
        cast, at = make_project(), timezone.now()
        complete_header(cast, cast.member)
        for keys in (list(values), order):
            with undone():
                for key in keys:
                    content = AnswerContent(value=values[key])
                    save_answer(cast.project, key, content, revision=0, by=cast.member, at=timezone.now())
                found.add(digest_of_text(text_now(cast, at)))

    assert len(found) == 1


def test_a_submission_of_the_schema_before_still_shows(cast):
    fill_checklist(cast)
    new = json.loads(submit(cast).frozen)
    gone = {"header", "people", "contributors", "submitted_by", "content_hash", "contradictions", "name"}
    old = {key: value for key, value in new.items() if key not in gone} | {"schema": 1}
    old["questions"] = [
        {key: one[key] for key in ("id", "topic", "text", "nature", "material", "answer", "words")}
        for one in old["questions"]
    ]
    old["topics"] = [{"id": one["id"], "name": one["name"]} for one in old["topics"]]

    paper = frozen_paper(canonical(old), sha256="a" * 64)

    assert [line.answer for _topic, line in paper.lines if line.id == "SC-02"] == ["Yes"]
    assert paper.facts == ()
    assert "Has the business signed off" in html_of(paper)
    assert len(list(rows_of(paper))) > 5


@pytest.mark.req("S4-30")
@pytest.mark.usefixtures("whole_checklist")
def test_acceptance_that_is_not_complete_is_a_risk_and_never_holds_the_submission():
    cast = everything_asked()
    answered_at_once(cast, {"UA-10": "no"})
    pending = {"pending_what": "Two scripts", "pending_owner": "Ida", "pending_due": timezone.localdate()}
    said_at_once(cast, {"UA-05": AnswerContent(value="partly", **pending)})

    submission = submit_checklist(cast.project, by=cast.owner, at=timezone.now())

    raised = [risk for risk in json.loads(submission.frozen)["risks"] if risk["topic"] == "UA" and risk["severity"]]
    assert raised


@pytest.mark.req("S1-43")
@pytest.mark.usefixtures("whole_checklist")
@pytest.mark.skipif(bool(available()), reason="PDFs need Pango")
def test_every_question_is_on_the_page_in_the_api_in_the_snapshot_in_the_workbook_and_in_the_pdf():
    cast = everything_asked(go_live_in=9)
    answered_at_once(cast)
    submission = submit_checklist(cast.project, by=cast.owner, at=timezone.now())
    ids = list(catalogue("2026-2").questions)
    client = client_of(cast.viewer)

    page = client.get(reverse("checklist", kwargs={"key": cast.key})).content.decode()
    shown = client.get(reverse("api_checklist", kwargs={"key": cast.key})).json()
    files = {
        form: b"".join(client.get(reverse("checklist_sent", kwargs={"key": cast.key, "number": 1, "form": form})))
        for form in ("xlsx", "pdf")
    }

    with CalamineWorkbook.from_filelike(BytesIO(files["xlsx"])) as book:
        numbers = {row[1] for row in book.get_sheet_by_index(0).to_python()}
    printed = set(text_of(files["pdf"]).split())
    assert [key for key in ids if f'id="{key}"' not in page] == []
    assert [one["id"] for one in shown["questions"]] == ids
    assert [one["id"] for one in json.loads(submission.frozen)["questions"]] == ids
    assert [key for key in ids if key not in numbers] == []
    assert [key for key in ids if key not in printed] == []


def test_whoever_wrote_a_header_or_found_an_answer_true_contributed(cast):
    complete_header(cast, cast.partner_member)  # overwritten by the next line
    fill_checklist(cast)
    submit(cast)
    other = make_user("Nina Moe", organisation=cast.owner.organisation, joined_at=timezone.now())
    add_member(cast.project, user=other, by=cast.owner, at=timezone.now())
    reopen_checklist(cast.project, by=cast.owner, because="Later tests", at=timezone.now())
    confirm_answers(cast.project, ["SC-02"], by=other, at=timezone.now())

    wrote = set(submit(cast).contributors.values_list("user", flat=True))

    assert wrote == {person.pk for person in (cast.owner, cast.member, cast.partner_member, other)}
