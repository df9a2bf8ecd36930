"""The history of a methodology: every mark, phase, date and step that came or went, with names, for good."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from golive.audit.actions import record
from projects.methodology.actions.phases import complete_phase, reopen_phase
from projects.methodology.actions.steps import cease, mark_step, tick, undo_step
from projects.methodology.rules.catalogue import LATEST
from projects.plan.actions.milestones import set_milestones
from projects.plan.actions.onboarding import save_onboarding
from tests.builders import client_of
from tests.builders_projects import call, do_steps, make_project, onboard, plan_dates

pytestmark = pytest.mark.django_db
NOW = timezone.now


def history(cast, user=None, query=""):
    return call(user or cast.viewer, "get", f"projects/{cast.key}/methodology/history/{query}").json()


def page(cast):
    return client_of(cast.viewer).get(f"/projects/{cast.key}/methodology/history/").content.decode()


def test_every_act_stands_there_with_its_name_and_what_was_said():
    cast = make_project()
    days = plan_dates(cast)
    onboard(cast)
    mark_step(cast.project, "A02", by=cast.member, at=NOW(), note="minutes of 3 May")
    undo_step(cast.project, "A02", by=cast.partner_member, at=NOW())
    do_steps(cast, "analysis")
    complete_phase(cast.project, "analysis", by=cast.owner, at=NOW())
    reopen_phase(cast.project, "analysis", by=cast.owner, because="The scope changed.", at=NOW())
    later = days["go_live"] + timedelta(days=7)
    set_milestones(cast.project, {"go_live": later}, by=cast.owner, at=NOW(), because="A holiday.")

    found = [(one["by"], one["words"], one["said"]) for one in history(cast)["results"]]

    assert found[:3] == [
        ("Sigrid Aas", "set the date of Go-live", "A holiday."),
        ("Sigrid Aas", "reopened Analysis", "The scope changed."),
        ("Sigrid Aas", "completed Analysis", ""),
    ]
    assert ("Marta Kjeldsen", "took the mark of A02 Hold the kick-off and agree governance back", "") in found
    assert ("Jonas Lind", "marked A02 Hold the kick-off and agree governance as done", "minutes of 3 May") in found
    assert ("the system", "ticked A01 Finish project onboarding", "") in found
    body = page(cast)
    assert all(words in body for _by, words, _said in found)
    assert "minutes of 3 May" in body
    assert "A holiday." in body
    assert "The scope changed." in body


def test_a_fact_that_ceased_and_steps_that_went_are_told():
    cast = make_project(methodology=LATEST)
    tick(cast.project, "estimate.activated", at=NOW())
    cease(cast.project, "estimate.activated", at=NOW())
    save_onboarding(cast.project, by=cast.owner, at=NOW(), has_customizations=False)

    words = [one["words"] for one in history(cast)["results"]]

    assert words[0] == "D03, D05, D12, T08 went out of view"
    assert words[1] == "noted that T11 Upload and activate the final subscription estimate is no longer so"


def test_other_acts_of_the_project_are_not_of_the_methodology():
    cast = make_project()

    assert history(cast)["results"] == []
    assert "Nothing has happened yet." in page(cast)


@pytest.mark.parametrize("rows", [1, 50])
def test_the_page_costs_the_same_for_one_and_fifty(rows):
    cast = make_project()
    with transaction.atomic():
        for number in range(rows):
            key = ("A02", "A05", "D01", "T14")[number % 4]
            record(cast.project.chain, cast.owner, "step.done", f"step:{key}", at=NOW() + timedelta(seconds=number))
    client = client_of(cast.owner)

    with CaptureQueriesContext(connection) as queries:
        body = client.get(f"/projects/{cast.key}/methodology/history/").content.decode()

    assert len(queries) == 9
    assert body.count("Sigrid Aas</bdi></b> marked") == rows


def test_a_longer_history_goes_on_where_the_page_ended():
    cast = make_project()
    with transaction.atomic():
        for _number in range(3):
            record(cast.project.chain, cast.owner, "step.done", "step:A02", at=NOW())

    first = history(cast, query="?page_size=2")
    rest = call(cast.viewer, "get", first["next"].removeprefix("/api/v1/")).json()

    seen = [one["seq"] for one in first["results"] + rest["results"]]
    assert (len(seen), seen, rest["next"]) == (3, sorted(seen, reverse=True), None)
