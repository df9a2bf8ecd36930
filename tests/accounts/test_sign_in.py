import statistics
import time

import pytest
from django.test import Client
from django.utils import timezone

from golive.audit.models import AuditRow
from tests.builders import PASSWORD, make_user

pytestmark = pytest.mark.django_db

LOGIN = "/account/login/"
PRIVATE = "/account/"


def sign_in(client, user, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": user.email, "password": password}, **extra)


def is_in(client):
    return client.get(PRIVATE).status_code == 200


def acts():
    return list(AuditRow.objects.filter(chain="site").order_by("seq").values_list("act", flat=True))


def test_right_password_signs_in_and_out_and_history_has_both(client):
    user = make_user()

    answer = sign_in(client, user)

    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert is_in(client)
    assert client.post("/account/logout/").status_code == 302
    assert not is_in(client)
    assert acts() == ["person.signed_in", "person.signed_out"]


def test_reading_the_sign_out_address_signs_nobody_out(client):
    sign_in(client, make_user())

    assert client.get("/account/logout/").status_code == 405
    assert is_in(client)


def test_a_new_session_begins_at_sign_in(client):
    client.get(LOGIN)
    client.session.save()
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before

    sign_in(client, make_user())

    assert client.session.session_key != before


def wrong(user, organisation_field="", **changes):
    for name, value in changes.items():
        setattr(user, name, value)
    user.save()
    return user


@pytest.mark.parametrize("case", ["wrong_password", "unknown", "inactive", "disabled", "organisation", "not_joined"])
def test_whoever_is_refused_reads_the_same_answer(client, case):
    user = make_user(password=None if case == "not_joined" else PASSWORD)
    email, password = user.email, PASSWORD
    if case == "wrong_password":
        password = "something-else-entirely"
    if case == "unknown":
        email = "nobody@example.com"
    if case == "inactive":
        wrong(user, is_active=False)
    if case == "disabled":
        wrong(user, disabled_at=timezone.now())
    if case == "organisation":
        wrong(user.organisation, disabled_at=timezone.now())

    answer = client.post(LOGIN, {"login": email, "password": password})

    assert answer.status_code == 422
    assert "This address and this password do not belong together." in answer.content.decode()
    assert not is_in(client)
    assert acts() == ["person.sign_in_failed"]


@pytest.mark.parametrize("case", ["inactive", "disabled", "organisation", "epoch"])
def test_a_session_ends_at_the_next_request(client, case):
    user = make_user()
    sign_in(client, user)
    assert is_in(client)

    if case == "inactive":
        wrong(user, is_active=False)
    if case == "disabled":
        wrong(user, disabled_at=timezone.now())
    if case == "organisation":
        wrong(user.organisation, disabled_at=timezone.now())
    if case == "epoch":
        wrong(user, session_epoch=1)

    assert client.get(PRIVATE).status_code == 302


def test_guesses_are_slowed_for_the_guesser_and_not_for_the_person(client):
    user = make_user()
    for _guess in range(5):
        assert sign_in(client, user, "guess-guess-guess", REMOTE_ADDR="203.0.113.9").status_code == 422

    slowed = sign_in(client, user, REMOTE_ADDR="203.0.113.9")
    own = sign_in(client, user, REMOTE_ADDR="198.51.100.7")

    assert slowed.status_code == 429
    assert int(slowed["Retry-After"]) > 0
    assert own.status_code == 302


def test_an_unknown_address_is_slowed_alike(client):
    answers = [
        client.post(LOGIN, {"login": "nobody@example.com", "password": "guess"}, REMOTE_ADDR="203.0.113.9").status_code
        for _guess in range(6)
    ]

    assert answers == [422] * 5 + [429]


def test_a_password_change_keeps_this_session_and_ends_the_others(client):
    user = make_user()
    other = Client()
    sign_in(client, user)
    sign_in(other, user)
    key = client.session.session_key

    answer = client.post(
        "/account/password/",
        {"oldpassword": PASSWORD, "password1": "another-long-phrase", "password2": "another-long-phrase"},
    )

    assert answer.status_code == 302
    assert is_in(client)
    assert client.session.session_key != key
    assert not is_in(other)
    assert acts()[-1] == "person.password_changed"


def test_a_weak_password_is_told_as_422(client):
    sign_in(client, make_user())

    answer = client.post("/account/password/", {"oldpassword": PASSWORD, "password1": "short", "password2": "short"})

    assert answer.status_code == 422


def test_sign_up_and_the_other_pages_of_the_package_do_not_exist(client):
    sign_in(client, make_user())

    for path in ("signup/", "email/", "inactive/", "login/code/", "password/set/", "phone/change/", "passkey/"):
        assert client.get(f"/account/{path}").status_code == 404


def test_every_form_needs_its_token():
    client = Client(enforce_csrf_checks=True)
    user = make_user()

    for path in (LOGIN, "/account/logout/", "/account/password/reset/", "/account/invitation/", "/account/become/"):
        assert client.post(path, {"login": user.email, "password": PASSWORD}).status_code == 403


HOSTILE = [
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example",
    "https:evil.example", "https:/evil.example", "https://evil.example", "http://evil.example", "HTTPS://EVIL.EXAMPLE",
    "ftp://evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x",
    "//evil.example/%2f..", "//google.com%2f@evil.example", "https://testserver@evil.example",
    "https://testserver.evil.example", "//testserver:80@evil.example", " //evil.example", "\t//evil.example",
    "/\t/evil.example", "/\n/evil.example", "//evil.example\\@testserver", "evil.example", "evil.example/", ".evil",
    "http:///evil.example", "https:///evil.example", "//[::1]", "//[evil", "http://[evil", "//127.1", "//0x7f.1",
    "https://testserver/account/", "//testserver/account/", "?next=//evil.example", "#@evil.example",
]  # fmt: skip


@pytest.mark.parametrize("target", HOSTILE)
def test_no_foreign_address_is_a_destination(client, target):
    user = make_user()

    answer = client.post(LOGIN, {"login": user.email, "password": PASSWORD, "next": target})

    assert answer.status_code == 302
    assert answer["Location"] == "/"


def test_a_path_of_this_site_is_a_destination(client):
    user = make_user()

    answer = client.post(LOGIN, {"login": user.email, "password": PASSWORD, "next": "/projects/?q=a"})

    assert answer["Location"] == "/projects/?q=a"


def medians(client, addresses, rounds, took):
    """Turn by turn, so that a busy machine slows all of them alike."""
    for _round in range(rounds):
        for address in addresses:
            before = time.process_time()
            client.post(LOGIN, {"login": address, "password": "wrong-wrong-wrong"})
            took[address].append(time.process_time() - before)
    return [statistics.median(took[address]) for address in addresses]


def test_an_unknown_address_takes_as_long_as_a_wrong_password(client, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    addresses = [make_user().email, "nobody@example.com", make_user(password=None).email]
    client.post(LOGIN, {"login": addresses[0], "password": "warm"})
    took = {address: [] for address in addresses}

    for _more in range(6):  # a neighbour on the same core moves a few tries, not the median of many
        known, unknown, unjoined = medians(client, addresses, 9, took)
        if max(abs(unknown - known), abs(unjoined - known)) <= 0.1 * known:
            break

    assert unknown == pytest.approx(known, rel=0.1)
    assert unjoined == pytest.approx(known, rel=0.1)
