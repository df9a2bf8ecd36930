import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from golive.accounts.actions import make_token
from golive.accounts.models import ApiToken
from golive.accounts.step_up import StepUpNeeded, require_step_up
from golive.audit.models import AuditRow
from tests.accounts.signing import code_of, grown_old, plain_code, signed_in, with_totp
from tests.builders import PASSWORD, make_user

pytestmark = pytest.mark.django_db

STEP_UP = "/api/v1/step-up/"


def token_of(user):
    token, secret = make_token(user, name="test", by=user, at=timezone.now())
    return token, {"HTTP_AUTHORIZATION": f"Bearer {secret}"}


def fresh(token):
    request = type("R", (), {"user": token.user, "auth": ApiToken.objects.get(pk=token.pk)})()
    try:
        require_step_up(request)
    except StepUpNeeded:
        return False
    return True


def test_a_fresh_sign_in_counts():
    assert signed_in(make_user()).get("/weighty/").status_code == 200


def test_an_old_one_leads_to_the_proof_and_back():
    client = signed_in(make_user())
    grown_old(client)

    asked = client.get("/weighty/?a=1")
    proved = client.post("/account/again/", {"password": PASSWORD, "next": "/weighty/?a=1"})

    assert asked["Location"] == "/account/again/?next=%2Fweighty%2F%3Fa%3D1"
    assert proved["Location"] == "/weighty/?a=1"
    assert client.get("/weighty/?a=1").status_code == 200


def test_five_minutes_are_the_limit():
    client = signed_in(make_user())
    grown_old(client, seconds=295)
    assert client.get("/weighty/").status_code == 200

    grown_old(client, seconds=10)
    assert client.get("/weighty/").status_code == 302


def test_a_record_from_the_future_proves_nothing():
    client = signed_in(make_user())
    grown_old(client, seconds=-60)

    assert client.get("/weighty/").status_code == 302


def test_a_sent_form_comes_back_to_its_page_and_is_not_sent_again():
    client = signed_in(make_user())
    grown_old(client)

    asked = client.post("/weighty/", HTTP_REFERER="http://testserver/projects/?q=1")
    foreign = client.post("/weighty/", HTTP_REFERER="https://evil.example/projects/")

    assert asked["Location"] == "/account/again/?next=%2Fprojects%2F%3Fq%3D1"
    assert foreign["Location"] == "/account/again/?next=%2F"
    assert "account_reauthentication_state" not in client.session


def test_a_swap_is_told_to_leave_the_page():
    client = signed_in(make_user())
    grown_old(client)

    answer = client.post("/weighty/", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://testserver/projects/?q=1")

    assert answer.status_code == 403
    assert answer["HX-Redirect"] == "/account/again/?next=%2Fprojects%2F%3Fq%3D1"


def test_with_a_second_factor_the_password_is_not_enough():
    user = make_user()
    client = signed_in(user)
    secret = with_totp(user)

    asked = client.get("/weighty/")
    by_password = client.post("/account/again/?next=/weighty/", {"password": PASSWORD})
    still = client.get("/weighty/").status_code
    proved = client.post("/account/again/code/", {"code": code_of(secret), "next": "/weighty/"})

    assert asked["Location"] == "/account/again/code/?next=%2Fweighty%2F"
    assert by_password["Location"] == "/account/again/code/?next=%2Fweighty%2F"
    assert still == 302
    assert proved["Location"] == "/weighty/"
    assert client.get("/weighty/").status_code == 200


@pytest.mark.parametrize("path", ["/account/again/", "/account/again/code/"])
def test_the_proof_leads_to_no_foreign_address(path):
    user = make_user()
    client = signed_in(user)
    proof = {"password": PASSWORD}
    if "code" in path:
        proof = {"code": plain_code(with_totp(user))}

    answer = client.post(path, proof | {"next": "//evil.example"})

    assert answer["Location"] == "/"


def test_a_wrong_password_proves_nothing():
    client = signed_in(make_user())
    grown_old(client)

    assert client.post("/account/again/", {"password": "wrong"}).status_code == 422
    assert client.get("/weighty/").status_code == 302


def test_the_api_says_how_to_step_up(client):
    user = make_user()
    token, header = token_of(user)

    assert not fresh(token)
    assert client.post(STEP_UP, {"password": PASSWORD}, content_type="application/json", **header).status_code == 204
    assert fresh(token)
    assert AuditRow.objects.filter(act="person.stepped_up").count() == 1


def test_a_token_is_fresh_for_five_minutes():
    token, _header = token_of(make_user())

    ApiToken.objects.update(stepped_up_at=timezone.now() - timedelta(seconds=295))
    assert fresh(token)
    ApiToken.objects.update(stepped_up_at=timezone.now() - timedelta(seconds=301))
    assert not fresh(token)


def test_with_a_second_factor_the_api_wants_the_code(client):
    user = make_user()
    token, header = token_of(user)
    secret = with_totp(user)

    password = client.post(STEP_UP, {"password": PASSWORD}, content_type="application/json", **header)
    wrong = client.post(STEP_UP, {"code": "000000"}, content_type="application/json", **header)
    right = client.post(STEP_UP, {"code": code_of(secret)}, content_type="application/json", **header)

    assert (password.status_code, password.json()["code"]) == (400, "code_wanted")
    assert (wrong.status_code, wrong.json()["code"]) == (403, "not_proved")
    assert right.status_code == 204
    assert fresh(token)


def test_guesses_at_the_api_are_slowed(client):
    user = make_user()
    _token, header = token_of(user)
    with_totp(user)

    answers = [
        client.post(STEP_UP, {"code": "000000"}, content_type="application/json", **header) for _guess in range(6)
    ]

    assert [answer.status_code for answer in answers] == [403] * 5 + [429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_the_api_of_a_session_shares_its_proof():
    client = signed_in(make_user())
    grown_old(client)

    answer = client.post(STEP_UP, {"password": PASSWORD}, content_type="application/json")

    assert answer.status_code == 204
    assert client.get("/weighty/").status_code == 200


@pytest.mark.parametrize("body", [{}, {"code": "1", "password": "2"}, {"password": "x", "more": 1}, {"password": 5.5}])
def test_a_malformed_proof_is_a_400_or_403(client, body):
    _token, header = token_of(make_user())

    answer = client.post(STEP_UP, body, content_type="application/json", **header)

    assert answer.status_code in {400, 403}
    assert answer["Content-Type"] == "application/problem+json"


def test_a_second_factor_set_up_later_ends_the_tokens_proof(django_capture_on_commit_callbacks):
    user = make_user()
    token, _header = token_of(user)
    ApiToken.objects.update(stepped_up_at=timezone.now())
    client = signed_in(user)
    secret = client.get("/account/second-factor/on/").context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/second-factor/on/", {"code": plain_code(secret)})

    assert not fresh(token)


def test_nobody_proves_for_somebody_else(client):
    assert client.post(STEP_UP, {"password": PASSWORD}, content_type="application/json").status_code == 401
    assert client.get(f"/account/again/?next=/{uuid.uuid4()}").status_code == 302
