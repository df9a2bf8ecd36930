"""What the project knows already is offered as an answer: where it is known, of the right kind, and nowhere else."""

from datetime import date

import pytest

from golive.core.catalogue import CatalogueError
from projects.checklist.rules.catalogue import read_catalogue
from projects.checklist.rules.prefill import known_answers
from projects.checklist.rules.risks import Judge, RiskFacts
from tests.projects.checklist.catalogue_files import question, topic, write
from tests.projects.checklist.whole import FACTS, LIVE, TODAY, whole, with_milestones, with_project

pytestmark = pytest.mark.once


def known(facts=FACTS):
    return {key: one.content.value for key, one in known_answers(Judge(whole(), facts)).items()}


def test_dates_of_the_plan_and_facts_of_production_are_known():
    assert known() == {"GR-01": LIVE, "GR-02": date(2027, 1, 11), "FO-03": "yes", "SA-02": "yes"}


@pytest.mark.parametrize(
    ("facts", "asked", "value"),
    [
        (with_milestones(go_live=None), "GR-01", None),
        (with_milestones(production_needed=None), "GR-02", None),
        (with_project(products=["ce"]), "GR-02", None),  # it is not asked
        (with_project(has_active_estimate=False), "FO-01", "no"),
        (with_project(has_active_estimate=None), "FO-01", None),
        (with_project(production_version="10.0.42"), "FO-03", "no"),
        (with_project(production_version=""), "FO-03", None),
        (with_project(uat_signed_version=""), "FO-03", None),
        (with_project(uat_signed_version=""), "SA-02", None),
    ],
)
def test_what_is_not_known_is_not_offered(facts, asked, value):
    assert known(facts).get(asked) == value


def test_a_project_of_which_nothing_is_known_is_offered_nothing():
    assert known(RiskFacts(TODAY)) == {}


def test_every_offer_is_an_answer_that_its_question_takes():
    for key, one in known_answers(Judge(whole(), with_project(has_active_estimate=False))).items():
        asked = whole().question(key)
        assert one.content.value in asked.choices or (asked.answer == "date" and one.content.value == known()[key])
        assert one.known_from


def one_prefill(answer, value, **keys):
    table = {"question": "AA-01", "value": value, "known_from": "the plan"} | keys
    return {"01-a.toml": topic("AA", question("AA-01", answer)), "prefill.toml": {"prefill": [table]}}


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        (one_prefill("date", "milestone.go_live", mood="x"), "prefill AA-01.mood: unknown key"),
        (one_prefill("date", "milestone.go_live", question="ZZ-01"), "prefill ZZ-01: 'ZZ-01' is not one of"),
        (one_prefill("yn", "milestone.go_live"), "prefill AA-01.value: a date is no answer to this question"),
        (one_prefill("date", "project.user_count"), "prefill AA-01.value: a number is no answer to this question"),
        (one_prefill("yn", 'project.onboarded ? "sure" : ""'), "prefill AA-01.value: 'sure' is no answer"),
        (one_prefill("yn", "project.onboarded"), "prefill AA-01.value: a milestone, a count of the project or"),
        (one_prefill("date", "milestone.golive"), "prefill AA-01.value: unknown variable milestone.golive"),
        (one_prefill("yn", 'answer("AA-01")'), "prefill AA-01.value: unknown function answer"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path, files, complaint):
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(write(tmp_path / "v", files))

    assert str(caught.value).startswith(f"prefill.toml: {complaint}")


def test_a_count_of_the_project_answers_a_number(tmp_path):
    found = read_catalogue(write(tmp_path / "v", one_prefill("number", "project.user_count")))

    answers = known_answers(Judge(found, RiskFacts(TODAY, {}, {"user_count": 120})))

    assert {key: one.content.value for key, one in answers.items()} == {"AA-01": 120.0}


def one_hint(**keys):
    table = {"question": "AA-01", "text": "Ask the users."} | keys
    return {"01-a.toml": topic("AA", question("AA-01", "yn")), "hints.toml": {"hint": [table]}}


def test_a_hint_helps_with_its_question_and_a_mistake_is_named(tmp_path):
    assert read_catalogue(write(tmp_path / "v", one_hint())).hints == {"AA-01": "Ask the users."}
    for keys, complaint in (({"question": "ZZ-01"}, "'ZZ-01' is not one of"), ({"text": ""}, "is empty")):
        with pytest.raises(CatalogueError) as caught:
            read_catalogue(write(tmp_path / "w", one_hint(**keys)))
        assert complaint in str(caught.value)
