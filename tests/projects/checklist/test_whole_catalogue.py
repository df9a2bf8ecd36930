"""The whole checklist: its topics in their order, the texts of each, who is asked what, and what is a must."""

from datetime import date, timedelta

import pytest

from projects.checklist.rules.risks import visible_questions
from tests.projects.checklist.whole import FACTS, LAST_DAYS, TODAY, raised, whole, with_project

pytestmark = pytest.mark.once
ELEVEN = [
    "Go-live readiness",
    "Cutover",
    "Solution scope",
    "Solution acceptance",
    "User acceptance test",
    "Performance test",
    "System integration test",
    "Data migration",
    "External dependencies",
    "Change readiness",
    "Operational support",
]
ASKED_BY_TOPIC = {
    "GR": 7,
    "CU": 14,
    "SC": 8,
    "SA": 6,
    "UA": 12,
    "PF": 12,
    "SI": 10,
    "DM": 11,
    "EX": 6,
    "CM": 14,
    "OS": 11,
    "PE": 7,
    "FO": 14,
    "CE": 8,
}
TEXTS = ("looks_at", "why", "good", "if_missed", "way_back")
BARE = dict.fromkeys(("has_customizations", "has_isv", "has_integrations", "has_dual_write"), False)


def asked(facts):
    return [one.id for one in visible_questions(whole(), facts)]


def topics(facts):
    return list(dict.fromkeys(one.topic for one in visible_questions(whole(), facts)))


@pytest.mark.req("S4-3")
def test_the_eleven_topics_stand_in_their_order_and_three_follow():
    names = [topic.name for topic in whole().topics]

    assert names[:11] == ELEVEN
    assert [topic.id for topic in whole().topics] == list(ASKED_BY_TOPIC)


def test_all_140_questions_are_there():
    assert {topic.id: len(topic.questions) for topic in whole().topics} == ASKED_BY_TOPIC
    assert len(whole().questions) == 140
    assert asked(LAST_DAYS) == list(whole().questions)


@pytest.mark.req("S4-4")
@pytest.mark.parametrize(
    ("products", "last"),
    [(["fo"], ["PE", "FO"]), (["ce"], ["PE", "CE"]), (["fo", "ce"], ["PE", "FO", "CE"]), ([], ["OS", "PE"])],
)
def test_each_product_brings_its_own_topic(products, last):
    assert topics(with_project(products=products))[-len(last) :] == last


@pytest.mark.req("S4-4")
def test_single_questions_of_a_product_are_asked_where_it_is_there():
    fo, ce = (asked(with_project(products=[product])) for product in ("fo", "ce"))

    assert [key for key in fo if key not in ce and not key.startswith("FO")] == ["GR-02", "PF-06"]
    assert [key for key in ce if key not in fo and not key.startswith("CE")] == []


def test_products_that_are_not_known_yet_hide_nothing():
    assert topics(with_project(products=None)) == list(ASKED_BY_TOPIC)


@pytest.mark.parametrize(
    ("facts", "hidden"),
    [
        (BARE | {"products": ["fo", "ce"]}, ["SC-06", "SC-07", "SI-04", "SI-08", "FO-07", "FO-08", "FO-09", "FO-13"]),
        ({"has_customizations": False}, ["FO-07", "FO-09"]),
        ({"has_integrations": False}, ["SC-07"]),
        ({"has_dual_write": False}, ["FO-13"]),
        ({"upgrade_from": "none"}, ["FO-14"]),
    ],
)
def test_what_a_project_does_not_have_is_not_asked(facts, hidden):
    known = with_project(**facts)

    assert [key for key in asked(FACTS) if key not in asked(known)] == hidden


@pytest.mark.req("S4-81")
@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({"products": ["fo"]}, False),
        ({"products": ["fo"], "has_integrations": True}, True),
        ({"products": ["fo"], "has_dual_write": True}, True),
        ({"products": ["fo"], "has_isv": True}, True),
        ({"products": ["fo", "ce"]}, True),
    ],
)
def test_integration_is_tested_also_without_outside_systems(facts, shown):
    assert ("SI" in topics(with_project(**BARE | facts))) is shown


