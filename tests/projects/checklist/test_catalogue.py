"""The checklist's files: the published version is what was agreed, and every mistake is named with file and key."""

import pytest

from golive.core.catalogue import CatalogueError
from projects.checklist.rules.catalogue import begun_with, catalogue, read_catalogue
from tests.projects.checklist.catalogue_files import question, risk, topic, whole, write


def test_the_thin_version_asks_five_questions():
    found = catalogue()

    asked = {one.id: (one.topic, one.answer, one.material, len(one.rules)) for one in found.questions.values()}
    assert asked == {
        "GR-01": ("GR", "date", False, 3),
        "CU-01": ("CU", "multi", True, 3),
        "SC-02": ("SC", "ynp", True, 2),
        "UA-10": ("UA", "ynp", True, 2),
        "PF-12": ("PF", "percent", True, 2),
    }
    assert [one.evidence for one in found.questions.values()] == [""] * 5
    assert all(one.answer_required and one.nature == "required" for one in found.questions.values())
    assert all(
        part for one in found.topics for part in (one.why, one.good, one.if_missed, one.way_back, one.learn_more)
    )


def test_a_version_is_read_once_and_an_unknown_one_explodes():
    assert catalogue() is catalogue(begun_with())
    for unknown in ("2020-1", "../../../etc", "."):
        with pytest.raises(KeyError):
            catalogue(unknown)


def test_every_key_of_the_format_is_read(tmp_path):
    found = read_catalogue(write(tmp_path / "2030-1", whole()))

    assert (found.version, len(found.hash), [one.id for one in found.topics]) == ("2030-1", 64, ["AA", "BB"])
    multi = found.question("AA-02")
    assert multi.evidence_when.names == {"value"}
    assert multi.assertion_when.text == '"none" in value'
    assert [rule.id for rule in multi.rules] == ["AA-02/1", "AA-02/2"]
    assert found.question("AA-03").rules[0].when.answers == {"AA-04"}
    assert found.question("AA-04").material is False
    assert found.question("AA-05").material is True
    assert found.question("AA-06").rules[0].about_blank
    assert found.question("BB-02").show_when.names == {"milestone.go_live"}
    assert found.topic("BB").show_when.names == {"project.products"}
    assert (found.project_rules[0].id, found.project_rules[0].topic) == ("PR-01", "AA")


def test_unknown_is_offered_where_a_required_answer_is_free(tmp_path):
    found = read_catalogue(write(tmp_path / "v", whole()))

    offered = [one.id for one in found.questions.values() if one.may_be_unknown]

    assert offered == ["AA-01", "AA-03", "AA-06", "AA-07", "BB-05"]


def one_question(answer="ynp", **keys):
    return {"01-a.toml": topic("AA", question("AA-01", answer, **keys))}


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        (one_question(colour="red"), "01-a.toml: question AA-01.colour: unknown key"),
        (one_question("mood"), "01-a.toml: question AA-01.answer: 'mood' is not one of"),
        (one_question(nature="nice"), "01-a.toml: question AA-01.nature: 'nice' is not one of"),
        (one_question(evidence="maybe"), "01-a.toml: question AA-01.evidence: 'maybe' is not one of"),
        (one_question(options=["a"]), "01-a.toml: question AA-01.options: options belong to"),
        (one_question("single"), "01-a.toml: question AA-01.options: options belong to"),
        (one_question("multi", options=["a", "a"]), "01-a.toml: question AA-01.options: 'a' stands there twice"),
        (one_question(risk=[risk(on=["maybe"])]), "01-a.toml: question AA-01.risk 1.on: 'maybe' is not one of"),
        (one_question("ynpa", risk=[risk(on=["na"])]), "01-a.toml: question AA-01.risk 1.on: 'na' is not one of"),
        (one_question("date", risk=[risk(on=["yes"])]), "01-a.toml: question AA-01.risk 1.on: 'yes' is not one of"),
        (one_question(risk=[risk()]), "01-a.toml: question AA-01.risk 1: either on or when"),
        (one_question(risk=[risk(on=["no"], when="blank")]), "01-a.toml: question AA-01.risk 1: either on or when"),
        (one_question(risk=[risk(on=["no"], owner="me")]), "01-a.toml: question AA-01.risk 1.owner: 'me' is not one"),
        (one_question(risk=[risk(on=["no"], kind="assertion")]), "01-a.toml: question AA-01.risk 1.kind: 'assertion'"),
        (one_question(risk=[risk(on=["no"], severity="huge")]), "01-a.toml: question AA-01.risk 1.severity: 'huge'"),
        (one_question(risk=[risk(when="value ==")]), "01-a.toml: question AA-01.risk 1.when: Failed to parse"),
        (one_question(risk=[risk(when="valu == 1.0")]), "01-a.toml: question AA-01.risk 1.when: unknown variable valu"),
        (
            one_question(risk=[risk(when="milestone.golive > today")]),
            "01-a.toml: question AA-01.risk 1.when: unknown variable milestone.golive",
        ),
        (
            one_question(risk=[risk(when="project.mood > 1.0")]),
            "01-a.toml: question AA-01.risk 1.when: unknown variable project.mood",
        ),
        (
            one_question(risk=[risk(when="weeks_until(today) > 1.0")]),
            "01-a.toml: question AA-01.risk 1.when: unknown function weeks_until",
        ),
        (
            one_question(risk=[risk(when='value == "nope"')]),
            "01-a.toml: question AA-01.risk 1.when: 'nope' is not one of",
        ),
        (
            one_question("number", risk=[risk(when='value == "no"')]),
            "01-a.toml: question AA-01.risk 1.when: 'no' is not",
        ),
        (
            one_question(risk=[risk(when='blank || value == "no"')]),
            "01-a.toml: question AA-01.risk 1.when: a rule on blank",
        ),
        (one_question(show_when="blank"), "01-a.toml: question AA-01.show_when: unknown variable blank"),
        (
            one_question(show_when='answer("AA-02") == "no"'),
            "01-a.toml: question AA-01.show_when: unknown function answer",
        ),
        (one_question("date", assertion="Good."), "01-a.toml: question AA-01.assertion_when: is missing"),
        (one_question(assertion_when="blank"), "01-a.toml: question AA-01.assertion: is missing"),
        (one_question("date", evidence="required"), "01-a.toml: question AA-01.evidence_when: is missing"),
        (one_question(risk=[risk(when='answer("ZZ-01") > 1.0')]), "v: question AA-01: 'ZZ-01' is not one of"),
        ({"01-a.toml": topic("AA", question("AA-01", "yn"), question("AA-01", "yn"))}, "v: question: 'AA-01' stands"),
        ({"01-a.toml": topic("AA", question("A", "yn"), mood="")}, "01-a.toml: topic.mood: unknown key"),
        (
            {
                **one_question(),
                "project-rules.toml": {
                    "rule": [{"id": "PR-01", "topic": "ZZ", "basis": "P", **risk(when="!project.onboarded")}]
                },
            },
            "project-rules.toml: rule PR-01.topic: 'ZZ' is not one of",
        ),
        (
            {
                **one_question(),
                "project-rules.toml": {"rule": [{"id": "PR-01", "topic": "AA", "basis": "P", **risk(when="blank")}]},
            },
            "project-rules.toml: rule PR-01.when: a project rule reads no answer: blank",
        ),
    ],
)
def test_a_mistake_is_named_with_file_and_key(tmp_path, files, complaint):
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(write(tmp_path / "v", files))

    assert str(caught.value).startswith(complaint)
