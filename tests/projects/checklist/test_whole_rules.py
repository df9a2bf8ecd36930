"""Every rule of the whole checklist fires on an answer of its own and is silent on good ones; and every convention."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.checklist.rules.answers import AnswerContent
from projects.checklist.rules.risks import visible_questions
from tests.projects.checklist.whole import (
    FACTS,
    LAST_DAYS,
    LIVE,
    TODAY,
    good,
    good_answers,
    predict,
    raised,
    whole,
    with_milestones,
    with_project,
)
from tests.scale import times

pytestmark = pytest.mark.once
DAY = timedelta(days=1)
FO_ONLY = with_project(products=["fo"])

# What makes a rule with a condition fire, beside otherwise good answers.
CONDITIONS = {
    "GR-01/1": ({"GR-01": LIVE + DAY}, FACTS),
    "GR-01/2": ({"GR-01": TODAY + 27 * DAY}, with_milestones(go_live=TODAY + 27 * DAY)),
    "GR-01/3": ({"GR-01": TODAY - DAY}, with_milestones(go_live=TODAY - DAY)),
    "GR-02/1": ({"GR-02": LIVE + DAY}, FACTS),
    "GR-02/2": ({"GR-02": date(2026, 12, 8)}, FACTS),
    "GR-03/1": ({"GR-03": 0.0}, FACTS),
    "CU-03/1": ({"CU-03": 29.0}, FACTS),
    "CU-03/2": ({"CU-03": 49.0}, FACTS),
    "CU-04/1": ({"CU-04": 33.0}, FACTS),
    "CU-05/1": ({"CU-05": 0.0}, FACTS),
    "CU-05/2": ({"CU-05": 1.0}, FACTS),
    "CU-11/1": ({"CU-11": None}, FACTS),
    "SC-01/1": ({"SC-01": None}, FACTS),
    "SC-05/1": ({"SC-05": "big_bang"}, FACTS),
    "SC-06/1": ({"SC-06": None}, FACTS),
    "SC-07/1": ({"SC-07": None}, FACTS),
    "SC-08/1": ({"SC-08": None}, FACTS),
    "SA-03/1": ({"SA-03": 1.0}, FACTS),
    "SA-04/1": ({"SA-04": LIVE - 6 * DAY}, FACTS),
    "SA-04/2": ({"SA-04": None}, FACTS),
    "SA-06/1": ({"SA-06": 1.0}, FACTS),
    "UA-01/1": ({"UA-01": None}, FACTS),
    "UA-02/1": ({"UA-02": LIVE - 13 * DAY}, FACTS),
    "UA-02/2": ({"UA-02": TODAY + DAY}, FACTS),
    "UA-03/1": ({"UA-03": 74.0}, FACTS),
    "UA-03/2": ({"UA-03": 74.0, "UA-02": TODAY + DAY}, FACTS),
    "UA-03/3": ({"UA-03": 94.0}, FACTS),
    "UA-03/4": ({"UA-03": 95.0}, FACTS),
    "UA-07/3": ({"UA-07": "dataverse_sandbox"}, FO_ONLY),
    "UA-10/1": ({"UA-10": "no"}, FACTS),
    "UA-10/2": ({"UA-10": "no", "UA-02": TODAY + DAY}, FACTS),
    "PF-03/1": ({"PF-03": LIVE - 13 * DAY}, FACTS),
    "PF-04/3": ({"PF-04": "other"}, FACTS),
    "PF-06/1": ({"PF-06": 81.0}, FACTS),
    "PF-10/1": ({"PF-10": 1.0}, FACTS),
    "PF-12/1": ({"PF-12": 79.0}, FACTS),
    "PF-12/2": ({"PF-12": 99.0}, FACTS),
    "SI-01/1": ({"SI-01": date(2026, 10, 13)}, FACTS),
    "SI-01/2": ({"SI-01": TODAY + DAY}, FACTS),
    "SI-07/1": ({"SI-07": 72_001.0}, FACTS),
    "SI-07/2": ({"SI-07": None}, FACTS),
    "DM-02/1": ({"DM-02": 0.0}, FACTS),
    "DM-02/2": ({"DM-02": 1.0}, FACTS),
    "DM-03/1": ({"DM-03": 41.0}, FACTS),
    "DM-03/2": ({"DM-03": None}, FACTS),
    "DM-09/1": ({"DM-09": None}, FACTS),
    "DM-09/2": ({"DM-09": 1_000_001.0}, FACTS),
    "CM-01/1": ({"CM-01": None}, FACTS),
    "CM-01/2": ({"CM-01": TODAY - 61 * DAY}, FACTS),
    "CM-02/1": ({"CM-02": 79.0}, FACTS),
    "CM-02/2": ({"CM-02": 99.0}, FACTS),
    "CM-03/1": ({"CM-03": LIVE + DAY}, FACTS),
    "CM-03/2": ({"CM-03": LIVE - 46 * DAY}, FACTS),
    "CM-13/1": ({"CM-13": 79.0}, LAST_DAYS),
    "CM-13/2": ({"CM-13": 99.0}, LAST_DAYS),
    "FO-14/1": ({"FO-14": ("collation", "attachments", "code_freeze", "setup_freeze")}, FACTS),
}


def lists_of(rule):
    """One answer of those that raise it; in a list it stands alone."""
    question = whole().question(rule.id.partition("/")[0])
    return {question.id: (rule.on[0],) if question.answer == "multi" else rule.on[0]}


ALL = {rule.id: rule for one in whole().questions.values() for rule in one.rules}


@pytest.mark.parametrize("rule", ALL.values(), ids=ALL)
def test_every_rule_fires_on_an_answer_of_its_own(rule):
    changes, facts = CONDITIONS.get(rule.id) or (lists_of(rule), FACTS)
    # SC-05: the lower of its two rules is for a switch that is neither customised nor much integrated.
    if rule.id == "SC-05/2":
        facts = with_project(integration_count=1)

    assert raised(changes, facts).get(rule.id) == rule.severity
    assert rule.id not in raised(facts=facts)


def test_the_table_knows_every_rule_with_a_condition():
    assert CONDITIONS.keys() - {"UA-10/2"} == {key for key, rule in ALL.items() if rule.when}


def test_good_answers_raise_nothing_and_every_strength_is_praised():
    found = predict(whole(), good_answers(), FACTS)

    strengths = {f"{one.id}/assertion" for one in whole().questions.values() if one.assertion}
    assert raised() == {}
    assert {one.rule for one in found} == strengths


@pytest.mark.parametrize(
    "question", [one for one in whole().questions.values() if one.answer == "ynpa"], ids=lambda one: one.id
)
def test_not_applicable_raises_nothing(question):
    assert raised({question.id: "na"}) == {}


def test_not_known_yet_raises_the_rule_about_blank_or_a_medium_risk_and_is_never_silent():
    for question in (one for one in whole().questions.values() if one.may_be_unknown):
        answers = good_answers() | {question.id: AnswerContent(unknown=True)}
        facts = LAST_DAYS if question.id == "CM-13" else FACTS

        found = {one.question: one for one in predict(whole(), answers, facts) if one.kind != "assertion"}

        about_blank = [rule for rule in question.rules if rule.about_blank]
        expected = about_blank[0] if about_blank else None
        assert found[question.id].rule == (expected.id if expected else f"{question.id}/unknown")
        assert found[question.id].severity == (expected.severity if expected else "medium")


def test_a_blank_answer_raises_only_rules_about_blank():
    blank = predict(whole(), {}, FACTS)

    assert {one.rule for one in blank} == {key for key, rule in ALL.items() if rule.about_blank}


def test_a_rule_that_needs_a_blank_answer_a_date_or_a_fact_is_skipped():
    assert raised({"CU-03": 29.0, "CU-04": None}) == {}
    assert raised({"DM-03": 41.0, "CU-03": None}) == {}
    assert raised({"SI-01": date(2026, 10, 13), "UA-01": None}) == {"UA-01/1": "medium"}
    assert raised({"GR-01": LIVE + DAY}, with_milestones(go_live=None)) == {}
    assert raised({"SI-07": 72_001.0}, with_project(integration_limit_per_hour=None)) == {}
    assert raised({"SC-05": "big_bang"}, with_project(integration_count=None)) == {"SC-05/2": "low"}


def test_a_rule_that_asks_a_hidden_question_is_skipped():
    """SIT after UAT is nobody's finding in a project that has no joints at all."""
    alone = with_project(has_integrations=False, has_dual_write=False, has_isv=False, products=["fo"])

    assert "SI-01/2" in raised({"SI-01": TODAY + DAY})
    assert raised({"SI-01": TODAY + DAY}, alone) == {}


