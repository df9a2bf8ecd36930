"""The content security policy stands on every answer of every door: pages, errors, downloads, files and the API."""

import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.access import DOORS
from tests.architecture.test_access import doors_of
from tests.builders import client_of
from tests.builders_projects import Cast, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.once]

UID = "00000000-0000-7000-8000-000000000000"
PARTS = {
    "contradiction": "CO-01", "form": "csv", "milestone": "go_live", "number": 1, "phase": "analysis", "pk": 1,
    "place": "scope", "question": "SC-02", "secret": "x", "step": "A02", "topic": "SC", "uid": UID, "verb": "retry",
    "other": 2, "way": "up",
}  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    return make_project()


def address_of(name: str, key: str) -> str:
    for possible in get_resolver().reverse_dict.getlist(name):
        for _route, parts in possible[0]:
            return reverse(name, kwargs={part: (PARTS | {"key": key})[part] for part in parts})
    raise NoReverseMatch(name)


def faults_of(response) -> list[str]:
    policy = response.headers.get("Content-Security-Policy", "")
    wanted = [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "script-src 'self'",
    ]
    missing = [word for word in wanted if word not in re.split(r";\s*", policy)]
    loose = re.findall(r"unsafe-\w+|\*|https?:", policy)
    frames = [] if response.headers.get("X-Frame-Options") == "DENY" else ["X-Frame-Options"]
    return missing + loose + frames


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["owner", "architect", ""])
def test_every_door_answers_with_the_policy(cast, who, method):
    caller = client_of(getattr(cast, who)) if who else Client()

    for name, _callback in doors_of(get_resolver()):
        response = getattr(caller, method)(address_of(name, cast.key))
        assert (name, response.status_code < 500, faults_of(response)) == (name, True, [])


@pytest.mark.parametrize(
    "address",
    ["/nowhere/", "/projects/?q=%00", "/api/v1/nowhere/", "/api/v1/projects/", "/admin/", "/projects//", "/healthz"],
)
def test_errors_and_what_is_not_ours_too(client, address):
    assert faults_of(client.get(address)) == []


def test_a_refused_method_and_a_wrong_token_too(client):
    assert faults_of(client.put("/reviews/")) == []
    assert faults_of(client.get("/api/v1/projects/", headers={"Authorization": "Bearer nobody"})) == []


def test_a_form_from_elsewhere_is_refused_with_the_policy(cast):
    response = client_of(cast.owner, enforce_csrf_checks=True).post("/projects/new/", {})

    assert (response.status_code, faults_of(response)) == (403, [])


def test_a_fault_of_ours_too(cast, monkeypatch):
    caller = client_of(cast.owner, raise_request_exception=False)
    monkeypatch.setattr("golive.pages.home.render", lambda *args, **kwargs: 1 / 0)

    response = caller.get("/")

    assert (response.status_code, faults_of(response)) == (500, [])


def test_a_file_of_ours_too(settings, tmp_path):
    settings.STATIC_ROOT, settings.WHITENOISE_AUTOREFRESH = str(tmp_path), False
    (tmp_path / "base.css").write_text("/* collected */")

    response = Client().get("/static/base.css")

    assert (response.status_code, faults_of(response)) == (200, [])


def test_the_list_of_doors_is_the_one_of_the_access_matrix():
    assert {name for name, _callback in doors_of(get_resolver())} == set(DOORS)
