import re

import pytest
from django.test import Client

from tests.accounts.signing import plain_code, with_totp
from tests.builders import client_of, make_organisation, make_user

pytestmark = pytest.mark.django_db

OPEN = [
    "/account/login/",
    "/account/password/reset/",
    "/account/password/reset/asked/",
    "/account/password/reset/done/",
]
OWN = ["/account/", "/account/password/", "/account/again/", "/account/second-factor/", "/account/second-factor/on/"]
CODED = [
    "/account/again/code/",
    "/account/second-factor/",
    "/account/second-factor/off/",
    "/account/recovery-codes/new/",
]
# What a strict policy would block, and what the page would then lack.
INLINE = re.compile(r"""<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=|javascript:""", re.IGNORECASE)


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    body = answer.content.decode()
    assert not INLINE.search(body), path
    assert body.count("<h1") == 1, path
    assert "unsafe" not in answer["Content-Security-Policy"]
    return body


@pytest.mark.parametrize("path", OPEN)
def test_pages_for_anybody(path):
    page(Client(), path)


@pytest.mark.parametrize("path", OWN)
def test_pages_of_ones_own(path):
    page(client_of(make_user()), path)


@pytest.mark.parametrize("path", CODED)
def test_pages_with_a_second_factor(path):
    user = make_user()
    client = client_of(user)
    secret = with_totp(user)
    client.post("/account/again/code/", {"code": plain_code(secret)})

    page(client, path)


@pytest.mark.parametrize("path", ["/account/", "/account/password/", "/account/tokens/", "/people-and-organisations/"])
def test_own_pages_are_for_nobody_else(path):
    call = Client().post if "tokens" in path else Client().get

    assert call(path)["Location"].startswith("/account/login/?next=")


def test_pages_of_people():
    client = client_of(make_user(is_administrator=True))
    other = make_user("<b>Bo</b>", organisation=make_organisation(name="<i>Org</i>"))

    listed = page(client, "/people-and-organisations/")
    shown = page(client, f"/people-and-organisations/{other.uid}/")

    assert "<b>Bo" not in listed + shown
    assert "<i>Org" not in listed + shown


def test_a_fresh_client_passes_step_up_and_another_does_not():
    user = make_user()

    assert client_of(user).get("/weighty/").status_code == 200
    assert client_of(user, fresh=False).get("/weighty/").status_code == 302
