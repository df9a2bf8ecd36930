"""My work: what waits for somebody, oldest promise first, then their projects."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.portfolio.actions.projects import note
from tests.builders import client_of
from tests.builders_projects import call, make_project, onboard, plan_dates, start, submitted_project

pytestmark = pytest.mark.django_db


def texts(page):
    return [line.text for line in page.context["waiting"]]


def test_the_oldest_promise_stands_first_whichever_slice_it_comes_from():
    cast = make_project()
    plan_dates(cast, go_live_in=43)  # Analysis ends tomorrow, onboarding is due in a week, the checklist in a fortnight

    page = client_of(cast.owner).get("/")

    assert texts(page) == ["Complete Analysis", "Finish onboarding", "Submit the checklist"]
    assert "3 things wait for you." in page.content.decode()


def test_what_is_late_is_said_first():
    cast = make_project()
    plan_dates(cast, go_live_in=40)

    body = client_of(cast.owner).get("/").content.decode()

    assert "4 things wait for you; 2 are late." in body


def test_whoever_has_nothing_to_do_is_told_so():
    cast = make_project()

    body = client_of(cast.viewer).get("/").content.decode()

    assert "Nothing waits for you." in body
    assert "Halden Dairy" in body


def test_a_project_shows_countdown_readiness_station_and_turn():
    cast = make_project()
    plan_dates(cast)
    note(cast.project, answered=3, asked=5, predicted_risk=3)

    body = client_of(cast.viewer).get("/").content.decode()

    for words in ("in 60 days", "3 of 5", "High", "Checklist", "the team"):
        assert words in body


def test_fasttrack_sees_here_what_it_is_the_architect_of_and_no_more():
    cast = make_project()

    page = client_of(cast.architect).get("/")

    assert page.context["lines"] == []


def test_the_api_says_the_same():
    cast = make_project()
    plan_dates(cast, go_live_in=43)

    results = call(cast.owner, "get", "my-work/").json()["results"]

    assert [row["text"] for row in results] == ["Complete Analysis", "Finish onboarding", "Submit the checklist"]
    assert results[0]["due_on"] == (timezone.localdate() + timedelta(days=1)).isoformat()
    assert call(cast.stranger, "get", "my-work/").json()["results"] == []


def test_nobody_reads_it_without_signing_in(client):
    assert client.get("/").status_code == 302


def test_a_submitted_checklist_waits_for_fasttrack():
    cast = submitted_project()

    page = client_of(cast.architect).get("/")

    assert texts(page) == ["Take the checklist"]
    assert page.context["waiting"][0].project == "Halden Dairy"


@pytest.mark.parametrize("rows", [1, 50])
def test_it_costs_the_same_for_one_and_for_fifty(rows):
    cast = make_project("Project 0")
    plan_dates(cast)
    onboard(cast)
    for number in range(1, rows):
        start(f"Project {number}", owner=cast.owner)
    client = client_of(cast.owner)

    with CaptureQueriesContext(connection) as queries:
        page = client.get("/")

    assert len(queries) == 11
    body = page.content.decode()
    assert all(f">Project {number}<" in body for number in range(rows))


def test_a_name_with_markup_is_text():
    cast = make_project("<b>Halden</b>")

    assert "&lt;b&gt;Halden&lt;/b&gt;" in client_of(cast.owner).get("/").content.decode()
