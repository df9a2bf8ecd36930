from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from golive.accounts.actions import make_token, revoke_token
from golive.accounts.authentication import note_use
from golive.accounts.models import ApiToken
from golive.audit.models import AuditRow
from golive.core.decision import Refused
from tests.accounts.signing import signed_in
from tests.builders import make_user

pytestmark = pytest.mark.django_db

LIST = "/api/v1/organisations/"


def asks(secret, client=None, keyword="Bearer"):
    return (client or Client()).get(LIST, HTTP_AUTHORIZATION=f"{keyword} {secret}")


def made(user):
    return make_token(user, name="test", by=user, at=timezone.now())


def test_a_token_opens_the_api_and_only_its_digest_is_kept():
    token, secret = made(make_user())

    assert secret.startswith("golive_")
    assert len(secret) == len("golive_") + 43
    assert asks(secret).status_code == 200
    assert secret not in str(ApiToken.objects.values())
    assert secret not in str(list(AuditRow.objects.values()))
    assert AuditRow.objects.get(act="token.made").object == f"apitoken:{token.uid}"


@pytest.mark.parametrize("case", ["revoked", "inactive", "disabled", "organisation", "unknown", "other", "long", "odd"])
def test_a_dead_token_is_a_401(case):
    user = make_user()
    token, secret = made(user)
    if case == "revoked":
        revoke_token(token, by=user, at=timezone.now())
    if case == "inactive":
        user.is_active = False
    if case == "disabled":
        user.disabled_at = timezone.now()
    if case == "organisation":
        user.organisation.disabled_at = timezone.now()
        user.organisation.save()
    user.save()
    secret = {"unknown": "golive_x", "other": "x", "long": secret * 9, "odd": "golive_\xe9"}.get(case, secret)

    answer = asks(secret)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_nobody_gets_a_401_too():
    answer = Client().get(LIST)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_in_the_address_opens_nothing():
    _token, secret = made(make_user())

    assert Client().get(f"{LIST}?token={secret}&access_token={secret}").status_code == 401


def test_last_use_is_written_at_most_once_a_minute():
    token, _secret = made(make_user())
    start = timezone.now()

    note_use(token, at=start)
    note_use(token, at=start + timedelta(seconds=59))
    assert ApiToken.objects.get().last_used_at == start
    note_use(token, at=start + timedelta(seconds=61))
    assert ApiToken.objects.get().last_used_at == start + timedelta(seconds=61)


def test_the_session_api_wants_the_csrf_token():
    user = make_user(is_administrator=True)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in(user).cookies

    answer = strict.post(LIST, {"name": "A", "kind": "partner"}, content_type="application/json")

    assert answer.status_code == 403
    assert answer.json()["code"] == "csrf_failed"


def test_a_token_needs_no_csrf_token():
    _token, secret = made(make_user(is_administrator=True))
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(
        LIST, {"name": "A", "kind": "partner"}, content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {secret}", HTTP_IDEMPOTENCY_KEY="1",
    )  # fmt: skip

    assert answer.status_code in {200, 201}, answer.content


def test_the_account_page_shows_a_new_token_once_and_revokes_it():
    client = signed_in(make_user())

    answer = client.post("/account/tokens/", {"token-name": "nightly export"})
    secret = answer.context["secret"]

    assert secret in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    page = client.get("/account/").content.decode()
    assert "nightly export" in page
    assert secret not in page
    assert asks(secret).status_code == 200
    assert client.post(f"/account/tokens/{ApiToken.objects.get().uid}/revoke/").status_code == 302
    assert asks(secret).status_code == 401


def test_nobody_revokes_the_token_of_somebody_else():
    token, secret = made(make_user())
    client = signed_in(make_user())

    assert client.post(f"/account/tokens/{token.uid}/revoke/").status_code == 404
    assert asks(secret).status_code == 200


def test_a_person_has_twenty_tokens_at_most():
    user = make_user()
    for _number in range(20):
        made(user)

    with pytest.raises(Refused) as refused:
        made(user)

    assert refused.value.decision.codes == ["too_many_tokens"]


def test_the_command_prints_one_once():
    user = make_user()
    out = StringIO()

    call_command("token", user.email.upper(), "--name", "cron", stdout=out)

    assert asks(out.getvalue().strip()).status_code == 200
    assert ApiToken.objects.get().name == "cron"


def test_the_command_makes_none_for_whoever_may_not_enter():
    user = make_user(disabled_at=timezone.now())

    for email in (user.email, "nobody@example.com"):
        with pytest.raises(CommandError):
            call_command("token", email)
    assert not ApiToken.objects.exists()
