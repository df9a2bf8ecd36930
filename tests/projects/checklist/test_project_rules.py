"""Facts of the project raise findings of their own: on every save, and again when a fact moves."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from golive.handlers import HANDLERS
from golive.outbox.models import Outbox, OutboxState
from projects.checklist.actions.answering import save_answer
from projects.checklist.models.checklist import Checklist
from projects.checklist.queries.proof import false_counters
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.answers import AnswerContent
from projects.checklist.rules.risks import project_risks
from projects.checklist.states import JUDGED_AGAIN_ON
from projects.checklist.tasks import judge_again_on_move
from projects.portfolio.actions.people import add_member
from projects.production.actions.clearing import activate_estimate, add_estimate
from projects.production.actions.sandboxes import register_sandbox
from tests.builders import client_of
from tests.builders_projects import describe, make_project, plan_dates, reload
from tests.projects.checklist.whole import FACTS, MILESTONES, raised, whole, with_milestones, with_project
from tests.projects.production.ways import drained

DAY = timedelta(days=1)
FIRES = {
    "PR-01": (with_project(open_gate_phases=["test"]), "medium"),
    "PR-02": (with_project(has_active_estimate=False), "medium"),
    "PR-03": (with_project(sandbox_locations=["North Europe", "West US"]), "high"),
    "PR-04": (with_project(uat_signed_version="10.0.40"), "high"),
    "PR-05": (with_project(onboarded=False), "medium"),
    "PR-06": (with_project(primary_contact_count=0), "low"),
    "PR-07": (with_project(go_live_set_days_ahead=59), "medium"),
    "PR-08": (with_milestones(test_end=MILESTONES["go_live"] + DAY), "medium"),
}
SILENT = {
    "PR-01": with_project(open_gate_phases=["test"], products=["ce"]),
    "PR-02": with_project(has_active_estimate=False, products=["ce"]),
    "PR-03": with_project(production_location="", sandbox_locations=["West US"]),
    "PR-04": with_project(uat_signed_version=""),
    "PR-05": with_project(onboarded=True),
    "PR-06": with_project(primary_contact_count=1),
    "PR-07": with_project(go_live_set_days_ahead=60),
    "PR-08": with_milestones(test_end=None),
}


@pytest.mark.once
@pytest.mark.parametrize("rule", FIRES)
def test_each_rule_fires_on_its_fact_and_is_silent_without_it(rule):
    facts, severity = FIRES[rule]

    assert raised(facts=facts) == {rule: severity}
    assert raised(facts=SILENT[rule]) == {}
    assert [one.rule for one in project_risks(whole(), facts)] == [rule]
    assert project_risks(whole(), FACTS) == ()


@pytest.mark.once
def test_the_table_knows_every_project_rule():
    assert list(FIRES) == [one.id for one in whole().project_rules]


@pytest.mark.once
def test_a_finding_of_a_fact_names_its_topic_its_way_back_and_what_it_read():
    (one,) = project_risks(whole(), with_project(go_live_set_days_ahead=10))

    assert (one.topic, one.question, one.owner) == ("GR", "", "project_manager")
    assert one.reads == ("project.go_live_notice_days", "project.go_live_set_days_ahead")
    assert "choose a later date" in one.mitigation


def begun(**fields):
    """A project with the whole checklist, in which one good thing is said."""
    cast = make_project(**fields)
    plan_dates(cast, go_live_in=90)
    describe(cast)
    said = AnswerContent(value=date(2026, 10, 1))
    save_answer(cast.project, "UA-01", said, revision=0, by=cast.member, at=timezone.now())
    return cast


def of_facts(cast):
    sheet = sheet_of(reload(cast.project), at=timezone.now())
    return [one.rule for one in sheet.risks if not one.question]


@pytest.mark.django_db
def test_they_stand_beside_the_answers_and_count_for_the_predicted_risk(whole_checklist):
    cast = begun()

    row = Checklist.objects.get(project=cast.project)

    assert of_facts(cast) == ["PR-01", "PR-02", "PR-05", "PR-06"]
    assert (row.predicted_risk, reload(cast.project).standing.predicted_risk) == (3, 3)
    assert list(false_counters()) == []


@pytest.mark.django_db
@pytest.mark.req("S1-5")
def test_go_live_moved_nearer_than_advised_stands_on_the_checklist_and_on_the_overview(whole_checklist):
    cast = begun()
    rule = "The go-live date was set or moved closer than the two months advised"

    plan_dates(cast, go_live_in=59)
    drained()
    pages = [client_of(cast.viewer).get(f"/projects/{cast.key}/{page}").content.decode() for page in ("", "checklist/")]

    assert of_facts(cast) == ["PR-01", "PR-02", "PR-05", "PR-06", "PR-07"]
    assert [rule in page for page in pages] == [True, True]


def estimate(cast):
    one = add_estimate(cast.project, name="Final", user_count=120, by=cast.owner, at=timezone.now())
    activate_estimate(one, by=cast.owner, at=timezone.now())


def sandbox(cast):
    said = {"name": "UAT", "tier": 2, "location": "North Europe", "version": "10.0.41", "purpose": "acceptance"}
    register_sandbox(cast.project, by=cast.owner, at=timezone.now(), **said)


def contact(cast):
    add_member(cast.project, user=cast.member, by=cast.owner, at=timezone.now(), primary_contact=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("act", "gone"),
    [(estimate, ["PR-02"]), (contact, ["PR-06"]), (sandbox, [])],
    ids=["estimate", "contact", "sandbox"],
)
def test_an_act_that_changes_a_fact_has_the_checklist_judged_again(whole_checklist, act, gone):
    cast = begun()
    drained()
    before = Checklist.objects.get(project=cast.project).judged_at

    act(cast)
    told = Outbox.objects.filter(kind="facts.changed", state=OutboxState.READY).count()
    waiting = list(false_counters())
    drained()

    assert (told, waiting, list(false_counters())) == (1, [], [])
    assert Checklist.objects.get(project=cast.project).judged_at > before
    assert [rule for rule in ("PR-01", "PR-02", "PR-05", "PR-06") if rule not in of_facts(cast)] == gone


@pytest.mark.once
def test_the_checklist_hears_everything_that_moves_a_fact_or_a_date():
    hearing = {kind for kind, hearers in HANDLERS.items() if judge_again_on_move in hearers}

    assert hearing == set(JUDGED_AGAIN_ON)
