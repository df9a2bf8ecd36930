"""What the list of projects may be asked: each filter alone, together, in every order, by page and by API."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.portfolio.actions.projects import keep_project, note
from projects.portfolio.queries import seeing
from projects.portfolio.rules.listing import NAMES, UnknownFilter, read_listing
from tests.builders import client_of, make_organisation, make_user
from tests.builders_projects import call, make_project, start

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def owner():
    return make_user("Sigrid Aas", organisation=make_organisation("customer", "Halden Dairy AS"), is_org_admin=True)


def in_days(days):
    return TODAY() + timedelta(days=days)


def found(user, **asked):
    page = client_of(user).get("/projects/", asked)
    assert page.status_code == 200
    return [line.project.name for line in page.context["lines"]]


def answered(user, **asked):
    answer = call(user, "get", "projects/?" + "&".join(f"{name}={value}" for name, value in asked.items()))
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["results"]]


@pytest.fixture
def three():
    """Alike but for what the filters tell apart: Aldova, Brixen, Corvin in the order of their go-live."""
    user = owner()
    partner = make_organisation("partner", "Nordvik")
    other = start("Corvin", owner=user, infrastructure="microsoft_managed", partner=partner)
    note(other, go_live_on=in_days(70), phase="test", has_ce=True, predicted_risk=4, turn="reviewers")
    architect = make_user("Imke Voss", organisation=make_organisation("fasttrack"), is_architect=True)
    first = start("Aldova", owner=user)
    note(first, go_live_on=in_days(-3), has_fo=True)
    middle = start("Brixen", owner=user)
    type(middle).objects.filter(pk=middle.pk).update(architect=architect, engagement_type="architect_led")
    middle.refresh_from_db()
    keep_project(middle)
    note(middle, go_live_on=in_days(20), has_fo=True, predicted_risk=2)
    return user, partner, architect


def plain(response):
    """Without its token, which is another one each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def asked_of(three):
    _user, partner, architect = three
    month = in_days(70)
    return [
        ({"state": "active"}, ["Aldova", "Brixen", "Corvin"]),
        ({"state": "paused"}, []),
        ({"phase": "test"}, ["Corvin"]),
        ({"infrastructure": "self_service"}, ["Aldova", "Brixen"]),
        ({"engagement_type": "architect_led"}, ["Brixen"]),
        ({"product": "fo"}, ["Aldova", "Brixen"]),
        ({"product": "ce"}, ["Corvin"]),
        ({"risk": "4"}, ["Corvin"]),
        ({"risk": "0"}, ["Aldova"]),
        ({"waits_for": "reviewers"}, ["Corvin"]),
        ({"partner": str(partner.uid)}, ["Corvin"]),
        ({"architect": str(architect.uid)}, ["Brixen"]),
        ({"window": "30"}, ["Brixen"]),
        ({"window": "90"}, ["Brixen", "Corvin"]),
        ({"window": "passed"}, ["Aldova"]),
        ({"window": "undated"}, []),
        ({"first": in_days(20).isoformat()}, ["Brixen", "Corvin"]),
        ({"last": in_days(20).isoformat()}, ["Aldova", "Brixen"]),
        ({"first": in_days(-3).isoformat(), "last": in_days(20).isoformat(), "window": "30"}, ["Brixen"]),
        ({"month": f"{month:%Y%m}", "risk": "4"}, ["Corvin"]),
        ({"archived": "yes"}, []),
        ({"product": "fo", "infrastructure": "self_service", "risk": "2"}, ["Brixen"]),
        ({"words": "nordvik corv"}, ["Corvin"]),
        ({"words": "halden", "window": "90"}, ["Brixen", "Corvin"]),
        ({"words": "halden nordvik"}, ["Corvin"]),
        ({"words": "..."}, []),
        ({"sort": "day"}, ["Aldova", "Brixen", "Corvin"]),
        ({"sort": "risk"}, ["Corvin", "Brixen", "Aldova"]),
        ({"sort": "name"}, ["Aldova", "Brixen", "Corvin"]),
    ]


@pytest.mark.parametrize("few", [200, 0])
def test_each_filter_finds_the_same_through_both_doors_for_few_and_for_many(three, few, monkeypatch):
    monkeypatch.setattr(seeing, "FEW", few)
    user = three[0]

    expected = [names for _asked, names in asked_of(three)]

    assert [found(user, **asked) for asked, _names in asked_of(three)] == expected
    assert [answered(user, **asked) for asked, _names in asked_of(three)] == expected


def test_every_filter_is_tried(three):
    assert {name for asked, _names in asked_of(three) for name in asked} == set(NAMES)


