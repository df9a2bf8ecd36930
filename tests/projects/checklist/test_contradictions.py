"""Each contradiction stands on a bad pair and on nothing else; what is said of it lapses with what it was said of."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golive.core.catalogue import CatalogueError
from projects.checklist.rules.answers import AnswerContent
from projects.checklist.rules.catalogue import read_catalogue
from projects.checklist.rules.contradictions import contraries, known_risks, unsettled
from projects.checklist.rules.risks import Judge
from tests.projects.checklist.catalogue_files import question, topic, write
from tests.projects.checklist.whole import (
    FACTS,
    LAST_DAYS,
    LIVE,
    TODAY,
    good_answers,
    predict,
    whole,
    with_milestones,
    with_project,
)
from tests.scale import times

pytestmark = pytest.mark.once
DAY = timedelta(days=1)
LATER = TODAY + DAY
OLD_VERSION = with_project(uat_signed_version="10.0.40")
BAD = {
    "CO-01": ({"SI-01": date(2026, 10, 13)}, FACTS),
    "CO-02": ({"UA-07": "developer_or_demo"}, FACTS),
    "CO-03": ({"PF-04": "local_or_private_vm"}, FACTS),
    "CO-04": ({"CM-03": LIVE + DAY}, FACTS),
    "CO-05": ({"DM-03": 41.0}, FACTS),
    "CO-06": ({"GR-01": LIVE + DAY, "SA-04": date(2027, 1, 8)}, FACTS),
    "CO-07": ({"CU-04": 41.0}, FACTS),
    "CO-08": ({"UA-02": date(2026, 10, 11)}, FACTS),
    "CO-09": ({"UA-02": LATER}, FACTS),
    "CO-10": ({"UA-11": "important_without_workaround", "UA-03": 99.0}, FACTS),
    "CO-11": ({"SA-03": 1.0}, FACTS),
    "CO-12": ({"UA-11": "minor_only"}, FACTS),
    "CO-13": ({"UA-03": 99.0}, FACTS),
    "CO-14": ({"UA-10": "no"}, FACTS),
    "CO-15": ({"PF-10": 1.0}, FACTS),
    "CO-16": ({"PF-02": "no"}, FACTS),
    "CO-17": ({"PF-03": LATER}, FACTS),
    "CO-18": ({"SI-01": LATER, "UA-01": LATER, "UA-02": LATER, "UA-10": "partly"}, FACTS),
    "CO-19": ({"DM-02": 0.0, "DM-03": 0.0}, FACTS),
    "CO-20": ({"DM-02": 0.0, "DM-08": "partly"}, FACTS),
    "CO-21": ({"DM-01": "na"}, FACTS),
    "CO-22": ({"CU-01": ("no_plan_yet",), "CU-05": 0.0}, FACTS),
    "CO-23": ({"CU-01": ("no_plan_yet",), "CU-02": "no"}, FACTS),
    "CO-24": ({"GR-02": LIVE + DAY}, FACTS),
    "CO-25": ({"SA-04": LIVE}, FACTS),
    "CO-26": ({"PF-04": "production"}, FACTS),
    "CO-27": ({"EX-01": "na"}, FACTS),
    "CO-28": ({}, OLD_VERSION),
    "CO-29": ({"CM-13": 100.0, "CM-02": 99.0}, LAST_DAYS),
}
ALL = {one.id: one for one in whole().contradictions}


def standing(answers, facts=FACTS, said=None):
    fired = {one.rule for one in predict(whole(), answers, facts)}
    return contraries(Judge(whole(), facts).hear(answers), facts, fired=fired, said=said or {})


def ids(answers, facts=FACTS, said=None):
    return [one.id for one in standing(answers, facts, said)]


def test_there_are_more_than_twenty_and_each_names_what_to_mend():
    assert list(BAD) == list(ALL)
    assert all(set(one.fix) & one.when.answers for one in ALL.values())


@pytest.mark.parametrize("which", BAD)
def test_each_stands_on_a_bad_pair_alone(which):
    changes, facts = BAD[which]

    assert ids(good_answers(changes), facts) == [which]


@pytest.mark.parametrize("facts", [FACTS, LAST_DAYS], ids=["early", "last days"])
def test_good_answers_and_blanks_contradict_nothing(facts):
    assert ids(good_answers(), facts) == []
    assert ids({}, facts) == []
    assert ids({key: AnswerContent(unknown=True) for key in whole().questions}, facts) == []


@pytest.mark.parametrize("which", BAD)
def test_each_is_silent_while_one_of_its_answers_is_blank(which):
    changes, facts = BAD[which]

    for asked in ALL[which].when.answers:
        assert which not in ids(good_answers({**changes, asked: None}), facts)


def test_each_is_silent_while_its_date_or_fact_is_not_known():
    assert ids(good_answers(BAD["CO-06"][0]), with_milestones(go_live=None)) == []
    assert ids(good_answers({"EX-01": "na"}), with_project(has_isv=None, has_integrations=None)) == []


@settings(max_examples=times(200), deadline=None)
@given(st.sets(st.sampled_from(sorted(whole().questions)), max_size=140))
def test_however_many_good_answers_are_missing_nothing_contradicts(blank):
    assert ids(good_answers(dict.fromkeys(blank))) == []


RAISED_BY = {key: one.raised_by for key, one in ALL.items() if one.raised_by}


@pytest.mark.parametrize("which", RAISED_BY)
def test_what_a_rule_raises_already_is_told_apart(which):
    (one,) = standing(good_answers(BAD[which][0]), BAD[which][1])

    assert one.raised


@pytest.mark.parametrize("which", [key for key in BAD if key not in RAISED_BY])
def test_what_no_rule_raises_becomes_a_risk_only_when_somebody_raises_it(which):
    (one,) = standing(good_answers(BAD[which][0]), BAD[which][1])

    assert not one.raised


def said_of(one, stand="explained"):
    return {one.id: {"stand": stand, "text": "We know.", "seen": one.seen, "by": "uid", "at": "now", "revision": 1}}


def test_what_is_said_settles_it_until_an_answer_changes():
    bad = good_answers({"UA-02": date(2026, 10, 11)})
    (one,) = standing(bad)
    said = said_of(one)

    other = good_answers({"UA-02": date(2026, 10, 10)})
    (now,), (then,) = standing(bad, said=said), standing(other, said=said)

    assert (unsettled([one]), unsettled([now]), unsettled([then])) == (("CO-08",), (), ("CO-08",))
    assert (one.revision, now.revision, then.revision) == (0, 1, 1)


def test_what_is_said_lapses_when_a_date_or_a_fact_changes_and_not_when_a_day_passes():
    plan, fact = good_answers(BAD["CO-06"][0]), good_answers()
    (late,), (version,) = standing(plan), standing(fact, OLD_VERSION)

    moved = standing(plan, with_milestones(go_live=LIVE + 2 * DAY), said_of(late))
    newer = standing(fact, with_project(uat_signed_version="10.0.39"), said_of(version))
    tomorrow = standing(plan, replace(FACTS, today=TODAY + DAY), said_of(late))

    assert [unsettled(found) for found in (moved, newer, tomorrow)] == [("CO-06",), ("CO-28",), ()]


def test_a_note_beside_an_answer_does_not_make_what_was_said_lapse():
    bad = good_answers({"UA-02": date(2026, 10, 11)})
    (one,) = standing(bad)
    noted = bad | {"UA-02": replace(bad["UA-02"], note="As told on Monday.")}

    assert unsettled(standing(noted, said=said_of(one))) == ()


def test_raised_as_a_known_risk_it_is_one_once():
    own, already = good_answers({"UA-02": LATER}), good_answers({"SA-03": 1.0})
    (mine,), (theirs,) = standing(own), standing(already)

    ((risk, text),) = known_risks(standing(own, said=said_of(mine, "raised")))

    assert (risk.rule, risk.question, risk.topic, risk.severity, text) == ("CO-09", "UA-10", "UA", "high", "We know.")
    assert known_risks(standing(own, said=said_of(mine))) == ()
    assert known_risks(standing(already, said=said_of(theirs, "raised"))) == ()


def one_contradiction(**keys):
    made = {"id": "CO-01", "says": "S.", "when": 'answer("AA-01") > answer("AA-02")', "fix": ["AA-01"], "basis": "P"}
    words = {"kind": "risk", "severity": "high", "finding": "F", "mitigation": "M", "owner": "sponsor"}
    return {
        "01-a.toml": topic("AA", question("AA-01", "date"), question("AA-02", "date")),
        "contradictions.toml": {"contradiction": [made | words | keys]},
    }


@pytest.mark.parametrize(
    ("keys", "complaint"),
    [
        ({"mood": "x"}, "contradictions.toml: contradiction CO-01.mood: unknown key"),
        ({"kind": "assertion"}, "contradictions.toml: contradiction CO-01.kind: 'assertion' is not one of"),
        ({"severity": "huge"}, "contradictions.toml: contradiction CO-01.severity: 'huge' is not one of"),
        ({"owner": "me"}, "contradictions.toml: contradiction CO-01.owner: 'me' is not one of"),
        ({"when": "value > today"}, "contradictions.toml: contradiction CO-01.when: unknown variable value"),
        ({"when": 'answer("ZZ-01") > today'}, "contradictions.toml: contradiction CO-01: 'ZZ-01' is not one of"),
        ({"fix": ["ZZ-01"]}, "contradictions.toml: contradiction CO-01: 'ZZ-01' is not one of"),
        ({"fix": []}, "contradictions.toml: contradiction CO-01.fix: is empty"),
        ({"raised_by": "AA-01/9"}, "contradictions.toml: contradiction CO-01.raised_by: 'AA-01/9' is not one of"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path, keys, complaint):
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(write(tmp_path / "v", one_contradiction(**keys)))

    assert str(caught.value).startswith(complaint)
