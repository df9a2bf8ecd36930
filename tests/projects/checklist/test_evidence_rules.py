"""Which answers must be proved, what counts as proof, and what of it a clearance binds."""

from datetime import date

import pytest

from projects.checklist.rules.answers import (
    NO_ANSWER,
    AnswerContent,
    content_hash,
    counts_as_answered,
    in_words,
    is_blank,
    missing_of,
    to_json,
)
from projects.checklist.rules.catalogue import catalogue
from projects.checklist.rules.evidence import (
    MOST,
    LaidFacts,
    may_attach,
    may_detach,
    may_take_newest,
    missing_evidence,
)
from projects.checklist.rules.risks import Judge, RiskFacts
from projects.checklist.rules.submission import RoundFacts, may_submit
from projects.portfolio.rules.onlooker import Onlooker
from tests.projects.checklist.whole import predict

pytestmark = pytest.mark.once
FACTS = RiskFacts(today=date(2026, 12, 4))
WHOLE = "2026-2"
MEMBER, VIEWER = Onlooker(id=1, side="partner", access="member"), Onlooker(id=2, side="partner", access="viewer")
REVIEWER = Onlooker(id=3, staff=frozenset({"architect"}))


def facts(**different) -> RoundFacts:
    return RoundFacts(**({"project_key": "HALD-7Q2", "project_state": "active"} | different))


@pytest.mark.parametrize(
    ("person", "round_", "codes"),
    [
        (MEMBER, {}, []),
        (VIEWER, {}, ["not_of_team"]),
        (REVIEWER, {}, ["not_of_team"]),
        (MEMBER, {"round_state": "submitted"}, ["submitted"]),
        (MEMBER, {"project_state": "paused"}, ["project_not_active"]),
    ],
)
def test_whoever_may_answer_lays_evidence_there_takes_it_away_and_renews_it(person, round_, codes):
    lies = LaidFacts(question="SC-02", attached=True, older=("SC-02",))

    assert may_attach(person, facts(**round_), LaidFacts()).codes == codes
    assert may_detach(person, facts(**round_), lies).codes == codes
    assert may_take_newest(person, facts(**round_), lies).codes == codes


@pytest.mark.parametrize(
    ("rule", "laid", "codes"),
    [
        (may_attach, {"attached": True}, ["evidence_attached"]),
        (may_attach, {"withdrawn": True}, ["evidence_withdrawn"]),
        (may_attach, {"count": MOST}, ["evidence_many"]),
        (may_attach, {"count": MOST - 1}, []),
        (may_detach, {}, ["evidence_not_attached"]),
        (may_detach, {"attached": True, "withdrawn": True}, []),  # what was withdrawn can always be taken away
        (may_take_newest, {}, ["evidence_newest"]),
        (may_take_newest, {"older": ("SC-02",), "withdrawn": True}, ["evidence_withdrawn"]),
    ],
)
def test_what_speaks_against_a_piece_is_said_of_it(rule, laid, codes):
    assert rule(MEMBER, facts(), LaidFacts(**laid)).codes == codes


@pytest.mark.parametrize(
    ("question", "value", "asked"),
    [
        ("SC-02", "yes", True),
        ("SC-02", "partly", True),
        ("SC-02", "no", False),
        ("UA-09", "yes", False),  # asked for, and not enforced
        ("CU-01", ("none",), True),
        ("CU-01", ("no_plan_yet",), False),
        ("CU-01", ("order", "timing"), True),
    ],
)
def test_evidence_is_required_with_yes_and_partly_or_as_the_question_says(question, value, asked):
    answers = {question: AnswerContent(value=value)}

    assert Judge(catalogue(WHOLE), FACTS).hear(answers).evidence_asked() == ((question,) if asked else ())


def test_nothing_is_asked_where_nothing_is_answered():
    assert Judge(catalogue(WHOLE), FACTS).hear({}).evidence_asked() == ()


@pytest.mark.parametrize(
    ("currencies", "missing"),
    [
        ([], ("SC-02",)),
        (["current"], ()),
        (["expired", "stale", "older", "withdrawn", "infected"], ("SC-02",)),
        (["expired", "current"], ()),
    ],
)
def test_only_what_still_proves_something_counts(currencies, missing):
    assert missing_evidence(("SC-02",), [("SC-02", one) for one in currencies]) == missing
    assert missing_evidence(("UA-10",), [("SC-02", one) for one in currencies]) == ("UA-10",)


def test_submit_waits_for_evidence_that_is_required():
    leader = Onlooker(id=1, side="customer", access="owner", job="project_manager")
    ready = {"completed_by": 1, "customer_stakeholders": 1, "partner_stakeholders": 1}

    decision = may_submit(leader, facts(**ready, without_evidence=("SC-02", "UA-10")))

    assert decision.codes == ["no_evidence"]
    assert decision.missing[0].cure.fragment == "SC-02"
    assert may_submit(leader, facts(**ready)).codes == []


def test_a_file_answers_a_question_that_takes_one():
    question, filed = catalogue(WHOLE).question("CU-11"), AnswerContent(attached=True)

    assert (counts_as_answered(filed), is_blank(filed), missing_of(question, filed)) == (True, False, ())
    assert (to_json(filed), in_words(question, filed)) == ({}, "In the evidence beside it")
    assert in_words(question, AnswerContent(value="Ana, 07", attached=True)) == "Ana, 07"
    raised = {answer: predict(catalogue(WHOLE), {"CU-11": answer}, FACTS) for answer in (NO_ANSWER, filed)}
    assert [[risk.question for risk in found if risk.question == "CU-11"] for found in raised.values()] == [
        ["CU-11"],
        [],
    ]


def test_not_known_yet_stays_so_whatever_lies_beside_it():
    assert is_blank(AnswerContent(unknown=True, attached=True))


def test_the_hash_covers_the_digests_beside_material_questions_and_is_what_it_was_without():
    answers = {"SC-02": AnswerContent(value="yes"), "GR-01": AnswerContent(value=date(2026, 12, 4))}
    known = catalogue(WHOLE)
    assert known.question("SC-02").material and not known.question("GR-01").material
    bare = content_hash(known, answers)

    assert bare == content_hash(known, answers, {}) == content_hash(known, answers, {"SC-02": []})
    assert bare == content_hash(known, answers, {"GR-01": ["a" * 64], "PF-01": ["a" * 64]})  # not material, not visible
    laid = {one: content_hash(known, answers, {"SC-02": [one]}) for one in ("a" * 64, "b" * 64)}
    assert len({bare, *laid.values()}) == 3
    pair = ["a" * 64, "b" * 64]
    assert content_hash(known, answers, {"SC-02": pair}) == content_hash(known, answers, {"SC-02": pair[::-1]})
