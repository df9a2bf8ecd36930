import re

import pytest
from django.http import HttpResponse

from golive.core.marks import Mark, RequestMarkMiddleware, mark
from tests.builders import make_user


def test_outside_of_a_request_there_is_no_mark():
    assert mark() == Mark("", "")


@pytest.mark.parametrize(
    "given", ["", "short", "a" * 65, "has blank here", "line\nbreak12", "schlüssel-1", "a" * 10_000]
)
def test_a_strange_request_id_is_replaced(rf, given):
    response = RequestMarkMiddleware(lambda request: HttpResponse(mark().request_id))(
        rf.get("/", HTTP_X_REQUEST_ID=given)
    )

    assert re.fullmatch(r"[0-9a-f]{32}", response["X-Request-ID"])
    assert response.content.decode() == response["X-Request-ID"]


def test_the_id_of_a_proxy_is_kept_and_forgotten_afterwards(rf):
    middleware = RequestMarkMiddleware(lambda request: HttpResponse(mark().reference))

    response = middleware(rf.get("/", headers={"X-Request-ID": "abcd1234-ef"}))

    assert (response["X-Request-ID"], response.content) == ("abcd1234-ef", b"abcd1234")
    assert mark() == Mark()


def test_the_mark_is_forgotten_when_the_request_fails(rf):
    def fail(request):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        RequestMarkMiddleware(fail)(rf.get("/"))

    assert mark() == Mark()


@pytest.mark.django_db
def test_two_sessions_have_two_digests_and_neither_shows_the_session(client, rf):
    digests = []
    for _session in range(2):
        client.force_login(make_user())
        request = rf.get("/")
        request.session = client.session
        RequestMarkMiddleware(lambda request: HttpResponse(digests.append(mark().session_digest) or ""))(request)
        assert client.session.session_key not in digests[-1]
        client.logout()

    assert len(set(digests)) == 2
    assert all(re.fullmatch(r"[0-9a-f]{32}", digest) for digest in digests)


def test_a_token_has_a_digest_and_nobody_has_none(rf):
    digests = []
    middleware = RequestMarkMiddleware(lambda request: HttpResponse(digests.append(mark().session_digest) or ""))

    middleware(rf.get("/", headers={"Authorization": "Bearer golive_secret"}))
    middleware(rf.get("/"))

    assert len(digests[0]) == 32
    assert "secret" not in digests[0]
    assert digests[1] == ""