def test_of_several_rules_of_a_question_the_most_severe_stands():
    assert raised({"CU-01": ("stand_ins", "order", "no_plan_yet")}) == {"CU-01/1": "critical"}
    assert raised({"UA-02": LIVE - 13 * DAY}) == {"UA-02/1": "high"}
    assert raised({"CU-14": ("freeze", "switch_off")}) == {"CU-14/1": "high"}


def test_only_what_restates_the_plan_is_not_material():
    """Changing these never ends a clearance: there the tolerance of the go-live date counts."""
    raising = {one.id for one in whole().questions.values() if one.rules}

    assert raising - {one.id for one in whole().questions.values() if one.material} == {"GR-01", "GR-02"}


def test_how_far_training_is_is_asked_only_in_the_last_days():
    def asked(facts):
        return "CM-13" in [one.id for one in visible_questions(whole(), facts)]

    assert [asked(replace(FACTS, today=LIVE - n * DAY)) for n in (51, 10, 9, 0)] == [False, False, True, True]
    assert raised({"CM-13": 10.0}) == {}
    assert raised({"CM-13": 10.0}, LAST_DAYS)["CM-13/1"] == "high"


@settings(max_examples=times(100), deadline=None)
@given(st.data())
def test_however_it_is_answered_a_question_has_at_most_one_finding(data):
    picked = data.draw(st.dictionaries(st.sampled_from(sorted(ALL)), st.just(True), max_size=40))
    changes = dict(chain.from_iterable((CONDITIONS.get(key) or (lists_of(ALL[key]), 0))[0].items() for key in picked))

    found = [one.rule.partition("/")[0] for one in predict(whole(), good_answers(changes), FACTS) if one.severity]

    assert len(found) == len(set(found))
    assert set(found) <= set(changes) | {"SI-01", "CU-03", "CU-04", "DM-03", "UA-03", "UA-10"}
    assert all(good(whole().question(key)) != changes[key] for key in set(found) & set(changes))
