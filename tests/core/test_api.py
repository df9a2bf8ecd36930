import base64
import json

import pytest
from django.db import connection
from django.test import Client

from golive.accounts.models import Organisation
from golive.core.api import decision_json
from golive.core.decision import ALLOWED, Cure, Reason, because
from tests import corpus
from tests.builders import make_user

pytestmark = [pytest.mark.urls("tests.core.doors"), pytest.mark.django_db]

JSON = "application/json"


def send(client: Client, body: object, content_type: str = JSON):
    raw = body if isinstance(body, bytes) else json.dumps(body)
    return client.post("/api/v1/echo/", raw, content_type=content_type)


def assert_problem(response, status: int, code: str) -> dict:
    body = json.loads(response.content)
    assert (response.status_code, body["code"]) == (status, code)
    assert response["Content-Type"] == "application/problem+json"
    assert body["type"] == "about:blank"
    assert body["status"] == status
    assert body["detail"]
    assert body["reasons"] == []
    return body


def test_what_is_right_passes(client):
    body = {"name": " Mara ", "note": "a\r\nb", "day": "2026-12-04", "people": [{"name": "Ida"}], "count": 3}

    response = send(client, body)

    assert response.status_code == 200
    assert response.json() == body | {"name": "Mara", "note": "a\nb"}


@pytest.mark.parametrize("raw", [raw for raw in corpus.NO_BODY if raw], ids=lambda raw: ascii(raw[:30]))
def test_a_body_that_two_readers_could_read_differently_is_refused(client, raw):
    assert_problem(send(client, raw), 400, "malformed")


def test_no_body_at_all_lacks_its_fields(client):
    body = assert_problem(send(client, b""), 400, "invalid")

    assert list(body["errors"]) == ["name"]


@pytest.mark.parametrize("raw", [b"[]", b'"name"', b"1", b"null", b"true"])
def test_a_body_is_an_object(client, raw):
    assert_problem(send(client, raw), 400, "invalid")


@pytest.mark.parametrize("charset", corpus.NO_CHARSET, ids=ascii)
def test_another_charset_is_refused(client, charset):
    raw = b'{"name": "Mara"}'

    response = client.generic("POST", "/api/v1/echo/", raw, content_type=f"{JSON}; charset={charset}")

    assert_problem(response, 400, "malformed")


def test_a_body_over_the_limit_is_413(client):
    assert_problem(send(client, {"name": "a" * 3_000_000}), 413, "too_large")


def test_a_body_over_the_limit_is_413_also_when_it_hides_its_length(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    response = client.post("/api/v1/echo/", b'{"name": "' + b"a" * 200 + b'"}', JSON, CONTENT_LENGTH="50")

    assert response.status_code in {400, 413}


@pytest.mark.parametrize("value", [*corpus.NO_LINE, *corpus.NOT_TEXT, "", " ", "a" * 21], ids=ascii)
def test_a_bad_line_is_named(client, value):
    response = send(client, {"name": value})

    body = json.loads(response.content)
    assert response.status_code == 400
    assert body["code"] == "malformed" or list(body["errors"]) == ["name"]


@pytest.mark.parametrize("value", corpus.NO_DAY, ids=ascii)
def test_a_bad_day_is_named(client, value):
    body = assert_problem(send(client, {"name": "Mara", "day": value}), 400, "invalid")

    assert list(body["errors"]) == ["day"]


def test_unknown_and_read_only_fields_are_refused_at_every_depth(client):
    body = {"name": "Mara", "uid": "x", "state": "done", "people": [{"name": "Ida"}, {"name": "Bo", "role": "owner"}]}

    top = assert_problem(send(client, body), 400, "invalid")
    nested = assert_problem(send(client, {"name": "Mara", "people": body["people"]}), 400, "invalid")

    assert top["errors"] == {"state": ["Unknown field."], "uid": ["Unknown field."]}
    assert nested["errors"] == {"people.1.role": ["Unknown field."]}


def test_a_form_is_the_wrong_type(client):
    assert_problem(client.post("/api/v1/echo/", {"name": "Mara"}), 415, "unsupported_media_type")


def test_a_wrong_method_names_the_right_one(client):
    response = client.get("/api/v1/echo/")

    assert_problem(response, 405, "method_not_allowed")
    assert response["Allow"] == "POST, OPTIONS"


def test_an_answer_that_we_do_not_speak_is_406(client):
    assert_problem(client.get("/api/v1/busy/", headers={"Accept": "image/png"}), 406, "not_acceptable")


def test_too_often_says_when_to_come_back(client):
    response = client.get("/api/v1/throttled/")

    assert_problem(response, 429, "too_many_requests")
    assert response["Retry-After"] == "7"


def test_a_problem_may_say_when_to_come_back(client):
    response = client.get("/api/v1/busy/")

    assert_problem(response, 503, "busy")
    assert response["Retry-After"] == "9"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer golive_unknown", "Basic YTpi", "Bearer \xff", "Bearer a b"])
def test_nobody_is_asked_who_they_are(client, header):
    response = client.get("/api/v1/signed/", headers={"Authorization": header} if header else {})

    body = json.loads(response.content)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="golive"'
    assert body["code"] in {"not_authenticated", "authentication_failed", "bad_token"}


def test_nothing_here_is_one_answer_for_foreign_missing_and_no_address(client):
    foreign = Organisation.objects.create(name="Foreign", kind="customer")
    addresses = [f"/api/v1/one/{foreign.pk}/", "/api/v1/one/987654/", "/api/v1/nowhere/", "/api/v1/missing/", "/api/x"]

    answers = [client.get(address) for address in addresses]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(set(answer.headers) - {"X-Request-ID"})) for answer in answers}) == 1
    assert b"reference" not in answers[0].content


