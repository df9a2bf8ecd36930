"""A project that one does not see is missing like one that never was: same status, same words, at every door."""

import re

import pytest

from tests.builders import client_of
from tests.builders_projects import call, make_project, plan_dates

pytestmark = pytest.mark.django_db

NOWHERE = "NONE-9ZZ"
PAGES = [
    ("get", ""),
    ("get", "people/"),
    ("post", "people/add/"),
    ("post", "people/invite/"),
    ("post", "people/own/"),
    ("get", "people/{uid}/"),
    ("post", "people/{uid}/"),
    ("get", "people/{uid}/remove/"),
    ("post", "people/{uid}/remove/"),
    ("get", "people/{uid}/hand-over/"),
    ("post", "people/{uid}/hand-over/"),
    ("post", "people/check/"),
    ("get", "people/import/"),
    ("post", "people/import/"),
    ("post", "people/import/apply/"),
    ("get", "people/import/sheet/"),
    ("get", "onboarding/"),
    ("get", "onboarding/scope/"),
    ("post", "onboarding/scope/"),
    ("get", "onboarding/milestones/"),
    ("post", "onboarding/milestones/"),
    ("post", "onboarding/complete/"),
    ("get", "plan/"),
    ("get", "planner/"),
    ("post", "plan/"),
    ("post", "plan/what-if/"),
    ("post", "plan/calendar/"),
    ("get", "methodology/"),
    ("post", "methodology/steps/A02/done/"),
    ("post", "methodology/steps/A02/undo/"),
    ("post", "methodology/analysis/complete/"),
    ("post", "methodology/analysis/reopen/"),
    ("get", "history/"),
    ("get", "history/export/csv/"),
]
CALLS = [
    ("get", ""),
    ("get", "members/"),
    ("post", "members/"),
    ("get", "members/{uid}/"),
    ("delete", "members/{uid}/"),
    ("post", "become-owner/"),
    ("get", "onboarding/"),
    ("put", "onboarding/"),
    ("post", "onboarding/complete/"),
    ("get", "milestones/"),
    ("get", "milestones/go_live/"),
    ("put", "milestones/go_live/"),
    ("get", "planner/"),
    ("post", "what-if/"),
    ("post", "what-if/"),
    ("get", "phases/"),
    ("get", "phases/analysis/"),
    ("post", "phases/analysis/complete/"),
    ("post", "phases/analysis/reopen/"),
    ("get", "steps/A02/"),
    ("post", "steps/A02/complete/"),
    ("post", "steps/A02/undo/"),
    ("get", "history/"),
]


@pytest.fixture
def cast():
    """With something to leak."""
    cast = make_project()
    plan_dates(cast)
    return cast


def plain(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


@pytest.mark.parametrize(("method", "path"), PAGES)
def test_a_page_of_another_project_is_a_page_of_none(cast, method, path):
    send = getattr(client_of(cast.stranger), method)
    path = path.format(uid=cast.member.uid)

    foreign, missing = send(f"/projects/{cast.key}/{path}"), send(f"/projects/{NOWHERE}/{path}")

    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert plain(foreign) == plain(missing)


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_a_call_on_another_project_is_a_call_on_none(cast, method, path):
    path = path.format(uid=cast.member.uid)
    body = None if method in {"get", "delete"} else {}

    foreign = call(cast.stranger, method, f"projects/{cast.key}/{path}", body)
    missing = call(cast.stranger, method, f"projects/{NOWHERE}/{path}", body)

    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.content == missing.content


@pytest.mark.parametrize("path", [path for method, path in PAGES if method == "post" and ("get", path) not in PAGES])
def test_mutation_is_post_only(cast, path):
    answer = client_of(cast.owner).get(f"/projects/{cast.key}/{path.format(uid=cast.member.uid)}")

    assert answer.status_code == 405
