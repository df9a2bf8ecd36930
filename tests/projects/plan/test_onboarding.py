"""Onboarding: saved in any order, completed when nothing is missing, by page and by API."""

import pytest

from projects.methodology.models.course import Step
from projects.plan.models.onboarding import Onboarding
from tests.builders import client_of
from tests.builders_projects import call, codes_of, make_project, onboard, plan_dates

pytestmark = pytest.mark.django_db

FORM = {"vision": "One set of books.", "products": ["fo"], "user_count": "120", "work_tracking": ""}


def row_of(cast):
    return Onboarding.objects.get(project=cast.project)


def test_what_is_saved_stays_and_is_shown_again():
    cast = make_project()

    answer = client_of(cast.owner).post(f"/projects/{cast.key}/onboarding/", FORM | {"vision": "One\nset <b>"})
    page = client_of(cast.owner).get(f"/projects/{cast.key}/onboarding/")

    assert answer.status_code == 302
    assert (row_of(cast).vision, row_of(cast).products, row_of(cast).user_count) == ("One\nset <b>", ["fo"], 120)
    assert "set &lt;b&gt;" in page.content.decode()


def test_a_draft_may_be_empty():
    cast = make_project()

    answer = client_of(cast.owner).post(f"/projects/{cast.key}/onboarding/", {})

    assert answer.status_code == 302


def test_the_api_changes_what_it_names_and_leaves_the_rest():
    cast = make_project()
    call(cast.owner, "put", f"projects/{cast.key}/onboarding/", {"vision": "One set of books."})

    answer = call(cast.owner, "put", f"projects/{cast.key}/onboarding/", {"user_count": 7})

    assert (answer.json()["vision"], answer.json()["user_count"]) == ("One set of books.", 7)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.com/x", "data:text/html,x"])
def test_a_link_leads_to_the_web_only(link):
    cast = make_project()

    page = client_of(cast.owner).post(f"/projects/{cast.key}/onboarding/", FORM | {"work_tracking": link})
    api = call(cast.owner, "put", f"projects/{cast.key}/onboarding/", {"work_tracking": link})

    assert (page.status_code, api.status_code) == (422, 400)
    assert row_of(cast).work_tracking == ""


def test_complete_is_refused_with_every_reason_by_both_doors():
    cast = make_project()

    page = client_of(cast.owner).post(f"/projects/{cast.key}/onboarding/complete/")
    api = call(cast.owner, "post", f"projects/{cast.key}/onboarding/complete/")
    shown = call(cast.owner, "get", f"projects/{cast.key}/onboarding/").json()["actions"]["complete"]

    missing = ["no_vision", "no_products", "no_user_count", "milestones_missing"]
    assert (page.status_code, api.status_code, codes_of(api)) == (409, 409, missing)
    assert [reason["code"] for reason in shown["reasons"]] == missing
    assert row_of(cast).completed_at is None


def test_the_page_lists_what_is_missing_beside_the_disabled_button():
    cast = make_project()

    body = client_of(cast.owner).get(f"/projects/{cast.key}/onboarding/").content.decode()

    assert 'aria-disabled="true"' in body
    assert "Choose at least one product." in body
    assert f'href="/projects/{cast.key}/plan/"' in body


@pytest.mark.parametrize("door", ["page", "api"])
def test_a_whole_onboarding_is_completed_and_ticks_its_step(door):
    cast = make_project()
    plan_dates(cast)
    client = client_of(cast.owner)
    client.post(f"/projects/{cast.key}/onboarding/", FORM)

    if door == "page":
        answer = client.post(f"/projects/{cast.key}/onboarding/complete/")
    else:
        answer = call(cast.owner, "post", f"projects/{cast.key}/onboarding/complete/")

    assert answer.status_code == (302 if door == "page" else 200)
    assert row_of(cast).completed_by == cast.owner
    assert Step.objects.get(project=cast.project, key="A01").state == "done"


@pytest.mark.parametrize("who", ["member", "viewer", "partner_member", "architect"])
def test_only_an_owner_writes_it(who):
    cast = make_project()
    plan_dates(cast)
    user = getattr(cast, who)

    page = client_of(user).post(f"/projects/{cast.key}/onboarding/", FORM)
    api = call(user, "put", f"projects/{cast.key}/onboarding/", {"vision": "Mine"})
    done = call(user, "post", f"projects/{cast.key}/onboarding/complete/")

    assert (page.status_code, api.status_code, done.status_code) == (403, 403, 403)
    assert codes_of(api) == ["not_owner"]
    assert row_of(cast).vision == ""


def test_it_stays_editable_afterwards():
    cast = make_project()
    plan_dates(cast)
    onboard(cast)

    answer = client_of(cast.owner).post(f"/projects/{cast.key}/onboarding/", FORM | {"user_count": "300"})

    assert answer.status_code == 302
    assert row_of(cast).user_count == 300
    assert row_of(cast).completed_at