def test_foreign_is_as_missing_for_somebody_signed_in_too(client):
    foreign = Organisation.objects.create(name="Foreign", kind="customer")
    client.force_login(make_user())

    answers = [client.get(f"/api/v1/one/{pk}/") for pk in (foreign.pk, 987_654)]

    assert answers[0].content == answers[1].content
    assert answers[0]["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(("header", "seen"), [('"17"', 17), ("17", 17), (' "0" ', 0)])
def test_if_match_is_the_revision_seen(client, header, seen):
    response = client.put("/api/v1/revised/", headers={"If-Match": header})

    assert response.json() == {"seen": seen}


def test_without_if_match_a_change_is_428(client):
    assert_problem(client.put("/api/v1/revised/"), 428, "revision_missing")


@pytest.mark.parametrize("header", corpus.NO_REVISION, ids=lambda header: ascii(header[:20]))
def test_a_malformed_if_match_is_400(client, header):
    assert_problem(client.put("/api/v1/revised/", headers={"If-Match": header}), 400, "revision_malformed")


def organisations(count: int) -> list[str]:
    names = [f"Name {number // 2:02}-{number}" for number in range(count)]
    Organisation.objects.bulk_create(Organisation(name=name, kind="partner") for name in names)
    return names


@pytest.mark.parametrize("door", ["listed", "newest"])
@pytest.mark.parametrize("count", [0, 1, 3, 4, 10])
def test_every_row_is_on_exactly_one_page(client, django_assert_num_queries, door, count):
    names, seen, address = organisations(count), [], f"/api/v1/{door}/?page_size=3"

    while address and len(seen) < 50:
        with django_assert_num_queries(1):
            page = client.get(address).json()
        assert len(page["results"]) <= 3
        seen += page["results"]
        address = page["next"]

    assert seen == (names if door == "listed" else names[::-1])


def test_rows_that_share_the_first_field_are_not_lost_between_pages(client):
    names, seen, address = organisations(11), [], "/api/v1/by-kind/"
    Organisation.objects.filter(name__in=names[:4]).update(kind="customer")

    while address and len(seen) < 50:
        page = client.get(address).json()
        seen += page["results"]
        address = page["next"]

    assert seen == names[:4][::-1] + names[4:][::-1]


def test_a_cursor_with_a_moment_of_no_zone_is_refused(client):
    cursor = base64.urlsafe_b64encode(b'["2026-01-01T00:00:00",1]').decode()

    assert_problem(client.get("/api/v1/newest/", {"cursor": cursor}), 400, "cursor_malformed")


def test_a_page_keeps_the_other_parameters_and_leads_to_no_other_host(client):
    organisations(4)

    address = client.get("/api/v1/listed/?q=a%26b", headers={"Host": "localhost"}).json()["next"]

    assert address.startswith("/api/v1/listed/?q=a%26b&cursor=")


def test_no_page_is_longer_than_a_hundred(client):
    organisations(101)

    assert len(client.get("/api/v1/listed/?page_size=1000000000").json()["results"]) == 100


@pytest.mark.parametrize("size", corpus.NO_PAGE_SIZE, ids=ascii)
def test_a_page_size_that_is_no_number_is_refused(client, size):
    assert_problem(client.get("/api/v1/listed/", {"page_size": size}), 400, "page_size_malformed")


@pytest.mark.parametrize("door", ["listed", "newest"])
@pytest.mark.parametrize("cursor", corpus.NO_CURSOR, ids=lambda cursor: ascii(cursor[:20]))
def test_a_cursor_that_is_not_ours_is_refused(client, door, cursor):
    response = client.get(f"/api/v1/{door}/", {"cursor": cursor})

    assert_problem(response, 400, "bad_request" if len(cursor) > 2_000 else "cursor_malformed")


def test_a_cursor_of_another_list_is_refused(client):
    organisations(4)
    cursor = client.get("/api/v1/listed/").json()["next"].partition("cursor=")[2]

    assert_problem(client.get(f"/api/v1/newest/?cursor={cursor}"), 400, "cursor_malformed")


def test_a_cursor_past_the_end_is_an_empty_page(client):
    organisations(4)
    cursor = client.get("/api/v1/listed/").json()["next"]
    Organisation.objects.all().delete()

    assert client.get(cursor).json() == {"results": [], "next": None}


def test_a_decision_tells_codes_sentences_and_addresses(rf):
    decision = because(
        who=(Reason("a", "A."),),
        missing=(Reason("b", "B.", Cure("cure", {"key": "K"}, "x y")), Reason("c", "C.", Cure("nowhere"))),
    )

    assert decision_json(ALLOWED, rf.get("/")) == {"allowed": True, "reasons": []}
    assert decision_json(decision, rf.get("/")) == {
        "allowed": False,
        "reasons": [
            {"code": "a", "text": "A.", "url": ""},
            {"code": "b", "text": "B.", "url": "/projects/K/#x%20y"},
            {"code": "c", "text": "C.", "url": ""},
        ],
    }


def test_no_hostile_value_left_a_row(client):
    for raw in corpus.bodies_with("name", corpus.NO_LINE):
        send(client, raw)

    assert Organisation.objects.count() == 0
    assert connection.is_usable()
