"""Dates: set and moved by owners, kept with their history, warned about when they run backwards."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from golive.outbox.models import Outbox
from projects.portfolio.models.milestones import MilestoneMove, RolloutMilestone
from tests.builders import client_of
from tests.builders_projects import call, codes_of, make_project, plan_dates, reload

pytestmark = pytest.mark.django_db


def day(days):
    return timezone.localdate() + timedelta(days=days)


def put(user, cast, milestone, revision=0, **body):
    headers = {"If-Match": f'"{revision}"'}
    return call(user, "put", f"projects/{cast.key}/milestones/{milestone}/", body, **headers)


def seen(cast):
    """What the form shows and sends along, as a browser would: nothing changed yet."""
    fields = {"revision": str(MilestoneMove.objects.filter(rollout__project=cast.project).count())}
    for row in RolloutMilestone.objects.filter(rollout__project=cast.project):
        fields[f"{row.milestone}_day"] = fields[f"initial-{row.milestone}_day"] = row.day.isoformat()
        if row.tentative:
            fields[f"{row.milestone}_tentative"] = "on"
            fields[f"initial-{row.milestone}_tentative"] = "True"
    return fields


def days_of(cast):
    rows = RolloutMilestone.objects.filter(rollout__project=cast.project)
    return {row.milestone: (row.day, row.tentative) for row in rows}


def test_a_date_is_set_by_page_with_its_mark():
    cast = make_project()
    form = {"go_live_day": day(60).isoformat(), "go_live_tentative": "on", "because": "As agreed."}

    answer = client_of(cast.owner).post(f"/projects/{cast.key}/plan/", form)

    assert answer.status_code == 302
    assert days_of(cast) == {"go_live": (day(60), True)}
    assert reload(cast.project).standing.go_live_on == day(60)


def test_only_what_was_changed_is_moved():
    """Somebody else moved Test meanwhile: saving another date must not move it back."""
    cast = make_project()
    plan_dates(cast)
    form = seen(cast)
    put(cast.owner, cast, "test_end", 4, day=day(50).isoformat())

    client_of(cast.owner).post(f"/projects/{cast.key}/plan/", form | {"go_live_day": day(70).isoformat()})

    assert days_of(cast)["test_end"] == (day(50), False)
    assert days_of(cast)["go_live"] == (day(70), False)


def test_a_move_is_kept_with_its_reason_and_shown():
    cast = make_project()
    plan_dates(cast)
    form = seen(cast) | {"go_live_day": day(74).isoformat(), "because": "The rehearsal needs a weekend."}
    client = client_of(cast.owner)

    client.post(f"/projects/{cast.key}/plan/", form)
    page = client.get(f"/projects/{cast.key}/plan/").content.decode()

    move = MilestoneMove.objects.first()
    assert (move.milestone, move.before, move.after, move.by) == ("go_live", day(60), day(74), cast.owner)
    assert "The rehearsal needs a weekend." in page
    assert "once, last from" in page


def test_a_date_can_be_moved_but_not_taken_away():
    cast = make_project()
    plan_dates(cast)

    answer = client_of(cast.owner).post(f"/projects/{cast.key}/plan/", seen(cast) | {"go_live_day": ""})

    assert answer.status_code == 422
    assert "A date can be moved, not taken away." in answer.content.decode()


def test_dates_that_run_backwards_are_saved_with_a_warning():
    cast = make_project()
    plan_dates(cast)
    client = client_of(cast.owner)

    answer = client.post(f"/projects/{cast.key}/plan/", seen(cast) | {"test_end_day": day(65).isoformat()})
    page = client.get(f"/projects/{cast.key}/plan/").content.decode()

    assert answer.status_code == 302
    assert "Test ends after Go-live." in page


@pytest.mark.parametrize(
    "text", ["tomorrow", "2026-02-30", "0001-01-01", "9999-12-31", "1999-01-01", "20261204", "2027-02-29"]
)
def test_a_day_that_is_none_is_refused_by_both_doors(text):
    cast = make_project()

    page = client_of(cast.owner).post(f"/projects/{cast.key}/plan/", {"go_live_day": text})
    api = put(cast.owner, cast, "go_live", day=text)

    assert (page.status_code, api.status_code) == (422, 400)
    assert days_of(cast) == {}


@pytest.mark.parametrize("reason", ["a\x00b", "a\u202eb", "a\nb", "x" * 501])
def test_a_reason_that_hides_or_breaks_a_line_is_refused_by_both_doors(reason):
    cast = make_project()
    form = {"go_live_day": day(60).isoformat(), "because": reason}

    page = client_of(cast.owner).post(f"/projects/{cast.key}/plan/", form)
    api = put(cast.owner, cast, "go_live", day=day(60).isoformat(), because=reason)

    assert (page.status_code, api.status_code) == (422, 400)
    assert days_of(cast) == {}


def test_the_same_date_twice_by_api_changes_nothing():
    cast = make_project()
    body = {"day": day(60).isoformat(), "tentative": True, "because": "First guess."}
    first = put(cast.owner, cast, "go_live", **body)

    again = put(cast.owner, cast, "go_live", **body)

    assert (first.status_code, again.json()) == (200, first.json())
    assert MilestoneMove.objects.count() == 1


@pytest.mark.parametrize("who", ["member", "viewer", "partner_member", "architect", "lead"])
def test_only_an_owner_plans(who):
    cast = make_project()
    user = getattr(cast, who)

    page = client_of(user).post(f"/projects/{cast.key}/plan/", {"go_live_day": day(60).isoformat()})
    api = put(user, cast, "go_live", day=day(60).isoformat())
    look = client_of(user).get(f"/projects/{cast.key}/plan/").content.decode()

    assert (page.status_code, api.status_code, codes_of(api)) == (403, 403, ["not_owner"])
    assert 'aria-disabled="true"' in look
    assert days_of(cast) == {}


def test_that_a_date_becomes_firm_is_kept_and_moves_nothing():
    cast = make_project()
    put(cast.owner, cast, "go_live", day=day(40).isoformat(), tentative=True)
    announced = Outbox.objects.filter(kind="milestone.moved").count()

    put(cast.owner, cast, "go_live", 1, day=day(40).isoformat(), because="Agreed by the board.")
    page = client_of(cast.owner).get(f"/projects/{cast.key}/plan/").content.decode()

    move = MilestoneMove.objects.first()
    assert (move.was_tentative, move.tentative, move.before, move.after) == (True, False, day(40), day(40))
    assert "made Go-live firm" in page
    assert "once, last from" not in page
    assert Outbox.objects.filter(kind="milestone.moved").count() == announced


def test_what_somebody_else_moved_is_not_overwritten_unseen_by_page():
    cast = make_project()
    plan_dates(cast)
    mine = seen(cast) | {"go_live_day": day(74).isoformat(), "because": "The rehearsal needs a weekend."}
    put(cast.owner, cast, "go_live", 4, day=day(67).isoformat(), because="The board said so.")
    put(cast.owner, cast, "test_end", 5, day=day(50).isoformat())
    client = client_of(cast.owner)

    answer = client.post(f"/projects/{cast.key}/plan/", mine)
    form = answer.context["form"]

    body = answer.content.decode()
    assert (answer.status_code, days_of(cast)["go_live"]) == (409, (day(67), False))
    assert [(theirs, own) for _entry, theirs, own in answer.context["conflicts"]] == [(day(67), day(74))]
    assert "The board said so." in body
    assert "The rehearsal needs a weekend." in body
    again = client.post(f"/projects/{cast.key}/plan/", {name: str(value) for name, value in form.data.items()})
    assert again.status_code == 302
    assert (days_of(cast)["go_live"], days_of(cast)["test_end"]) == ((day(74), False), (day(50), False))


def test_what_somebody_else_moved_is_not_overwritten_unseen_by_api():
    cast = make_project()
    plan_dates(cast)
    look = call(cast.owner, "get", f"projects/{cast.key}/milestones/go_live/")
    put(cast.owner, cast, "go_live", 4, day=day(67).isoformat())

    late = put(cast.owner, cast, "go_live", look.json()["revision"], day=day(74).isoformat())
    other = put(cast.owner, cast, "test_end", look.json()["revision"], day=day(50).isoformat())
    blind = call(cast.owner, "put", f"projects/{cast.key}/milestones/go_live/", {"day": day(74).isoformat()})

    both = late.json()
    assert (look["ETag"], late.status_code, both["code"], both["revision"]) == ('"4"', 412, "stale", 5)
    assert both["theirs"] == {"go_live": {"day": day(67).isoformat(), "tentative": False}}
    assert both["mine"] == {"go_live": {"day": day(74).isoformat(), "tentative": False}}
    assert (other.status_code, blind.status_code, blind.json()["code"]) == (200, 428, "revision_missing")
    assert days_of(cast)["go_live"] == (day(67), False)


@pytest.mark.parametrize("revision", ["-1", "many", str(10**30)])
def test_a_revision_that_is_none_is_refused(revision):
    cast = make_project()
    form = {"go_live_day": day(60).isoformat(), "revision": revision}

    assert client_of(cast.owner).post(f"/projects/{cast.key}/plan/", form).status_code == 422


@pytest.mark.req("S1-5")
@pytest.mark.parametrize(("ahead", "told"), [(59, ["go_live_set_late"]), (60, [])])
def test_go_live_set_or_moved_nearer_than_sixty_days_is_pointed_out_everywhere(ahead, told):
    cast = make_project()
    put(cast.owner, cast, "go_live", day=day(80).isoformat())

    answer = put(cast.owner, cast, "go_live", 1, day=day(ahead).isoformat()).json()
    plan, overview = (client_of(cast.viewer).get(f"/projects/{cast.key}/{page}") for page in ("plan/", ""))

    said = [[notice.code for notice in page.context["notices"]] for page in (plan, overview)]
    assert ([notice["code"] for notice in answer["notices"]], *said) == (told, told, told)
    words = f"Go-live set {ahead} days ahead: at least 60 are advised."
    assert {words in page.content.decode() for page in (plan, overview)} == {bool(told)}


@pytest.mark.req("S1-6")
def test_dates_may_be_changed_again_and_again_and_a_passed_one_waits_for_that():
    cast = make_project()
    plan_dates(cast, go_live_in=20)  # Analysis and Design and develop have passed

    for days in (30, 31, 32):
        revision = MilestoneMove.objects.count()
        put(cast.owner, cast, "go_live", revision, day=day(days).isoformat())
    lines = client_of(cast.owner).get("/").context["waiting"]

    assert days_of(cast)["go_live"] == (day(32), False)
    waits = [(line.detail, line.due_on) for line in lines if line.text == "Bring the dates up to date"]
    assert waits == [("Past and not complete: Analysis ends, Design and develop ends", day(-22))]


def test_a_milestone_that_is_none_is_missing():
    cast = make_project()

    assert call(cast.owner, "get", f"projects/{cast.key}/milestones/party/").status_code == 404


@pytest.mark.parametrize("rows", [1, 50])
def test_the_plan_costs_the_same_for_one_and_for_fifty_moves(rows):
    cast = make_project()
    rollout = cast.project.rollouts.get()
    MilestoneMove.objects.bulk_create(
        MilestoneMove(
            rollout=rollout, milestone="go_live", after=day(n), because=f"Reason {n}.", by=cast.owner, at=timezone.now()
        )
        for n in range(rows)
    )
    client = client_of(cast.owner)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/projects/{cast.key}/plan/")

    assert len(queries) == 10
    body = page.content.decode()
    assert all(f"Reason {n}." in body for n in range(rows))
