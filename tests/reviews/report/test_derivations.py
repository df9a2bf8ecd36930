"""Lights, counts, conditions and sentences follow from the findings alone."""

from dataclasses import replace
from datetime import date

import pytest

from reviews.report import derivations as derive
from reviews.report import wording
from reviews.report.content import Answer, Plan, ReportFinding, Topic
from tests.reviews.report.sample import report

OPEN = ("open", "mitigation_requested", "plan_submitted", "plan_accepted")
CLOSED = ("mitigated", "accepted_by_customer")


def finding(number="R-01", severity="high", state="open", *, kind="risk", topic="CU", due=None, decision="accepted"):
    plans = (Plan(1, "Do it", "Anneke", due, decision),) if due else ()
    return ReportFinding(number, kind, severity, topic, "Title", state, state in OPEN, plans=plans)


@pytest.mark.parametrize("state", OPEN + CLOSED)
@pytest.mark.parametrize("severity", derive.SEVERITIES)
def test_a_light_follows_from_the_open_findings(severity, state):
    wanted = {"critical": "red", "high": "amber", "medium": "amber", "low": "green"}[severity]

    colour = derive.light(Topic("CU", "Cutover"), [finding(severity=severity, state=state)])

    assert colour == (wanted if state in OPEN else "green")


def test_a_light_is_of_its_own_topic_and_strengths_do_not_count():
    others = [finding(severity="critical", topic="SC"), finding("S-01", "", kind="assertion")]

    assert derive.light(Topic("CU", "Cutover"), others) == "green"


def test_a_light_is_grey_when_nothing_of_the_topic_applies():
    answers = (Answer("CU-01", "?", "", not_applicable=True), Answer("CU-02", "?", "", not_applicable=True))

    assert derive.light(Topic("CU", "Cutover", answers=answers), []) == "grey"
    assert derive.light(Topic("CU", "Cutover", answers=(*answers, Answer("CU-03", "?", "yes"))), []) == "green"


@pytest.mark.parametrize("state", OPEN + CLOSED)
@pytest.mark.parametrize("severity", derive.SEVERITIES)
def test_a_finding_holds_or_is_a_condition_or_neither(severity, state):
    content = report(findings=0)
    content = replace(content, findings=(finding(severity=severity, state=state),))

    holds, condition = len(derive.holding(content)), len(derive.conditions(content))

    assert condition == (severity == "high" and state == "plan_accepted")
    assert holds == (state in OPEN and (severity == "critical" or (severity == "high" and not condition)))


def test_findings_are_in_order():
    wrong = (finding("R-01", "low"), finding("R-02", "high"), finding("I-01", "medium", kind="issue"),
             finding("S-01", "", kind="assertion"), finding("I-02", "critical", kind="issue"),
             finding("R-03", "high", state="draft"))  # fmt: skip
    content = replace(report(), findings=wrong)

    assert [f.number for f in derive.shown(content)] == ["S-01", "I-02", "I-01", "R-02", "R-01"]
    assert [f.number for f in derive.harmful(content)] == ["I-02", "R-02", "I-01", "R-01"]


def test_counts_are_counted():
    content = replace(report(), findings=tuple(finding(f"R-{n}", "high", s) for n, s in enumerate(OPEN + CLOSED)))

    high = derive.severity_counts(content)[1]

    assert (high.found, high.open, high.steps) == (6, 4, (2, 1, 1, 2))


def test_the_forecast_counts_only_promises_that_stand():
    content = replace(report(), findings=(
        finding("R-01", state="plan_accepted", due=date(2026, 12, 20)),
        finding("R-02", state="plan_submitted", due=date(2026, 12, 1), decision="submitted"),
        finding("R-03", state="mitigation_requested", due=date(2026, 12, 20), decision="returned"),
        finding("R-04", state="mitigated", due=date(2026, 12, 20)),
    ))  # fmt: skip

    assert derive.burn_down(content) == [(date(2026, 12, 9), 3), (date(2026, 12, 9), 2), (date(2026, 12, 20), 1)]
    assert [f.number for _day, f in derive.promises(content)] == ["R-02", "R-01"]


def test_the_decision_is_said_in_one_sentence():
    met = replace(report(), findings=(finding(state="plan_accepted", due=date(2026, 12, 20)),))
    held = replace(report(advice="not_ready"), findings=(finding(severity="critical"), finding()))
    free = replace(report(advice="ready"), findings=())

    assert wording.decision_sentence(met) == (
        "Go live on 11 January 2027, if the condition of part 6 is met by 20 December 2026."
    )
    assert wording.decision_sentence(held) == "Do not go live yet: 2 findings hold the review."
    assert wording.decision_sentence(free) == "Go live on 11 January 2027."
    assert wording.decision_sentence(replace(free, advice="not_ready")) == "The reviewer advises not to go live yet."
    assert wording.open_sentence(met) == "No critical finding is open. 1 high finding is open, with an accepted plan."
