"""What follows when dates move is shown by page and API before anything is saved, and changes nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.plan.actions.milestones import set_milestones
from projects.portfolio.models.milestones import RolloutMilestone
from tests.builders import client_of
from tests.builders_projects import call, make_project, plan_dates, reload, submitted_project
from tests.journeys import situations as s
from tests.journeys.world import snapshot
from tests.projects.production.ways import MANAGED

pytestmark = pytest.mark.django_db


def day(days):
    return timezone.localdate() + timedelta(days=days)


def asked(cast, user=None, **days):
    body = {"days": {key: one.isoformat() for key, one in days.items()}}
    return call(user or cast.owner, "post", f"projects/{cast.key}/what-if/", body)


def following(cast, **days):
    """Code to the whole consequence; of several with one code the last."""
    answer = asked(cast, **days)
    assert answer.status_code == 200, answer.content
    return {one["code"]: one for one in answer.json()["consequences"]}


def posted(cast, headers=None, **changed):
    """The form of the plan page with some fields changed, sent to be looked at."""
    form = {"revision": "0"}
    for row in RolloutMilestone.objects.filter(rollout__project=cast.project):
        form[f"{row.milestone}_day"] = form[f"initial-{row.milestone}_day"] = row.day.isoformat()
    return client_of(cast.owner).post(f"/projects/{cast.key}/plan/what-if/", form | changed, headers=headers or {})


def test_deadlines_move_with_go_live_and_nothing_is_changed():
    cast = make_project()
    days = plan_dates(cast, go_live_in=90)
    before = snapshot()

    found = following(cast, go_live=day(104))

    assert snapshot() == before
    asked_for, window = found["checklist_asked"], found["checklist_window"]
    assert (asked_for["was"], asked_for["then"]) == (day(90 - 56).isoformat(), day(104 - 56).isoformat())
    assert not window["breaks"]
    assert found["checklist_amber"]["then"] == day(104 - 27).isoformat()
    assert found["latest_report"]["then"] > found["latest_report"]["was"]
    assert {"latest_mitigation", "latest_request", "latest_packages", "latest_database_copy", "latest_ready"} <= set(
        found
    )
    assert found["least_slack"]["was"] != found["least_slack"]["then"]
    assert asked(cast, go_live=days["go_live"]).json() == {"moves": {}, "consequences": []}


def test_a_go_live_that_is_too_near_breaks_what_would_have_passed():
    cast = make_project()
    plan_dates(cast, go_live_in=90)

    found = following(cast, go_live=day(3))

    broken = {code for code, one in found.items() if one["breaks"]}
    assert {"checklist_window", "checklist_amber", "latest_report", "latest_mitigation", "least_slack"} <= broken
    assert {"go_live_set_late", "runs_backwards"} <= broken
    assert found["go_live_set_late"]["detail"].startswith("Go-live set 3 days ahead: at least 60 are advised.")


def test_a_later_go_live_mends_what_pressed():
    cast = make_project()
    plan_dates(cast, go_live_in=20)

    assert following(cast, go_live=day(90))["checklist_amber"]["detail"] == "It would be so no more."


def test_a_checklist_that_is_sent_has_no_deadlines_any_more():
    found = following(submitted_project(), go_live=day(90))

    assert [code for code in found if code.startswith("checklist")] == []
    assert "latest_mitigation" in found


def test_clashes_hypercare_and_days_in_the_past_are_told():
    cast = make_project()
    plan_dates(cast, go_live_in=90)
    hypercare = {"hypercare_end": day(110)}
    set_milestones(cast.project, hypercare, by=cast.owner, at=timezone.now())

    found = following(cast, test_end=day(95), analysis_end=day(-1), go_live=day(92))

    assert (found["hypercare"]["was"], found["hypercare"]["then"]) == ("20 days", "18 days")
    assert found["runs_backwards"]["detail"].startswith("Test ends after Go-live.")
    assert found["in_the_past"]["then"] == day(-1).isoformat()


@pytest.mark.parametrize(
    ("situation", "ends", "returns"),
    [
        (s.released, {"cover_ends", "request_held"}, {"cover_returns", "request_released"}),
        (s.draft_cleared, {"cover_ends", "configure_locks"}, {"cover_returns"}),
        (s.deploying, {"cover_ends", "deployment_untouched"}, {"cover_returns"}),
    ],
)
def test_whether_the_clearance_covers_and_what_that_does_to_the_request(situation, ends, returns):
    cast = situation().cast
    covered, too_far = (reload(cast.project).standing.go_live_on + timedelta(days=n) for n in (42, 43))

    def gate(**days):
        return {one["code"] for one in asked(cast, **days).json()["consequences"] if one["group"] == "gate"}

    assert gate(go_live=covered) == {"cover_stays"}
    assert gate(go_live=too_far) == ends
    set_milestones(cast.project, {"go_live": too_far}, by=cast.owner, at=timezone.now())
    assert gate(go_live=covered) == returns
    assert gate(test_end=day(10)) == set()


def test_without_script_it_is_a_page_with_the_form_as_typed_and_save_in_it():
    cast = make_project()
    plan_dates(cast, go_live_in=90)

    page = posted(cast, go_live_day=day(104).isoformat(), because="<b>A rehearsal</b>")

    body = page.content.decode()
    assert (page.status_code, page.templates[0].name) == (200, "golive/what_if.html")
    assert "FastTrack asks for the checklist" in body
    assert f'name="go_live_day" value="{day(104).isoformat()}"' in body
    assert f'action="/projects/{cast.key}/plan/"' in body
    assert "&lt;b&gt;A rehearsal&lt;/b&gt;" in body


def test_with_script_it_is_the_panel_alone_and_a_day_half_typed_takes_no_focus():
    cast = make_project()
    plan_dates(cast, go_live_in=90)
    by_script = {"HX-Request": "true"}

    whole = posted(cast, by_script, go_live_day=day(104).isoformat())
    half = posted(cast, by_script, go_live_day="0202-01-01")

    assert "FastTrack asks for the checklist" in whole.content.decode()
    assert "<form" not in whole.content.decode()
    assert half.status_code == 422
    assert "data-errors" not in half.content.decode()
    assert posted(cast, go_live_day="9999-12-31").status_code == 422


@pytest.mark.parametrize(
    "days",
    [
        {"go_live": "0001-01-01"},
        {"go_live": "9999-12-31"},
        {"go_live": "2027-02-29"},
        {"party": "2027-01-01"},
        7,
        [],
        None,
    ],
)
def test_days_that_are_none_are_refused(days):
    cast = make_project()

    assert call(cast.owner, "post", f"projects/{cast.key}/what-if/", {"days": days}).status_code == 400


def test_whoever_sees_the_project_may_ask_but_only_an_owner_is_offered_to_save():
    cast = make_project()
    plan_dates(cast)

    answer = asked(cast, cast.viewer, go_live=day(70))
    page = client_of(cast.viewer).post(f"/projects/{cast.key}/plan/what-if/", {"go_live_day": day(70).isoformat()})

    assert (answer.status_code, page.status_code) == (200, 200)
    assert 'aria-disabled="true"' in page.content.decode()


def test_it_costs_a_fixed_number_of_queries():
    world = s.requested(s.draft(MANAGED, cleared=True))
    client = client_of(world.cast.owner)
    form = {"go_live_day": day(200).isoformat(), "initial-go_live_day": day(60).isoformat()}

    with CaptureQueriesContext(connection) as queries:
        page = client.post(f"/projects/{world.key}/plan/what-if/", form)

    assert "The queued request is held" in page.content.decode()
    assert len(queries) == 10
