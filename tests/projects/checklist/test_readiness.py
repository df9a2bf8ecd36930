"""Readiness: a point an answer, less what its finding takes; 100 only when all is answered and nothing is raised."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.checklist.rules.questions import SEVERITIES
from projects.checklist.rules.readiness import Readiness, readiness
from projects.checklist.rules.risks import visible_questions
from tests.projects.checklist.whole import FACTS, good_answers, predict, whole, with_project
from tests.scale import times

pytestmark = pytest.mark.once


def of(changes=None, facts=FACTS, topic=""):
    answers = good_answers(changes)
    risks = [one for one in predict(whole(), answers, facts) if not topic or one.topic == topic]
    questions = [one for one in visible_questions(whole(), facts) if not topic or one.topic == topic]
    return readiness(questions, answers, risks)


def test_good_answers_are_ready():
    assert of() == Readiness(100, 139, 139, "")


def test_nothing_answered_is_nothing():
    blank = dict.fromkeys(whole().questions)

    assert of(blank).percent == 0


@pytest.mark.parametrize(
    ("changes", "percent", "worst"),
    [
        ({"SA-03": 1.0}, 83, "critical"),  # five of six points
        ({"SA-06": 1.0}, 90, "high"),
        ({"SA-05": "partly"}, 95, "medium"),
        ({"SA-03": None}, 83, ""),
        ({"SA-04": None}, 83, "medium"),
    ],
)
def test_each_severity_takes_its_part(changes, percent, worst):
    found = of(changes, topic="SA")

    assert (found.percent, found.worst) == (percent, worst)


def test_an_optional_question_counts_only_when_its_blank_raises_something():
    assert of({"GR-06": None}, topic="GR").percent == 100
    assert of({"SI-07": None}, topic="SI").percent == 90


def test_a_finding_of_the_project_takes_its_part_and_gives_nothing():
    open_ = with_project(onboarded=False)

    assert of(facts=open_, topic="GR") == Readiness(95, 7, 7, "medium")
    assert of(dict.fromkeys(whole().questions), open_, topic="GR").percent == 0


@settings(max_examples=times(100), deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(whole().questions)), st.none(), max_size=60))
def test_it_never_leaves_its_bounds_and_is_full_only_without_gaps(changes):
    found = of(changes)

    assert 0 <= found.percent <= 100
    assert found.worst in ("", *SEVERITIES)
    required = {key for key in changes if whole().question(key).answer_required and key != "CM-13"}
    assert (found.percent == 100) == (not required and not found.worst)
