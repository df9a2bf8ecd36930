"""The list of projects: who sees which, in which order, page by page, at the same cost however long."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.portfolio.actions.projects import note
from tests.builders import client_of, make_organisation, make_user
from tests.builders_projects import call, make_project, plan_dates, start

pytestmark = pytest.mark.django_db


def owner():
    return make_user("Sigrid Aas", organisation=make_organisation("customer", "Halden Dairy AS"), is_org_admin=True)


def dated(project, days):
    note(project, go_live_on=timezone.localdate() + timedelta(days=days))


def names_in(page):
    return [line.project.name for line in page.context["lines"]]


def test_soonest_go_live_comes_first_and_no_date_last():
    user = owner()
    for name, days in (("Brixen", 40), ("Aldova", None), ("Odense", 10)):
        project = start(name, owner=user)
        if days:
            dated(project, days)

    page = client_of(user).get("/projects/")

    assert names_in(page) == ["Odense", "Brixen", "Aldova"]


def test_pages_by_cursor_show_every_project_once():
    user = owner()
    for number in range(9):
        project = start(f"P{number}", owner=user)
        if number < 5:
            dated(project, 10 + number // 2)  # some share a day
    client = client_of(user)

    seen, address, pages = [], "/projects/?page_size=2", 0
    while address:
        page = client.get(address)
        seen += names_in(page)
        address, pages = page.context["next"], pages + 1

    assert seen == [f"P{number}" for number in range(9)]
    assert pages == 5


def test_a_page_that_ends_with_the_last_dated_project_leads_to_those_without():
    user = owner()
    for number in range(4):
        project = start(f"P{number}", owner=user)
        if number < 2:
            dated(project, 10 + number)
    client = client_of(user)

    first = client.get("/projects/?page_size=2")
    second = client.get(first.context["next"])

    assert (names_in(first), names_in(second)) == (["P0", "P1"], ["P2", "P3"])


def test_a_later_page_begins_where_the_one_before_ended():
    """Said as a bound of its own, so that a database begins there in its index and not at page one."""
    user = owner()
    for number in range(3):
        dated(start(f"P{number}", owner=user), 10 + number)
    client = client_of(user)
    address = client.get("/projects/?page_size=2").context["next"]

    with CaptureQueriesContext(connection) as queries:
        assert names_in(client.get(address)) == ["P2"]

    listed = next(query["sql"] for query in queries if "ORDER BY" in query["sql"] and "LIMIT 3" in query["sql"])
    assert '"sort_day" >= ' in listed


@pytest.mark.parametrize(("words", "found"), [("tessel", ["Tessel Foods"]), ("halden", ["Tessel Foods", "Ulma"])])
def test_search_looks_at_name_and_customer(words, found):
    user = owner()
    start("Tessel Foods", owner=user)
    start("Ulma", owner=user)

    page = client_of(user).get("/projects/", {"words": words})

    assert names_in(page) == found


def test_search_finds_a_key_and_says_when_it_finds_nothing():
    user = owner()
    project = start("Tessel Foods", owner=user)
    client = client_of(user)

    assert names_in(client.get("/projects/", {"words": project.key})) == ["Tessel Foods"]
    assert "No project that you may see is like this" in client.get("/projects/", {"words": "zzz"}).content.decode()


def test_a_search_by_htmx_answers_with_the_list_alone():
    user = owner()
    start("Tessel Foods", owner=user)

    part = client_of(user).get("/projects/", {"words": "tessel"}, headers={"HX-Request": "true"})

    assert b"Tessel Foods" in part.content
    assert b"<html" not in part.content


@pytest.mark.parametrize("rows", [1, 50])
def test_the_list_costs_the_same_for_one_and_for_fifty(rows):
    user = owner()
    for number in range(rows):
        dated(start(f"Project {number}", owner=user), number)
    client = client_of(user)

    with CaptureQueriesContext(connection) as queries:
        page = client.get("/projects/")

    assert len(queries) == 6
    body = page.content.decode()
    assert all(f">Project {number}<" in body for number in range(rows))


def test_everybody_sees_their_own_and_fasttrack_all():
    cast, other = make_project(), make_project("Aldova Pharma")

    seen = {
        name: names_in(client_of(getattr(cast, name)).get("/projects/"))
        for name in ("owner", "member", "viewer", "partner_member", "stranger", "engineer", "lead", "architect")
    }

    mine, all_of_them = [cast.project.name], [cast.project.name, other.project.name]
    assert seen == {
        "owner": mine,
        "member": mine,
        "viewer": mine,
        "partner_member": mine,
        "stranger": [],
        "engineer": [],
        "lead": all_of_them,
        "architect": all_of_them,
    }


def test_the_api_lists_the_same_in_the_same_order():
    cast = make_project()
    plan_dates(cast)
    start("Aldova Pharma", owner=cast.owner)

    answer = call(cast.owner, "get", "projects/").json()

    assert [row["name"] for row in answer["results"]] == ["Halden Dairy", "Aldova Pharma"]
    assert answer["next"] is None
    assert "actions" not in answer["results"][0]
