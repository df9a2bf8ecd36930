"""Acts on one checklist at the same moment: what is sent is what stands, whoever comes second.

Each act pauses between being allowed and being done, as in `tests/races/test_pairs.py`.
"""

import json
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from projects.checklist.actions import answering, assigning, contradicting, evidence, gates, rounds
from projects.checklist.models.answers import AnswerEvidence
from projects.checklist.models.gates import QualityGate
from projects.checklist.models.submission import Submission
from projects.checklist.queries.assigning import assignments_of
from projects.checklist.queries.waiting import waiting_for
from projects.checklist.rules.assigning import Asked
from projects.checklist.rules.gates import GateTopic
from projects.evidence.actions import evidence as pieces
from projects.evidence.models import Evidence
from projects.portfolio.actions import people
from tests.builders import make_user
from tests.builders_projects import Cast, complete_header, submit
from tests.projects.checklist.filled import answer_all
from tests.projects.checklist.holding import SAID, names_of
from tests.projects.checklist.racing import TURNS, begin_round, faults, now, order_of, sheet, told_in_turn
from tests.races.crowd import Act, all_at_once, locking_all_but_projects, slowly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture(autouse=True)
def slow_decisions(monkeypatch) -> None:
    for module in (answering, assigning, contradicting, evidence, gates, people, pieces, rounds):
        monkeypatch.setattr(module, "require", slowly(module.require))


@pytest.fixture
def filled(cast) -> Cast:
    """Nothing is lacking but Submit; a turn that sent it is followed by the next round."""
    answer_all(cast)
    complete_header(cast, cast.member)
    return cast


def a_link(cast: Cast) -> Evidence:
    return pieces.add_evidence(cast.project, title="Minutes", url="https://team.example/1", by=cast.member, at=now())


def lay(cast: Cast) -> Evidence:
    piece = a_link(cast)
    evidence.attach_evidence(cast.project, "SC-02", piece, by=cast.member, at=now())
    return piece


def attaching(cast: Cast) -> Act:
    piece = a_link(cast)
    return lambda: evidence.attach_evidence(cast.project, "SC-02", piece, by=cast.member, at=now())


def attaching_anew(cast: Cast) -> Act:
    said = {"title": "Plan", "url": "https://team.example/plan", "by": cast.member}
    return lambda: evidence.attach_anew(cast.project, "SC-02", **said, at=now())


def detaching(cast: Cast) -> Act:
    piece = lay(cast)
    return lambda: evidence.detach_evidence(cast.project, "SC-02", piece, by=cast.member, at=now())


def taking_the_newest(cast: Cast) -> Act:
    piece = lay(cast)
    pieces.revise_evidence(piece, seen=1, url="https://team.example/2", by=cast.member, at=now())
    return lambda: evidence.take_newest(cast.project, piece, by=cast.member, at=now())


LAID = [attaching, attaching_anew, detaching, taking_the_newest]


def frozen_otherwise(cast: Cast) -> bool:
    """What was sent is not what stands: another hash, or other proof beside the answer."""
    newest = Submission.objects.filter(project=cast.project).latest("pk")
    (asked,) = [one for one in json.loads(newest.frozen)["questions"] if one["id"] == "SC-02"]
    rows = AnswerEvidence.objects.filter(checklist__project=cast.project, question="SC-02", removed_at=None)
    lying = {(str(row.evidence.uid), row.revision.number) for row in rows.select_related("evidence", "revision")}
    sent = {(piece["id"], piece["revision"]) for piece in asked["evidence"]}
    return (newest.content_hash, sent) != (sheet(cast).live_hash, lying)


@pytest.mark.parametrize("laying", LAID)
def test_evidence_is_sent_with_its_answer_or_comes_too_late(filled, laying):
    for turn in range(TURNS):
        begin_round(filled)

        laid, sent = told_in_turn(turn, laying(filled), lambda: submit(filled))

        assert (laid in ("done", "submitted"), sent) == (True, "done")
        assert not frozen_otherwise(filled)
    assert faults() == []


def test_what_is_withdrawn_at_the_same_moment_lies_there_already_or_never(cast):
    for turn in range(TURNS):
        piece = a_link(cast)
        acts = [
            lambda piece=piece: evidence.attach_evidence(cast.project, "SC-02", piece, by=cast.member, at=now()),
            lambda piece=piece: pieces.withdraw_evidence(piece, by=cast.member, at=now()),
        ]

        laid, gone = told_in_turn(turn, *acts)

        last = order_of(cast, "answer.evidence_attached", "evidence.withdrawn")[-1]
        assert (laid in ("done", "evidence_withdrawn"), gone, last) == (True, "done", "evidence.withdrawn")
        assert AnswerEvidence.objects.filter(evidence=piece).exists() == (laid == "done")
    assert faults() == []


# --- two gates at once -----------------------------------------------------------------------------------------------
def holding(cast: Cast, remark: str, after: int | None, by: Any = None) -> Act:
    topics = [GateTopic(topic, name, **SAID) for topic, name in names_of(cast).items()]
    said = {"held_on": timezone.localdate(), "decision": "go", "remark": remark, "after": after}
    return lambda: gates.hold_gate(cast.project, topics, **said, by=by or cast.owner, at=now())


@pytest.mark.parametrize(
    ("texts", "looked", "expected", "kept"),
    [
        (("One.", "Two."), False, ["done", "done"], 2),
        (("One.", "Two."), True, ["done", "stale"], 1),
        (("One.", "One."), True, ["done", "done"], 1),
    ],
)
def test_two_gates_at_once_have_two_numbers_or_the_second_holder_is_shown_the_first(
    cast, texts, looked, expected, kept
):
    for turn in range(TURNS):
        before = QualityGate.objects.count()

        answers = told_in_turn(turn, *(holding(cast, text, before if looked else None) for text in texts))

        assert sorted(answers) == expected
        numbers = sorted(QualityGate.objects.values_list("number", flat=True))
        assert numbers == list(range(1, before + kept + 1))
    assert faults() == []


# --- asked to answer, and off the team -------------------------------------------------------------------------------
def test_who_leaves_at_the_same_moment_is_asked_before_or_not_at_all(cast):
    for turn in range(TURNS):
        person = make_user(f"Leaver {turn}", organisation=cast.owner.organisation)
        people.add_member(cast.project, user=person, by=cast.owner, at=now())
        asked = {"person": person, "due_on": None, "by": cast.owner}
        acts = [
            lambda asked=asked: assigning.assign(cast.project, Asked(question="SC-02"), **asked, at=now()),
            lambda person=person: people.remove_member(cast.project, user=person, by=cast.owner, at=now()),
        ]

        given, left = told_in_turn(turn, *acts)

        last = order_of(cast, "answer.assigned", "member.removed")[-1]
        assert (given in ("done", "asked_not_of_team"), left, last) == (True, "done", "member.removed")
        assert not assignments_of(cast.project).exists()
        assert list(waiting_for(person, timezone.localdate(), 50)) == []
    assert faults() == []


# --- the positive control --------------------------------------------------------------------------------------------
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time, with or without our lock")
def test_without_the_lock_something_else_is_sent_than_stands(filled, monkeypatch):
    assert connection.vendor == "postgresql"
    monkeypatch.setattr(QuerySet, "select_for_update", locking_all_but_projects())

    for turn in range(10):
        begin_round(filled)
        all_at_once([attaching(filled), lambda: submit(filled)][:: 1 if turn % 2 else -1])
        if frozen_otherwise(filled):
            return
    pytest.fail("Ten times what was sent is what stands: this test could not fail.")
