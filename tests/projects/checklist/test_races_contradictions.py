"""A word on a contradiction while its answers change, or while it is sent: it stands over what was there, or not."""

import json

import pytest

from projects.checklist.actions import answering, contradicting, rounds
from projects.checklist.models.contradictions import ContradictionStand
from projects.checklist.models.submission import Submission
from projects.checklist.rules.answers import AnswerContent
from tests.builders_projects import Cast, submit
from tests.projects.checklist.bulk import answered_at_once, everything_asked
from tests.projects.checklist.racing import TURNS, begin_round, faults, now, order_of, sheet, told_in_turn
from tests.races.crowd import Act, slowly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture(autouse=True)
def slow_decisions(monkeypatch) -> None:
    for module in (answering, contradicting, rounds):
        monkeypatch.setattr(module, "require", slowly(module.require))


@pytest.fixture
def contrary(whole_checklist) -> Cast:
    """The whole checklist, filled, and what contradicts explained; CO-13 is that UAT is signed before all of it ran."""
    cast = everything_asked()
    answered_at_once(cast, {"UA-03": 99.0})
    return cast


def contradiction(cast: Cast):
    return next((one for one in sheet(cast).contraries if one.id == "CO-13"), None)


def saving(cast: Cast, percent: float) -> Act:
    revision = sheet(cast).rows["UA-03"].revision
    content = AnswerContent(value=percent)
    said = {"revision": revision, "by": cast.owner}
    return lambda: answering.save_answer(cast.project, "UA-03", content, **said, at=now())


def saying(cast: Cast, text: str) -> Act:
    said = {"stand": "explained", "text": text, "revision": contradiction(cast).revision, "by": cast.member}
    return lambda: contradicting.settle_contradiction(cast.project, "CO-13", **said, at=now())


def ask_again(cast: Cast, turn: int) -> None:
    """Another percentage that contradicts too, so that CO-13 alone asks for a word."""
    begin_round(cast)
    saving(cast, 80.0 - turn)()
    for one in sheet(cast).contraries:
        if not one.settled and one.id != "CO-13":
            said = {"stand": "explained", "text": "As agreed.", "revision": one.revision, "by": cast.member}
            contradicting.settle_contradiction(cast.project, one.id, **said, at=now())


def test_a_word_stands_only_over_the_answers_that_were_there_when_it_was_kept(contrary):
    for turn in range(TURNS):
        ask_again(contrary, turn)

        answers = told_in_turn(turn, saying(contrary, f"Word {turn}."), saving(contrary, 40.0 - turn))

        one = contradiction(contrary)
        last = order_of(contrary, "contradiction.explained", "answer.saved")[-1]
        assert answers == ["done", "done"]
        assert one.settled == (last == "contradiction.explained")
        assert (ContradictionStand.objects.latest("pk").seen == one.seen) == one.settled
    assert faults() == []


def test_nothing_is_said_of_what_was_mended_at_the_same_moment(contrary):
    for turn in range(TURNS):
        ask_again(contrary, turn)
        before = ContradictionStand.objects.count()

        said, saved = told_in_turn(turn, saying(contrary, f"Word {turn}."), saving(contrary, 100.0))

        last = order_of(contrary, "contradiction.explained", "answer.saved")[-1]
        assert (saved, last, contradiction(contrary)) == ("done", "answer.saved", None)
        assert said in ("done", "not_contradictory")
        assert ContradictionStand.objects.count() - before == (said == "done")
    assert faults() == []


def sent_word(cast: Cast) -> str:
    frozen = json.loads(Submission.objects.filter(project=cast.project).latest("pk").frozen)
    return next(one["text"] for one in frozen["contradictions"] if one["id"] == "CO-13")


def test_what_contradicts_is_sent_with_its_word_or_not_at_all(contrary):
    for turn in range(TURNS):
        ask_again(contrary, turn)

        said, sent = told_in_turn(turn, saying(contrary, f"Word {turn}."), lambda: submit(contrary))

        assert said == "done"
        assert sent in ("done", "contradictions")
        if sent == "done":
            assert sent_word(contrary) == f"Word {turn}."
    assert faults() == []


def test_another_word_is_sent_or_comes_too_late(contrary):
    for turn in range(TURNS):
        begin_round(contrary)

        said, sent = told_in_turn(turn, saying(contrary, f"Word {turn}."), lambda: submit(contrary))

        assert (said in ("done", "submitted"), sent) == (True, "done")
        assert sent_word(contrary) == contradiction(contrary).said["text"]
        assert (sent_word(contrary) == f"Word {turn}.") == (said == "done")
    assert faults() == []
