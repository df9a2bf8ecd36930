"""What answers predict: every rule of the published version fires and falls silent; what is missing skips a rule."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golive.core.expressions import ExpressionFailed
from projects.checklist.rules.answers import NO_ANSWER, AnswerContent
from projects.checklist.rules.catalogue import catalogue, read_catalogue
from projects.checklist.rules.risks import RiskFacts, project_risks, visible_questions
from tests.projects.checklist.catalogue_files import question, risk, topic, whole, write
from tests.projects.checklist.whole import predict

TODAY = date(2026, 11, 21)
LIVE = date(2027, 1, 20)
FACTS = RiskFacts(TODAY, {"go_live": LIVE})
GOOD = {"GR-01": LIVE, "CU-01": ("none",), "SC-02": "yes", "UA-10": "yes", "PF-12": 100.0}


def contents(**values):
    return {key.replace("_", "-"): AnswerContent(value=value) for key, value in values.items()}


def fired(found, answers, facts=FACTS):
    return [(one.rule, one.severity) for one in predict(found, answers, facts)]


def test_good_answers_raise_nothing_and_are_praised():
    found = predict(catalogue(), {key: AnswerContent(value=value) for key, value in GOOD.items()}, FACTS)

    assert [(one.rule, one.kind, one.severity) for one in found] == [
        ("CU-01/assertion", "assertion", ""),
        ("SC-02/assertion", "assertion", ""),
        ("UA-10/assertion", "assertion", ""),
        ("PF-12/assertion", "assertion", ""),
    ]


BAD = {
    "GR-01/1": ("GR-01", date(2027, 1, 21), "high"),
    "GR-01/2": ("GR-01", date(2026, 12, 18), "high"),
    "GR-01/3": ("GR-01", date(2026, 11, 20), "critical"),
    "CU-01/1": ("CU-01", ("no_plan_yet", "order", "stand_ins"), "critical"),
    "CU-01/2": ("CU-01", ("order", "stand_ins"), "high"),
    "CU-01/3": ("CU-01", ("stand_ins",), "medium"),
    "SC-02/1": ("SC-02", "no", "critical"),
    "SC-02/2": ("SC-02", "partly", "high"),
    "UA-10/1": ("UA-10", "no", "high"),
    "UA-10/2": ("UA-10", "partly", "high"),
    "PF-12/1": ("PF-12", 79.9, "high"),
    "PF-12/2": ("PF-12", 80.0, "medium"),
}


def test_the_table_knows_every_rule():
    assert set(BAD) == {rule.id for one in catalogue().questions.values() for rule in one.rules}


@pytest.mark.parametrize("rule", BAD)
def test_every_rule_fires_alone(rule):
    asked, value, severity = BAD[rule]
    # Under GR-01 the milestone agrees, so that only time can be the matter; but for the rule about the milestone.
    live = value if rule in {"GR-01/2", "GR-01/3"} else LIVE

    assert fired(catalogue(), {asked: AnswerContent(value=value)}, RiskFacts(TODAY, {"go_live": live})) == [
        (rule, severity)
    ]


def test_a_rule_without_its_milestone_is_skipped():
    other = {"GR-01": AnswerContent(value=date(2027, 2, 1))}

    assert fired(catalogue(), other, RiskFacts(TODAY, {"go_live": LIVE})) == [("GR-01/1", "high")]
    assert fired(catalogue(), other, RiskFacts(TODAY, {"go_live": None})) == []
    assert fired(catalogue(), other, RiskFacts(TODAY)) == []


def test_not_known_yet_is_a_medium_risk_of_its_own():
    unknown = {"GR-01": AnswerContent(unknown=True), "PF-12": AnswerContent(unknown=True)}

    found = predict(catalogue(), unknown, FACTS)

    assert [(one.rule, one.kind, one.severity, one.owner) for one in found] == [
        ("GR-01/unknown", "risk", "medium", "project_manager"),
        ("PF-12/unknown", "risk", "medium", "technical_lead"),
    ]


def test_a_finding_says_what_it_read():
    (one,) = predict(catalogue(), {"GR-01": AnswerContent(value=date(2027, 2, 1))}, FACTS)

    assert (one.topic, one.question, one.reads) == ("GR", "GR-01", ("GR-01", "milestone.go_live"))
    assert (one.finding[:6], one.mitigation[:7]) == ("The da", "Correct")


@settings(max_examples=40)
@given(st.fixed_dictionaries({}, optional={key: st.booleans() for key in GOOD}))
def test_of_a_question_at_most_one_finding_stands(picked):
    bad = {asked: value for asked, value, _ in BAD.values()}
    answers = {key: AnswerContent(value=GOOD[key] if good else bad[key]) for key, good in picked.items()}

    found = predict(catalogue(), answers, FACTS)

    raised = [one.question for one in found if one.kind != "assertion"]
    assert raised == [key for key in GOOD if picked.get(key) is False]


# --- the whole format


@pytest.fixture
def full(tmp_path):
    return read_catalogue(write(tmp_path / "v", whole()))


FO = RiskFacts(TODAY, {"go_live": LIVE}, {"products": ["fo"], "user_count": 10})


def test_a_rule_that_asks_a_blank_answer_is_skipped(full):
    blank = {"AA-06": AnswerContent(value="said"), "AA-03": AnswerContent(value=5.0)}

    assert fired(full, blank) == []
    assert fired(full, blank | {"AA-04": AnswerContent(unknown=True)}) == [("AA-04/unknown", "medium")]
    assert fired(full, blank | {"AA-04": AnswerContent(value=6.0)}) == [("AA-03/1", "high")]
    (one,) = predict(full, blank | {"AA-04": AnswerContent(value=6.0)}, FACTS)
    assert one.reads == ("AA-03", "AA-04")


@pytest.mark.parametrize("content", [NO_ANSWER, AnswerContent(unknown=True)])
def test_a_rule_about_blank_fires_on_no_answer_and_on_not_known_yet(full, content):
    assert fired(full, {"AA-06": content}) == [("AA-06/1", "low")]
    assert fired(full, {"AA-06": AnswerContent(value="na")}) == []


def test_not_applicable_raises_nothing(full):
    assert fired(full, contents(AA_05="na", AA_06="said")) == []
    assert fired(full, contents(AA_05="partly", AA_06="said")) == [("AA-05/1", "high")]


def test_the_most_severe_of_a_question_stands(full):
    assert fired(full, contents(AA_02=("order",), AA_06="x")) == [("AA-02/1", "medium")]
    assert fired(full, contents(AA_02=("order", "owners"), AA_06="x")) == [("AA-02/2", "critical")]


def test_a_rule_without_its_fact_is_skipped(full):
    bad = contents(BB_04="no", AA_06="x")

    assert fired(full, bad, FO) == [("BB-04/1", "high")]
    assert fired(full, bad, RiskFacts(TODAY, {}, {"products": ["fo"]})) == []


def test_business_days_follow_the_country_of_the_programme(full):
    # From Saturday 21 November to Tuesday 1 December: seven business days, six where Thanksgiving rests.
    bad = contents(BB_05=date(2026, 12, 1), AA_06="x")

    assert fired(full, bad, RiskFacts(TODAY, {"go_live": LIVE}, {"products": ["fo"]}, "GB")) == []
    american = RiskFacts(TODAY, {"go_live": LIVE}, {"products": ["fo"]}, "US")
    assert fired(full, bad, american) == [("BB-05/1", "high")]


def test_hidden_questions_raise_nothing_and_answer_nothing(full):
    bad = contents(BB_01="two", AA_06="x")

    assert fired(full, bad, FO) == [("BB-01/1", "high")]
    assert fired(full, bad, RiskFacts(TODAY, {}, {"products": ["ce"]})) == []


def test_what_is_shown_follows_facts_and_dates(full):
    def shown(facts):
        return [one.id for one in visible_questions(full, facts) if one.topic == "BB"]

    always = ["BB-01", "BB-03", "BB-04", "BB-05"]
    assert shown(FO) == always
    assert shown(RiskFacts(TODAY, {"go_live": date(2026, 11, 30)}, {"products": ["fo"]})) == sorted([*always, "BB-02"])
    assert shown(RiskFacts(TODAY, {}, {"products": ["ce"]})) == []
    assert shown(RiskFacts(TODAY)) == always  # which products is not known yet: nothing is hidden for that


def test_facts_of_the_project_raise_findings_without_an_answer(full):
    def raised(**project):
        return [(one.rule, one.topic, one.question) for one in project_risks(full, RiskFacts(TODAY, {}, project))]

    assert raised(production_location="North", sandbox_locations=["North", "West"]) == [("PR-01", "AA", "")]
    assert raised(production_location="North", sandbox_locations=["North"]) == []
    assert raised(production_location="", sandbox_locations=["West"]) == []
    assert raised(production_location="North") == []


def test_a_rule_that_meets_the_wrong_kind_of_value_is_loud(tmp_path):
    wrong = topic("AA", question("AA-01", "number", risk=[risk(when="value > today")]))
    found = read_catalogue(write(tmp_path / "v", {"01-a.toml": wrong}))

    with pytest.raises(ExpressionFailed):
        predict(found, contents(AA_01=1.0), FACTS)
