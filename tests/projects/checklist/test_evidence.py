"""Evidence beside answers: pinned in its revision, covered by the hash, submitted with its digests."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from golive.audit.models import AuditRow
from golive.core.decision import Refused
from golive.core.digests import digest_of_text
from golive.outbox.models import Outbox
from projects.checklist.actions.answering import save_answer
from projects.checklist.actions.evidence import attach_anew, attach_evidence, detach_evidence, take_newest
from projects.checklist.actions.rounds import reopen_checklist
from projects.checklist.models.answers import AnswerEvidence
from projects.checklist.models.checklist import Checklist
from projects.checklist.queries.proof import false_counters
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.answers import AnswerContent
from projects.evidence.actions.evidence import (
    add_evidence,
    mark_evidence_stale,
    revise_evidence,
    withdraw_evidence,
)
from projects.evidence.models import Evidence, EvidenceRevision
from tests.builders import client_of
from tests.builders_projects import Cast, call, codes_of, fill_checklist, make_project, reload, submit
from tests.projects.checklist.test_page import queries_of
from tests.projects.evidence.samples import PDF
from tests.projects.evidence.ways import add, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
LINK = "https://team.example/minutes"
both = pytest.mark.parametrize("door", ["page", "api"])


def now():
    return timezone.now()


def a_link(cast: Cast, url: str = LINK, **said) -> Evidence:
    return add_evidence(cast.project, title="Minutes", url=url, by=cast.member, at=now(), **said)


def attach(cast: Cast, question: str, piece: Evidence, *, by=None):
    return attach_evidence(cast.project, question, piece, by=by or cast.member, at=now())


def kept(cast: Cast) -> Checklist:
    return Checklist.objects.get(project=cast.project)


def path(cast: Cast, door: str, question: str = "SC-02") -> str:
    root = "/api/v1" if door == "api" else ""
    return f"{root}/projects/{cast.key}/checklist/answers/{question}/evidence/"


def test_one_piece_lies_beside_many_answers_and_its_digest_is_kept(cast):
    piece, file = a_link(cast), add(cast)
    sha = EvidenceRevision.objects.get(evidence=file).file.sha256

    for question, one in (("SC-02", piece), ("UA-10", piece), ("UA-10", file)):
        attach(cast, question, one)

    link = digest_of_text(LINK)
    assert kept(cast).attached == {"SC-02": [link], "UA-10": sorted([link, sha])}
    assert list(false_counters()) == []
    row = AuditRow.objects.filter(act="answer.evidence_attached").last()
    assert (row.actor, row.object) == (cast.member, "answer:UA-10")
    assert LINK not in row.body


def test_an_attached_piece_is_material_like_the_answer(cast):
    save_answer(cast.project, "SC-02", AnswerContent(value="yes"), revision=0, by=cast.member, at=now())
    bare = kept(cast).content_hash

    piece = a_link(cast)
    attach(cast, "SC-02", piece)
    laid = kept(cast).content_hash
    detach_evidence(cast.project, "SC-02", piece, by=cast.member, at=now())

    assert (laid != bare, kept(cast).content_hash) == (True, bare)
    assert AnswerEvidence.objects.get().removed_at
    attach(cast, "SC-02", piece)  # and again: that it lay there before stays
    assert AnswerEvidence.objects.count() == 2


def test_a_newer_revision_changes_nothing_until_it_is_taken_and_then_everywhere_at_once(cast):
    piece = a_link(cast)
    for question in ("SC-02", "UA-10"):
        attach(cast, question, piece)
    before = kept(cast).content_hash
    revise_evidence(piece, seen=1, url="https://team.example/two", by=cast.member, at=now())
    assert (kept(cast).content_hash, list(false_counters())) == (before, [])

    take_newest(cast.project, piece, by=cast.partner_member, at=now())

    two = [digest_of_text("https://team.example/two")]
    assert kept(cast).attached == {"SC-02": two, "UA-10": two}
    assert kept(cast).content_hash != before
    assert AuditRow.objects.get(act="answer.evidence_renewed").after == {"revision": 2, "questions": ["SC-02", "UA-10"]}
    with pytest.raises(Refused) as refused:
        take_newest(cast.project, piece, by=cast.member, at=now())
    assert refused.value.decision.codes == ["evidence_newest"]


def test_what_lies_beside_a_submitted_answer_stays_and_the_submission_lists_its_hash(cast):
    fill_checklist(cast)
    file = add(cast)
    attach(cast, "SC-02", file, by=cast.partner_member)
    sha = EvidenceRevision.objects.get(evidence=file).file.sha256
    submission = submit(cast)

    revise_evidence(file, seen=1, url=LINK, by=cast.member, at=now())  # swapped after it was sent
    for act in (
        lambda: detach_evidence(cast.project, "SC-02", file, by=cast.member, at=now()),
        lambda: attach_anew(cast.project, "SC-02", title="New", url=LINK, by=cast.member, at=now()),
        lambda: take_newest(cast.project, file, by=cast.member, at=now()),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.decision.codes == ["submitted"]

    questions = json.loads(submission.frozen)["questions"]
    frozen = {one["id"]: [piece["sha256"] for piece in one["evidence"]] for one in questions}
    assert (frozen["SC-02"], frozen["UA-10"]) == ([sha], [])
    assert cast.partner_member.pk in submission.contributors.values_list("user", flat=True)
    assert (kept(cast).attached, kept(cast).content_hash) == ({"SC-02": [sha]}, submission.content_hash)
    with pytest.raises(Exception, match="only_in_draft"), connection.cursor() as cursor:
        cursor.execute("UPDATE projects_answerevidence SET removed_at = added_at")


def test_others_hear_when_evidence_differs_from_what_was_submitted(cast):
    fill_checklist(cast)
    submit(cast)
    reopen_checklist(cast.project, by=cast.owner, because="More.", at=now())
    piece = a_link(cast)

    attach(cast, "SC-02", piece)
    detach_evidence(cast.project, "SC-02", piece, by=cast.member, at=now())

    told = Outbox.objects.filter(kind="checklist.content_changed").order_by("pk")
    assert [row.payload["differs"] for row in told] == [True, False]


def test_required_evidence_counts_while_it_still_proves_something(cast, whole_checklist):
    save_answer(cast.project, "SC-02", AnswerContent(value="yes"), revision=0, by=cast.member, at=now())
    yesterday = timezone.localdate() - timedelta(days=1)

    def missing() -> tuple[str, ...]:
        return sheet_of(reload(cast.project), at=now()).without_evidence

    assert missing() == ("SC-02",)
    piece = a_link(cast)
    attach(cast, "SC-02", piece)
    assert missing() == ()
    mark_evidence_stale(cast.project, since=now(), by=None, at=now())
    assert missing() == ("SC-02",)
    revise_evidence(piece, seen=1, url=LINK, expires_on=yesterday, by=cast.member, at=now())
    take_newest(cast.project, piece, by=cast.member, at=now())
    assert missing() == ("SC-02",)
    revise_evidence(piece, seen=2, url=LINK, by=cast.member, at=now())
    assert missing() == ("SC-02",)  # it lies there in an older revision
    take_newest(cast.project, piece, by=cast.member, at=now())
    assert missing() == ()
    withdraw_evidence(piece, by=cast.member, at=now())
    assert missing() == ("SC-02",)
    answers = call(cast.owner, "get", f"projects/{cast.key}/checklist/").json()["actions"]["submit"]["reasons"]
    assert "no_evidence" in [reason["code"] for reason in answers]


def test_a_file_answers_the_question_that_takes_one(cast, whole_checklist):
    attach(cast, "CU-11", add(cast))

    row = kept(cast)
    assert row.answered == 1
    assert "CU-11" not in sheet_of(reload(cast.project), at=now()).unanswered
    assert list(false_counters()) == []


@both
def test_a_new_file_is_laid_beside_an_answer_by_both_doors(cast, door):
    said = {"title": "Sign-off"} if door == "api" else {}

    sent = send(cast.member, path(cast, door), PDF, "minutes.pdf", **said)

    assert sent.status_code == (302 if door == "page" else 201)
    piece = Evidence.objects.get()
    assert piece.title == (said.get("title") or "minutes.pdf")
    assert list(kept(cast).attached) == ["SC-02"]
    body = client_of(cast.viewer).get(f"/projects/{cast.key}/checklist/").content.decode()
    assert ("minutes.pdf" in body, "Not scanned" in body, "Take away" in body) == (True, True, False)
    assert "Take away" in client_of(cast.member).get(f"/projects/{cast.key}/checklist/").content.decode()
    shown = call(cast.viewer, "get", f"projects/{cast.key}/checklist/evidence/").json()["results"]
    assert [(one["question"], [p["evidence"] for p in one["evidence"]]) for one in shown] == [
        ("SC-02", [str(piece.uid)])
    ]


@both
def test_what_is_wrong_is_said_and_nothing_is_laid(cast, door):
    other = make_project("Elsewhere")
    foreign = add_evidence(other.project, title="Theirs", url=LINK, by=other.member, at=now())
    expected = 422 if door == "page" else 400
    fields = {"evidence": str(foreign.uid)}

    if door == "page":
        refused = client_of(cast.member).post(path(cast, door) + "attach/", fields)
    else:
        refused = call(cast.member, "post", path(cast, door).removeprefix("/api/v1/"), fields)
    lying = send(cast.member, path(cast, door), b"MZ", "a.pdf", title="x")

    assert (refused.status_code, lying.status_code) == (expected, expected)
    assert "This project has no such evidence." in refused.content.decode()
    assert not AnswerEvidence.objects.exists() and not Evidence.objects.filter(project=cast.project).exists()


def test_a_part_is_drawn_anew_and_a_bad_file_is_told_below_the_question(cast):
    client, headers = client_of(cast.member), {"HX-Request": "true"}

    opened = client.get(path(cast, "page"), headers=headers)
    wrong = client.post(path(cast, "page"), {"url": "nowhere"}, headers=headers)
    laid = client.post(path(cast, "page"), {"url": LINK}, headers=headers)

    assert 'name="expires_on"' in opened.content.decode()
    assert (wrong.status_code, wrong["HX-Retarget"]) == (422, "#e-SC-02")
    assert (laid.status_code, laid["HX-Trigger"], 'id="v-SC-02"' in laid.content.decode()) == (
        200,
        "answer-saved",
        True,
    )
    gone = client.post(path(cast, "page") + f"{Evidence.objects.get().uid}/remove/", headers=headers)
    assert LINK not in gone.content.decode() and kept(cast).attached == {}


def test_the_api_says_who_may_and_takes_away_again(cast):
    piece = a_link(cast)
    attach(cast, "SC-02", piece)
    there = f"projects/{cast.key}/checklist/answers/SC-02/evidence/"

    shown = call(cast.viewer, "get", there).json()
    assert shown["actions"]["attach"]["reasons"][0]["code"] == "not_of_team"
    assert shown["evidence"][0]["sha256"] == digest_of_text(LINK)
    refused = call(cast.viewer, "delete", f"{there}{piece.uid}/")
    assert (refused.status_code, codes_of(refused)) == (403, ["not_of_team"])
    assert call(cast.member, "delete", f"{there}{piece.uid}/").status_code == 204
    again = call(cast.member, "delete", f"{there}{piece.uid}/")
    assert (again.status_code, codes_of(again)) == (409, ["evidence_not_attached"])
    assert call(cast.member, "get", f"projects/{cast.key}/checklist/answers/XX-99/evidence/").status_code == 404


def test_all_evidence_costs_the_page_one_query(cast):
    client, page = client_of(cast.member), f"/projects/{cast.key}/checklist/"
    pieces = [a_link(cast, f"{LINK}/{n}") for n in range(4)]
    attach(cast, "PF-12", pieces[0])
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    for question in ("GR-01", "CU-01", "SC-02", "UA-10"):
        for piece in pieces:
            attach(cast, question, piece)

    with CaptureQueriesContext(connection) as captured:
        body = client.get(page).content.decode()

    assert body.count("team.example/minutes/3") > 4
    assert (len(queries_of(one)), len(queries_of(captured))) == (9, 9)