@pytest.mark.req("S4-81")
def test_the_topic_speaks_of_the_own_apps_as_well_as_of_outside_systems():
    assert whole().topic("SI").looks_at == "The joints of the solution: among its own apps and with everything outside."


@pytest.mark.req("S4-5")
@pytest.mark.parametrize("topic", whole().topics, ids=lambda one: one.id)
def test_every_topic_has_its_five_texts(topic):
    texts = [getattr(topic, name) for name in TEXTS]

    assert all(len(text) > 20 for text in texts)
    assert len(set(texts)) == 5


@pytest.mark.req("S4-82")
def test_every_topic_leads_further():
    further = {topic.id: topic.learn_more for topic in whole().topics}

    assert all(further.values())
    said = "; ".join(line for lines in further.values() for line in lines)
    for subject in ("Testing strategy", "Integration", "Data management", "Training", "Move to support", "Service"):
        assert subject in said


@pytest.mark.req("S4-1")
def test_what_is_a_must_and_what_is_good_practice_are_told_apart():
    natures = {one.id: one.nature for one in whole().questions.values()}

    assert (list(natures.values()).count("required"), list(natures.values()).count("advised")) == (100, 40)
    assert {natures[key] for key in ("GR-01", "SC-02", "SA-02", "UA-10", "PF-08", "SI-09", "DM-08")} == {"required"}
    assert {natures[key] for key in ("GR-06", "CU-08", "PF-05", "CM-06", "OS-05", "CE-07")} == {"advised"}


def test_the_five_signatures_stay_apart_each_with_its_own_evidence():
    signatures = ("SC-02", "SA-02", "UA-10", "PF-08", "SI-09")

    assert {whole().question(key).topic for key in signatures} == {"SC", "SA", "UA", "PF", "SI"}
    assert all(whole().question(key).evidence for key in signatures)


@pytest.mark.req("S4-22")
@pytest.mark.parametrize(
    ("value", "facts", "found"),
    [
        ("big_bang", {}, {"SC-05/1": "high"}),
        ("big_bang", {"integration_count": 4}, {"SC-05/2": "low"}),
        ("big_bang", {"has_customizations": False}, {"SC-05/2": "low"}),
        ("phased", {}, {}),
        ("pilot_then_rollout", {}, {}),
    ],
)
def test_a_big_switch_of_much_that_is_new_asks_for_strong_support(value, facts, found):
    rule = whole().question("SC-05").rules[0]

    assert raised({"SC-05": value}, with_project(**facts)) == found
    assert "Strengthen support, define escalation" in rule.mitigation


@pytest.mark.req("S4-30")
def test_acceptance_that_is_not_complete_is_weighed_and_stops_nothing_by_itself():
    """A few cases that matter to nobody are low; what day one needs and cannot bridge is critical."""
    running = {"UA-02": TODAY + timedelta(days=4), "UA-10": "partly"}

    assert raised({**running, "UA-03": 98.0, "UA-11": "minor_only"}) == {
        "UA-02/2": "low",
        "UA-03/4": "low",
        "UA-10/3": "high",
    }
    assert raised({"UA-11": "important_with_workaround"}) == {"UA-11/2": "medium"}
    assert raised({"UA-11": "important_without_workaround"}) == {"UA-11/1": "critical"}


@pytest.mark.req("S4-53")
@pytest.mark.parametrize(
    ("ended", "found"),
    [(date(2026, 10, 11), {}), (date(2026, 10, 12), {}), (date(2026, 10, 13), {"SI-01/1": "high"})],
)
def test_integration_is_tested_before_users_test(ended, found):
    assert raised({"SI-01": ended, "UA-01": date(2026, 10, 12)}) == found
    assert "before UAT, at near-peak volume" in whole().topic("SI").way_back
