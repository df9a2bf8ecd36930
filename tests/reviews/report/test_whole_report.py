"""A report on the whole checklist: the nature of each question, and of each topic what is at stake and what helps."""

import html
import re
from dataclasses import replace

import pytest

from projects.checklist.rules.answers import AnswerContent, in_words, to_json
from projects.checklist.rules.questions import Question
from reviews.report.content import ReportFinding
from reviews.report.document import document
from reviews.report.queries import topics_of
from tests.projects.checklist.whole import good_answers, whole
from tests.reviews.report.sample import report

pytestmark = pytest.mark.once


def frozen(question: Question, content: AnswerContent):
    plain = {"id": question.id, "topic": question.topic, "text": question.text, "nature": question.nature}
    return plain | {"answer": to_json(content), "words": in_words(question, content)}


def finding(topic, severity, *, question="", mitigation=""):
    return ReportFinding(
        "R-01", "risk", severity, topic, "Found.", "open", True, question=question, nature="", mitigation=mitigation
    )


def printed(*findings, **changes):
    answers = good_answers(changes)
    content = {
        "catalogue": {"version": whole().version},
        "questions": [frozen(one, answers[one.id]) for one in whole().questions.values()],
    }
    return document(replace(report(), topics=topics_of(content), findings=findings))


def section(text, topic):
    """What the report says of a topic, under best practices and recommendations."""
    start = text.index(f'id="t-{topic.lower()}"')
    return html.unescape(text[start : text.index("</section>", start)])


@pytest.mark.req("S4-1")
def test_the_nature_of_each_question_stands_beside_its_answer():
    text = printed()

    rows = re.findall(r'<tr id="q-[a-z0-9-]+"><td>([A-Z0-9-]+)</td><td>[^<]*</td><td>([^<]*)</td>', text)

    assert dict(rows) == {one.id: one.nature for one in whole().questions.values()}


@pytest.mark.req("S4-5")
@pytest.mark.parametrize(("severity", "told"), [("critical", True), ("high", True), ("medium", True), ("low", False)])
def test_what_is_at_stake_is_said_where_a_topic_is_red_or_amber(severity, told):
    text = printed(finding("CU", severity, question="CU-06"))

    assert (whole().topic("CU").if_missed in section(text, "CU")) is told
    assert whole().topic("SC").if_missed not in section(text, "SC")


@pytest.mark.req("S4-5")
def test_the_way_back_stands_where_no_finding_recommends_anything():
    text = printed(finding("CU", "high", mitigation="Rehearse it on Sunday."), finding("DM", "high"))

    assert "Rehearse it on Sunday." in section(text, "CU")
    assert whole().topic("CU").way_back not in section(text, "CU")
    for topic in ("DM", "SC"):
        assert whole().topic(topic).way_back in section(text, topic)


@pytest.mark.req("S4-5", "S4-82")
@pytest.mark.parametrize("topic", whole().topics, ids=lambda one: one.id)
def test_every_topic_says_what_is_good_and_leads_further(topic):
    told = section(printed(), topic.id)

    assert topic.good in told
    assert all(line in told for line in topic.learn_more)


def test_a_topic_of_which_nothing_applies_is_grey():
    applies = {one.id: "na" for one in whole().topic("EX").questions}

    assert "Grey" in section(printed(**applies), "EX")
    assert "Grey" not in section(printed(**applies | {"EX-01": "yes"}), "EX")