@pytest.mark.parametrize("few", [200, 0])
@pytest.mark.parametrize("sort", ["day", "risk", "name"])
def test_every_order_pages_by_cursor_without_losing_one(sort, few, monkeypatch):
    monkeypatch.setattr(seeing, "FEW", few)
    user = owner()
    for number in range(9):
        note(start("Same" if number % 2 else f"P{number}", owner=user), predicted_risk=number // 3)
    client = client_of(user)

    seen, address = [], f"/projects/?page_size=2&state=active&sort={sort}"
    while address:
        page = client.get(address)
        seen += [line.project.pk for line in page.context["lines"]]
        address = page.context["next"]

    assert len(seen) == len(set(seen)) == 9


def test_what_is_over_stands_last_and_is_found_by_its_own_day_when_asked_for():
    user = owner()
    for name, days in (("Over", 5), ("Ahead", 50)):
        note(start(name, owner=user), go_live_on=in_days(days))
    over = user.organisation.customer_projects.get(name="Over")
    over.close(at=timezone.now())
    over.save()
    keep_project(over)

    assert found(user) == ["Ahead", "Over"]
    assert found(user, window="30") == []
    assert found(user, state="closed", window="30") == ["Over"]
    assert found(user, state="closed", window="undated") == []


def test_an_archived_project_is_out_of_sight_until_asked_for():
    user = owner()
    start("Here", owner=user)
    gone = start("Gone", owner=user)
    gone.close(at=timezone.now())
    gone.archived_at = timezone.now()
    gone.save()
    keep_project(gone)

    assert found(user) == ["Here"]
    assert found(user, archived="yes") == ["Gone"]


WRONG = [
    ("state", "asleep"),
    ("risk", "5"),
    ("window", "31"),
    ("sort", "-name"),
    ("archived", "no"),
    ("partner", "1"),
    ("architect", "0" * 36),
    ("first", "2026-13-01"),
    ("first", "0001-01-01"),
    ("last", "9999-12-31"),
    ("last", "2026-W01-1"),
    ("month", "202613"),
    ("month", "\u0662\u0660\u0662\u0666\u0661\u0662"),
    ("words", "a\u202eb"),
    ("words", "x" * 81),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_value_that_is_none_is_refused_with_a_sentence(name, value):
    user = owner()
    start("Here", owner=user)

    page = client_of(user).get("/projects/", {name: value})
    answer = client_of(user).get("/api/v1/projects/", {name: value})

    assert (page.status_code, answer.status_code) == (422, 400)
    assert page.context["lines"] == []
    assert page.context["form"].errors[name]
    assert name in answer.content.decode()


def test_days_the_wrong_way_round_are_pointed_out():
    with pytest.raises(UnknownFilter) as wrong:
        read_listing({"first": "2026-12-02", "last": "2026-12-01"}, today=in_days(0).replace(year=2026))

    assert set(wrong.value.errors) == {"last"}


def test_a_misspelt_filter_of_the_api_is_refused():
    assert call(owner(), "get", "projects/?stat=active").status_code == 400


def test_a_filter_without_script_and_by_htmx_say_the_same(three):
    client = client_of(three[0])
    asked = {"risk": "4", "state": "", "words": "", "sort": "day"}

    page = plain(client.get("/projects/", asked))
    part = plain(client.get("/projects/", asked, headers={"HX-Request": "true"}))

    assert "Corvin" in part
    assert "Brixen" not in part
    assert part.strip() in page


def test_a_filter_that_is_in_use_stays_in_sight(three):
    client = client_of(three[0])

    plain, used = client.get("/projects/").content, client.get("/projects/", {"phase": "test"}).content

    assert b"<details>" in plain
    assert b"<details open>" in used


@pytest.mark.parametrize("few", [200, 0])
def test_choices_name_nobody_of_a_project_that_one_does_not_see(three, few, monkeypatch):
    monkeypatch.setattr(seeing, "FEW", few)
    _user, partner, architect = three
    mine = make_project("Mine")

    body = client_of(mine.owner).get("/projects/").content.decode()

    assert mine.project.partner.name in body
    assert partner.name not in body
    assert architect.name not in body
    assert found(mine.owner, partner=str(partner.uid)) == []
    assert found(mine.owner, architect=str(architect.uid)) == []


@pytest.mark.parametrize(
    "asked", [{}, {"sort": "name"}, {"risk": "4", "sort": "name"}, {"words": "p", "window": "90", "sort": "name"}]
)
@pytest.mark.parametrize("few", [200, 0])
def test_no_filter_costs_more_than_six_queries(asked, few, monkeypatch):
    monkeypatch.setattr(seeing, "FEW", few)
    user = owner()
    for number in range(3):
        note(start(f"P{number}", owner=user), go_live_on=in_days(number), predicted_risk=4)
    client = client_of(user)

    with CaptureQueriesContext(connection) as queries:
        page = client.get("/projects/", asked)

    assert len(page.context["lines"]) == 3
    assert len(queries) <= 6
