"""The frame of a page: who is offered which places. No test here may ask the database: none is allowed to."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from golive.accounts.models import User
from golive.pages import context
from golive.pages.context import section_of, shell, zone_words

PEOPLE = {
    "project person": {},
    "organisation administrator": {"is_org_admin": True},
    "architect": {"is_architect": True},
    "lead": {"is_lead": True},
    "engineer": {"is_engineer": True},
    "administrator": {"is_administrator": True},
}
PLACES = {
    "project person": ["home", "portfolio", "service_requests", "search"],
    "organisation administrator": ["home", "portfolio", "service_requests", "search"],
    "architect": ["home", "portfolio", "desk", "search"],
    "lead": ["home", "portfolio", "desk", "numbers", "search"],
    "engineer": ["home", "portfolio", "service_requests", "search"],
    "administrator": ["home", "portfolio", "numbers", "search"],
}
MENUS = {
    "project person": ["account"],
    "organisation administrator": ["account", "people_and_organisations", "methodologies"],
    "architect": ["account"],
    "lead": ["account"],
    "engineer": ["account"],
    "administrator": ["account", "people_and_organisations", "dead_letters", "admin:index"],
}


@pytest.fixture(autouse=True)
def every_place_exists(monkeypatch) -> None:
    monkeypatch.setattr(context, "url_or_none", lambda name, **kwargs: f"/{name}/")


def request_of(user, *, url_name: str = "home", **kwargs):
    request = RequestFactory().get("/")
    request.user = user
    request.resolver_match = SimpleNamespace(url_name=url_name, kwargs=kwargs)
    return request


def names_of(places) -> list[str]:
    return [place.url.strip("/") for place in places]


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_is_offered_what_they_can_use(who: str) -> None:
    frame = shell(request_of(User(name="Mara", **PEOPLE[who])))["shell"]

    assert names_of(frame["places"]) == PLACES[who]
    assert names_of(frame["menu"]) == MENUS[who]


def test_a_stranger_is_offered_nothing() -> None:
    frame = shell(request_of(AnonymousUser()))["shell"]

    assert (frame["places"], frame["menu"], frame["person"]) == ((), (), None)


def test_a_request_that_met_no_person_has_a_frame() -> None:
    assert shell(RequestFactory().get("/"))["shell"]["places"] == ()


@pytest.mark.parametrize(
    ("url_name", "kwargs", "section"),
    [
        ("home", {}, "home"),
        ("checklist", {"key": "HALD-7Q2"}, "portfolio"),
        ("project_new", {}, "portfolio"),
        ("service_request", {"key": "HALD-7Q2", "number": 3}, "service_requests"),
        ("desk", {}, "desk"),
    ],
)
def test_a_page_knows_its_place(url_name: str, kwargs: dict, section: str) -> None:
    assert section_of(request_of(AnonymousUser(), url_name=url_name, **kwargs)) == section


def test_the_place_one_is_at_is_marked() -> None:
    frame = shell(request_of(User(name="Mara"), url_name="review", key="HALD-7Q2"))["shell"]

    assert [place.url for place in frame["places"] if place.current] == ["/portfolio/"]


@pytest.mark.parametrize(("zone", "words"), [("UTC", "UTC (UTC+0)"), ("Asia/Kolkata", "Asia/Kolkata (UTC+5:30)")])
def test_the_zone_is_told(zone: str, words: str) -> None:
    with timezone.override(zone):
        assert zone_words() == words


def test_only_a_demo_lists_people(settings) -> None:
    settings.DEMO = False

    assert shell(request_of(AnonymousUser()))["shell"]["people"] == ()
