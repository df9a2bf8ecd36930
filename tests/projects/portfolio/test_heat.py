"""Go-lives by month and worst risk: what is counted, for whom, and that each number lists what it counted."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.portfolio.actions.projects import keep_project, note
from projects.portfolio.content import weight_of
from projects.portfolio.queries import seeing
from projects.portfolio.queries.heat import months_from
from tests.builders import client_of
from tests.builders_projects import call, make_project, start

pytestmark = pytest.mark.django_db


def counted(user):
    cells = call(user, "get", "projects/heat/").json()["results"]
    return {(cell["month"], cell["risk"]): cell["count"] for cell in cells if cell["count"]}


def month(ahead):
    return months_from(timezone.localdate())[ahead]


@pytest.fixture
def cast():
    """Two critical next month, one on track in four, one long after."""
    cast = make_project("Aldova")
    note(cast.project, go_live_on=month(1), predicted_risk=4)
    note(start("Brixen", owner=cast.owner), go_live_on=month(1).replace(day=28), predicted_risk=4)
    note(start("Corvin", owner=cast.owner), go_live_on=month(4))
    note(start("Delmar", owner=cast.owner), go_live_on=month(0).replace(year=month(0).year + 2))
    return cast


def test_the_months_ahead_cross_the_year():
    assert months_from(date(2026, 11, 30))[:3] == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]


@pytest.mark.parametrize(("count", "weight"), [(0, 0), (1, 1), (2, 1), (3, 2), (9, 2), (10, 3), (5000, 3)])
def test_more_projects_are_stronger_ink(count, weight):
    assert weight_of(count) == weight


@pytest.mark.parametrize("few", [200, 0])
def test_each_number_lists_what_it_counted(cast, few, monkeypatch):
    monkeypatch.setattr(seeing, "FEW", few)
    client = client_of(cast.owner)

    page = client.get("/projects/")

    cells = [cell for row in page.context["heat"] for cell in row.cells if cell.count]
    assert [cell.count for cell in cells] == [2, 1]
    assert [len(client.get(f"/projects/?{cell.query}").context["lines"]) for cell in cells] == [2, 1]
    assert "2 go-lives of the next months carry a critical risk." in page.content.decode()


def test_the_api_counts_the_same(cast):
    assert counted(cast.owner) == {(f"{month(1):%Y%m}", 4): 2, (f"{month(4):%Y%m}", 0): 1}
    assert counted(cast.lead) == counted(cast.owner)


def test_what_is_over_is_no_go_live_ahead(cast):
    cast.project.close(at=timezone.now())
    cast.project.save()
    keep_project(cast.project)

    assert counted(cast.owner)[f"{month(1):%Y%m}", 4] == 1


@pytest.mark.parametrize("few", [200, 0])
def test_a_stranger_counts_nothing(cast, few, monkeypatch):
    monkeypatch.setattr(seeing, "FEW", few)
    assert counted(cast.stranger) == {}
    assert client_of(cast.stranger).get("/projects/").context["heat"] == []


def test_the_heat_is_not_asked_where_it_is_not_shown(cast):
    client = client_of(cast.owner)

    with CaptureQueriesContext(connection) as queries:
        part = client.get("/projects/", headers={"HX-Request": "true"})

    assert part.context["heat"] == []
    assert not [query for query in queries if "GROUP BY" in query["sql"]]
    assert client.get("/projects/?risk=4").context["heat"] == []
