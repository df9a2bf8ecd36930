"""Which steps a project is asked for: facts move them in and out of view, and without a gate its steps are at will."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from golive.audit.models import AuditRow
from projects.methodology.actions.phases import complete_phase, reopen_phase
from projects.methodology.actions.steps import mark_step, undo_step
from projects.methodology.models.course import Phase, Step
from projects.methodology.models.proof import StepNote
from projects.methodology.queries.course import course_of
from projects.methodology.rules.catalogue import LATEST, methodology
from projects.methodology.rules.course import Weighing
from projects.plan.actions.onboarding import save_onboarding
from projects.portfolio.actions.projects import know, lock, note
from projects.production.actions.clearing import activate_estimate, add_estimate
from projects.production.actions.following import follow_facts
from projects.production.actions.sandboxes import register_sandbox
from tests.builders import client_of
from tests.builders_projects import call, codes_of, do_steps, make_project, onboard, plan_dates, reload

pytestmark = pytest.mark.django_db
NOW = timezone.now
NOTHING = {
    "has_customizations": False,
    "has_isv": False,
    "has_integrations": False,
    "has_dual_write": False,
    "has_database_copy": False,
}
CUSTOMISED = {"D03", "D05", "D11", "D12", "T08", "P07"}


def whole(**facts):
    """A project on all seventy steps."""
    cast = make_project(methodology=LATEST)
    if facts:
        said(cast, **facts)
    return cast


def said(cast, **facts):
    save_onboarding(cast.project, by=cast.owner, at=NOW(), **facts)


def step(cast, key):
    return Step.objects.get(project=cast.project, key=key)


def shown(cast):
    return {s.key for s in Step.objects.filter(project=cast.project, applies=True)}


def page_of(cast, user=None):
    return client_of(user or cast.member).get(f"/projects/{cast.key}/methodology/").content.decode()


def weighed(cast):
    rows = AuditRow.objects.filter(chain=cast.project.chain, act="course.weighed").order_by("-seq")
    return [(row.actor, row.after) for row in rows]


# --- applies_when ------------------------------------------------------------
def test_while_a_fact_is_unknown_the_step_is_shown():
    cast = whole()

    assert shown(cast) == {s.id for s in methodology().steps} - {"P02"}  # it is known that there is no architect


@pytest.mark.parametrize(
    ("known", "hidden"),
    [
        ({}, set()),
        ({"has_customizations": False}, {"D03", "D05", "D12", "T08"}),
        ({"has_customizations": False, "has_isv": True}, {"D03", "D05", "D12", "T08"}),
        ({"has_customizations": False, "has_isv": False}, CUSTOMISED),
        (NOTHING, CUSTOMISED | {"P08"}),
        (NOTHING | {"products": ["fo"]}, CUSTOMISED | {"P08", "D06", "T01"}),
        (NOTHING | {"products": ["fo", "ce"]}, CUSTOMISED | {"P08"}),
        ({"has_architect": True}, set()),
        ({"has_architect": False}, {"P02"}),
        ({"products": "no list at all", "has_dual_write": 7, "has_integrations": 1, "has_isv": 1}, {"P07"}),
    ],
)
def test_what_is_hidden_follows_from_the_facts(known, hidden):
    weighing = Weighing(known)

    assert {s.id for s in methodology().steps if not weighing.of(s).applies} == hidden


def test_steps_come_and_go_with_the_facts_and_each_time_is_an_act_of_the_system():
    cast = whole()

    said(cast, has_customizations=False)
    gone = shown(cast)
    said(cast, vision="The same facts.")
    said(cast, has_customizations=True)

    assert not gone & {"D03", "D05", "D12", "T08"}
    assert shown(cast) >= {"D03", "D05", "D12", "T08"}
    came, went = [], ["D03", "D05", "D12", "T08"]
    assert weighed(cast) == [
        (None, {"came_into_view": went, "went_out_of_view": came, "weighed_anew": []}),
        (None, {"came_into_view": came, "went_out_of_view": went, "weighed_anew": []}),
    ]


def test_a_hidden_step_is_on_no_page_and_nobody_marks_it():
    cast = whole(has_customizations=False)

    page = client_of(cast.member).post(f"/projects/{cast.key}/methodology/steps/D05/done/")
    api = call(cast.member, "post", f"projects/{cast.key}/steps/D05/complete/", {})

    assert "Build and unit-test extensions" not in page_of(cast)
    assert (page.status_code, api.status_code) == (404, 404)
    assert course_of(reload(cast.project)).facts_of_step(step(cast, "D05")).applies is False


def test_a_hidden_step_counts_as_done_for_its_phase_and_for_what_requires_it():
    cast = whole()
    plan_dates(cast)
    onboard(cast)
    said(cast, **NOTHING, products=["fo"])
    for key in ("T02", "T03", "T04", "D07", "D08", "T06", "T07", "T15"):  # T15 requires T01 and T08 as well
        mark_step(cast.project, key, by=cast.member, at=NOW())
    do_steps(cast, "analysis")

    complete_phase(cast.project, "analysis", by=cast.owner, at=NOW())

    assert step(cast, "T15").state == "done"


def test_what_comes_into_view_in_a_complete_phase_is_flagged_and_the_phase_stays_complete():
    cast = short_of_extensions()

    said(cast, has_customizations=True)

    assert Phase.objects.get(project=cast.project, key="design_develop").state == "complete"
    text = "D03, D05, D11 came into view after this phase was complete. The phase stays complete"
    assert text in page_of(cast)
    api = call(cast.member, "get", f"projects/{cast.key}/phases/design_develop/").json()
    assert [warning["code"] for warning in api["warnings"]] == ["came_into_view"]
    refused = call(cast.member, "post", f"projects/{cast.key}/steps/D05/complete/", {})
    assert codes_of(refused) == ["phase_complete"]


def test_a_phase_reopened_then_wants_what_came_into_view():
    cast = short_of_extensions()
    said(cast, has_customizations=True)

    reopen_phase(cast.project, "design_develop", by=cast.owner, because="Extensions after all.", at=NOW())
    answer = call(cast.owner, "post", f"projects/{cast.key}/phases/design_develop/complete/", {})

    assert codes_of(answer) == ["steps_open"]


def short_of_extensions():
    """Analysis and Design and develop are complete, with nothing customised."""
    cast = whole()
    plan_dates(cast)
    onboard(cast)
    said(cast, **NOTHING, products=["fo"])
    register_sandbox(cast.project, name="A", tier=2, purpose="acceptance", location="Oslo", version="10.0.42",
                     by=cast.owner, at=NOW())  # fmt: skip
    for key in ("analysis", "design_develop"):
        do_steps(cast, key)
        complete_phase(cast.project, key, by=cast.owner, at=NOW())
    return cast


# --- without a gate ----------------------------------------------------------
AT_WILL = ("D02", "T11", "P01", "P03", "P04")


def test_without_finance_and_operations_the_steps_of_the_gate_are_optional_and_marked_by_hand():
    cast = whole(products=["ce"])

    rows = {key: step(cast, key) for key in (*AT_WILL, "P05", "P07")}
    mark_step(cast.project, "T11", by=cast.member, at=NOW())
    undo_step(cast.project, "T11", by=cast.member, at=NOW())
    mark_step(cast.project, "P01", by=cast.member, at=NOW())

    assert {key: (rows[key].applies, rows[key].required, rows[key].auto) for key in AT_WILL} == dict.fromkeys(
        AT_WILL, (True, False, "")
    )
    assert rows["P07"].applies is False
    assert step(cast, "P01").done_by == cast.member


def test_without_a_gate_production_counts_as_deployed():
    cast = whole(products=["ce"])

    mark_step(cast.project, "P06", by=cast.member, at=NOW())  # it requires P05
    refused = call(cast.member, "post", f"projects/{cast.key}/steps/P05/complete/", {})
    line = call(cast.member, "get", f"projects/{cast.key}/steps/P05/").json()

    assert codes_of(refused) == ["step_elsewhere"]
    assert (line["state"], line["done_elsewhere"], line["done_at"]) == ("done", True, None)
    assert "counts as done: production is deployed elsewhere" in page_of(cast)


def test_products_that_nobody_has_named_leave_the_gate_where_it_is():
    cast = whole()

    assert (step(cast, "T11").auto, step(cast, "T11").required) == ("estimate.activated", True)


def test_the_production_page_says_that_no_request_is_made_here():
    cast = whole(products=["ce"])

    page = client_of(cast.owner).get(f"/projects/{cast.key}/production/").content.decode()
    api = call(cast.owner, "post", f"projects/{cast.key}/production/configure/", {})

    assert "makes no production request here" in page
    assert "What the gate asks" not in page
    assert "Customer sign-off" not in page
    assert codes_of(api) == ["no_finance_operations"]


def test_a_step_marked_by_hand_is_no_longer_so_when_it_is_the_systems_again():
    cast = whole(products=["ce"])
    mark_step(cast.project, "T11", by=cast.member, at=NOW())

    said(cast, products=["fo"])
    alone = step(cast, "T11").ceased_at
    estimate = add_estimate(cast.project, name="A", user_count=9, by=cast.owner, at=NOW())
    activate_estimate(estimate, by=cast.owner, at=NOW())

    assert alone is not None
    assert step(cast, "T11").ceased_at is None


def test_what_happened_meanwhile_ticks_its_step_when_it_is_the_systems_again():
    cast = whole(products=["ce"])
    register_sandbox(cast.project, name="A", tier=2, purpose="acceptance", location="Oslo", version="10.0.42",
                     by=cast.owner, at=NOW())  # fmt: skip
    know(cast.project, has_active_estimate=True)
    note(reload(cast.project), checklist_state="submitted")
    before = step(cast, "D02").state

    said(cast, products=["fo"])
    for _twice in range(2):
        follow_facts(lock(cast.project), least=2, at=NOW())

    assert before == "open"
    assert {key for key in AT_WILL if step(cast, key).state == "done"} == {"D02", "T11", "P01"}
    ticked = AuditRow.objects.filter(chain=cast.project.chain, act="step.ticked", object="step:D02")
    assert ticked.count() == 1


# --- what is said beside an act ----------------------------------------------
def test_a_step_may_be_done_before_one_it_should_follow_and_a_warning_says_so():
    cast = whole()
    mark_step(cast.project, "T02", by=cast.member, at=NOW())

    body = page_of(cast)
    line = call(cast.member, "get", f"projects/{cast.key}/steps/T03/").json()
    answer = call(cast.member, "post", f"projects/{cast.key}/steps/T03/complete/", {})

    assert "T01 is still open and should be done before T03." in body
    assert [warning["code"] for warning in line["warnings"]] == ["open_before"]
    assert answer.status_code == 200


def test_completing_lists_the_optional_steps_that_are_open():
    cast = whole()

    assert "Optional and open: A07, A11, A12, A14. They may stay open." in page_of(cast, cast.owner)
    phase = call(cast.owner, "get", f"projects/{cast.key}/phases/analysis/").json()
    assert phase["warnings"] == [
        {"code": "optional_open", "text": "Optional and open: A07, A11, A12, A14. They may stay open."}
    ]


@pytest.mark.req("S1-34")
def test_people_read_to_mark_steps_as_they_go():
    cast = whole()

    body = page_of(cast)

    assert "Mark steps as you go, not at the last minute" in body
    assert "clicking through just to get production helps nobody" in body


MANY = ("A02", "A03", "A06", "A07", "A10")


@pytest.mark.req("S1-34")
def test_whoever_clicks_through_is_advised_and_not_refused():
    cast = whole()
    for key in MANY:
        mark_step(cast.project, key, by=cast.member, at=NOW())
    calm = call(cast.member, "post", f"projects/{cast.key}/steps/D09/complete/", {}).json()
    undo_step(cast.project, "D09", by=cast.member, at=NOW())
    five = page_of(cast)

    sixth = call(cast.member, "post", f"projects/{cast.key}/steps/A11/complete/", {})

    assert "You marked many steps" not in five
    assert [each["code"] for each in calm["advice"]] == ["click_through"]
    assert (sixth.status_code, [each["code"] for each in sixth.json()["advice"]]) == (200, ["click_through"])
    assert "You marked many steps within a few minutes." in page_of(cast)
    assert "You marked many steps" not in page_of(cast, cast.owner)


def test_marks_of_a_while_ago_are_no_clicking_through():
    cast = whole()
    for key in (*MANY, "A11"):
        mark_step(cast.project, key, by=cast.member, at=NOW() - timedelta(minutes=3))

    assert "You marked many steps" not in page_of(cast)


# --- what a reopening leads to -----------------------------------------------
@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("", "Configure is locked until Analysis is complete again."),
        ("draft", "The draft of the production request is locked until Analysis is complete again."),
        ("queued", "The queued production request keeps its place and is held until Analysis is complete again."),
        ("deploying", "The deployment goes on untouched; the production page says that Analysis is open again."),
        ("failed", "The failed deployment can be tried again only when Analysis is complete again."),
        ("done", "Production stays deployed; its page says that Analysis is open again."),
    ],
)
def test_what_follows_from_reopening_is_shown_before(state, says):
    cast = short_of_extensions()
    note(reload(cast.project), request_state=state)

    body = page_of(cast, cast.owner)
    api = call(cast.owner, "get", f"projects/{cast.key}/phases/analysis/").json()["follows_reopening"]

    assert says in body
    assert [each["code"] for each in api] == ["steps_stay", f"request_{state or 'none'}", "later_stay"]


def test_without_a_gate_nothing_at_the_gate_follows():
    cast = short_of_extensions()
    said(cast, products=["ce"])

    api = call(cast.owner, "get", f"projects/{cast.key}/phases/design_develop/").json()["follows_reopening"]

    assert [each["code"] for each in api] == ["steps_stay"]


def test_a_later_phase_says_that_an_earlier_one_is_open_again():
    cast = short_of_extensions()

    reopen_phase(cast.project, "analysis", by=cast.owner, because="The scope changed.", at=NOW())

    phase = call(cast.owner, "get", f"projects/{cast.key}/phases/design_develop/").json()
    assert phase["state"] == "complete"
    assert [warning["code"] for warning in phase["warnings"]] == ["earlier_reopened"]
    assert "It stays complete although an earlier phase is open again: Analysis." in page_of(cast)


def test_a_note_outlives_its_mark():
    cast = whole()
    mark_step(cast.project, "A02", by=cast.member, at=NOW(), note="minutes.pdf")

    undo_step(cast.project, "A02", by=cast.owner, at=NOW())

    kept = StepNote.objects.get()
    assert (kept.text, kept.by) == ("minutes.pdf", cast.member)


def test_the_page_of_all_seventy_steps_costs_the_same():
    cast = whole(has_customizations=True)
    client = client_of(cast.owner)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/projects/{cast.key}/methodology/")

    assert len(queries) == 9
    assert all(f'<tr id="{key}">' in page.content.decode() for key in shown(cast))
    assert len(shown(cast)) == 69
