import json

import pytest

from tests import corpus
from tests.builders import make_user

pytestmark = [pytest.mark.urls("tests.core.doors"), pytest.mark.django_db]

DOORS = ["/hello/", "/api/v1/listed/", "/nowhere/"]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("query", corpus.NO_QUERY, ids=lambda query: ascii(query[:20]))
def test_a_query_that_cannot_be_read_is_400_at_every_door(client, door, query):
    response = client.get(door, QUERY_STRING=query)

    assert response.status_code == 400
    assert b"The address" in response.content


@pytest.mark.parametrize("query", ["q=%26", "q=a+b%20c", "q=%C3%A9", "q=%F0%9F%98%80", "", "q=" + "a" * 1_990])
def test_an_honest_query_passes(client, query):
    assert client.get("/hello/", QUERY_STRING=query).status_code == 200


@pytest.mark.parametrize("path", ["/hello/\0", "/\x01", "/a\nb", "/\x7f", "/\x1b[31m"])
def test_a_path_that_cannot_be_read_is_400(client, path):
    assert client.get("/", PATH_INFO=path).status_code == 400


@pytest.mark.parametrize("path", ["/%ff/", "/%ed%a0%80/", "/%c0%80/"])
def test_a_path_that_is_no_utf_8_is_nowhere(client, path):
    assert client.get(path).status_code == 404


def test_a_path_in_another_script_is_only_missing(client):
    assert [client.get(path).status_code for path in ("/proj\u00e9/", "/\u6771\u4eac/")] == [404, 404]


@pytest.mark.parametrize("value", ['"\\000aaaaaaaaaa"', '"\\012aaaaaaaaaa"', "\x01aaaaaaaaa"])
def test_a_cookie_may_not_smuggle_a_nul_into_the_session(client, value):
    assert client.get("/hello/", HTTP_COOKIE=f"sessionid={value}").status_code == 400


def test_the_refusal_speaks_the_language_of_its_door(client):
    page = client.get("/hello/", QUERY_STRING="q=%00")
    problem = client.get("/api/v1/listed/", QUERY_STRING="q=%00")

    assert page["Content-Type"].startswith("text/html")
    assert json.loads(problem.content)["code"] == "bad_request"


@pytest.mark.parametrize(
    "address", ["/hello/", "/nowhere/", "/hello/?q=%00", "/api/v1/nowhere/", "/not_yet/", "/locked/"]
)
def test_every_answer_carries_the_security_headers(client, address):
    client.raise_request_exception = False

    response = client.get(address)

    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]


def test_what_somebody_sees_stays_in_no_cache(client):
    assert "Cache-Control" not in client.get("/hello/")
    client.force_login(make_user())

    assert client.get("/hello/")["Cache-Control"] == "no-store, private"
    assert client.get("/nowhere/")["Cache-Control"] == "no-store, private"


def test_what_a_token_sees_stays_in_no_cache_either(client):
    response = client.get("/api/v1/listed/", headers={"Authorization": "Bearer x"})

    assert response["Cache-Control"] == "no-store, private"
