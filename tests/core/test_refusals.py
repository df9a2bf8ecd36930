import json

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from golive.core.decision import Cure
from golive.core.refusals import url_of
from golive.pages import errors

pytestmark = [pytest.mark.urls("tests.core.doors"), pytest.mark.django_db]

HTMX = {"HX-Request": "true"}
WHAT = {
    "not_yet": (409, "Not done: something is still missing."),
    "not_yours": (403, "This is not yours to do."),
    "stale": (409, "Not saved: Jonas Lind changed this first."),
    "stray": (422, "This must be one line."),
    "missing": (404, "There is nothing here that you can see."),
    "forbidden": (403, "This is not yours to do."),
    "locked": (503, "The product is busy or partly out of order."),
}


@pytest.mark.parametrize("door", WHAT)
def test_a_page_says_what_happened_and_the_number_last(client, door):
    status, what = WHAT[door]

    response = client.get(f"/{door}/", headers={"X-Request-ID": "abcd1234-ef"})

    html = response.content.decode()
    assert response.status_code == status
    assert "<!doctype html>" in html
    assert html.index(what) < html.rindex(str(status))
    assert ("abcd1234" in html) is (status != 404)


@pytest.mark.parametrize("door", WHAT)
def test_htmx_gets_a_fragment_for_the_live_region_so_that_typed_text_stays(client, door):
    status, what = WHAT[door]

    response = client.get(f"/{door}/", headers=HTMX)

    html = response.content.decode()
    assert response.status_code == status
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#live", "innerHTML")
    assert "HX-Request" in response["Vary"]
    assert "<html" not in html
    assert what in html


@pytest.mark.parametrize("extra", [{"HX-Boosted": "true"}, {"HX-History-Restore-Request": "true"}])
def test_a_boosted_link_or_a_restored_page_gets_the_whole_page(client, extra):
    response = client.get("/missing/", headers=HTMX | extra)

    assert "HX-Retarget" not in response.headers
    assert b"<!doctype html>" in response.content


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_every_reason_is_shown_with_the_way_to_its_cure(client, headers):
    html = client.get("/not_yours/", headers=headers).content.decode()

    assert "Only the architect may sign off a review." in html
    assert "The phase Test is open." in html
    assert 'href="/projects/HALD-7Q2/#phase-test"' in html


def test_the_api_tells_reasons_and_the_state_that_was_met(client):
    response = client.get("/api/v1/not_yet/", headers={"X-Request-ID": "abcd1234-ef"})

    assert response.status_code == 409
    assert json.loads(response.content) == {
        "type": "about:blank",
        "title": "Conflict",
        "status": 409,
        "detail": "The phase Test is open.",
        "code": "refused",
        "reasons": [{"code": "phase_open", "text": "The phase Test is open.", "url": "/projects/HALD-7Q2/#phase-test"}],
        "state": "in_review",
        "reference": "abcd1234",
    }


def test_the_wrong_person_is_403_even_when_things_are_missing_too(client):
    body = json.loads(client.get("/api/v1/not_yours/").content)

    assert (body["status"], [reason["code"] for reason in body["reasons"]]) == (403, ["not_yours", "phase_open"])
    assert "state" not in body


@pytest.mark.parametrize(
    ("accept", "kind"), [("application/json", "application/problem+json"), ("text/html", "text/html")]
)
def test_a_page_answers_a_problem_when_asked_for_one(client, accept, kind):
    assert client.get("/not_yet/", headers={"Accept": accept})["Content-Type"].startswith(kind)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_conflict_shows_both_texts_inertly_and_loses_neither(client, headers):
    html = client.get("/stale/", headers=headers).content.decode()

    assert "my text" in html
    assert "&lt;b&gt;their&lt;/b&gt; text" in html
    assert "<b>their</b>" not in html
    assert "r16" in html


def test_a_conflict_in_the_api_is_412_with_both_texts(client):
    response = client.get("/api/v1/stale/")

    body = json.loads(response.content)
    assert response.status_code == 412
    assert (body["code"], body["theirs"], body["mine"]) == ("stale", "<b>their</b> text", "my text")
    assert (body["revision"], body["by"]) == (16, "Jonas Lind")


def test_a_404_page_is_the_same_for_missing_foreign_and_no_address(client):
    answers = [client.get(address) for address in ("/missing/", "/nowhere/", "/missing/")]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert b"Organisation" not in answers[0].content


def test_a_404_fragment_is_the_same_too(client):
    answers = [client.get(address, headers=HTMX) for address in ("/missing/", "/nowhere/")]

    assert answers[0].content == answers[1].content


def test_a_wrong_method_names_the_right_one_and_says_a_sentence(client):
    response = client.get("/posts-only/")

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert b"does not do that" in response.content


def test_a_form_over_the_limit_is_413(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000

    response = client.post("/posts-only/", {"a": "b" * 2_000})

    assert response.status_code == 413
    assert b"too much at once" in response.content


def test_too_many_fields_are_413(client):
    response = client.post("/posts-only/", {f"f{number}": "1" for number in range(2_100)})

    assert response.status_code == 413


def test_a_form_without_its_token_is_refused_with_a_sentence(client):
    client.handler.enforce_csrf_checks = True

    page = client.post("/posts-only/", {"a": "b"})
    fragment = client.post("/posts-only/", {"a": "b"}, headers=HTMX)

    assert (page.status_code, fragment.status_code) == (403, 403)
    assert b"too old" in page.content
    assert fragment["HX-Retarget"] == "#live"


@pytest.mark.parametrize("address", ["/broken/", "/api/v1/broken/", "/table_gone/", "/blank/", "/foreign_key/"])
def test_our_own_fault_is_500_and_tells_nothing(client, address):
    client.raise_request_exception = False

    response = client.get(address)

    assert response.status_code == 500
    assert b"We failed, not you." in response.content
    for secret in (b"a fault of ours", b"nowhere", b"constraint", b"Traceback", b"organisation"):
        assert secret not in response.content


@pytest.mark.parametrize("address", ["/locked/", "/api/v1/locked/"])
def test_busy_says_when_to_come_back(client, address):
    response = client.get(address)

    assert (response.status_code, response["Retry-After"]) == (503, "5")


def test_too_many_requests_say_when_to_come_back(rf):
    response = errors.too_many(rf.get("/"))

    assert (response.status_code, response["Retry-After"]) == (429, "60")


@pytest.mark.parametrize("page", [errors.forbidden, errors.not_found, errors.bad_request, errors.failed])
def test_error_pages_need_no_person_and_no_database(rf, django_assert_num_queries, page):
    arguments = () if page is errors.failed else (PermissionDenied() if page is errors.forbidden else Http404(),)

    with django_assert_num_queries(0):
        response = page(rf.get("/"), *arguments)

    assert b"<!doctype html>" in response.content


def test_a_refusal_whose_page_fails_still_answers(rf, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [], "APP_DIRS": False, "OPTIONS": {}}]

    response = errors.forbidden(rf.get("/"))

    assert (response.status_code, response.content) == (403, b"403: This is not yours to do.")


def test_a_cure_without_a_page_here_is_no_link():
    assert url_of(None) == ""
    assert url_of(Cure("nowhere")) == ""
    assert url_of(Cure("cure", {"wrong": 1})) == ""
    assert url_of(Cure("cure", {"key": "K"})) == "/projects/K/"
