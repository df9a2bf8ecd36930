import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.test import Client

from golive.accounts import secrets
from golive.audit.models import AuditRow
from golive.letters.models import LetterRow
from tests.accounts.signing import code_of, grown_old, plain_code, signed_in, with_totp
from tests.builders import PASSWORD, make_user

pytestmark = pytest.mark.django_db

ON, OFF = "/account/second-factor/on/", "/account/second-factor/off/"


def acts():
    return list(AuditRow.objects.filter(chain="site").order_by("seq").values_list("act", flat=True))


def test_setting_up_and_turning_off_is_noted_and_told(django_capture_on_commit_callbacks):
    client = signed_in(user := make_user())
    secret = client.get(ON).context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        on = client.post(ON, {"code": plain_code(secret)})

    assert on["Location"] == "/account/recovery-codes/"
    grown_old(client)
    assert client.post("/account/again/code/", {"code": code_of(secret)}).status_code == 302
    codes = client.get("/account/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    assert client.post(OFF).status_code == 302
    assert not Authenticator.objects.exists()
    assert [act for act in acts() if "factor" in act] == ["person.second_factor_on", "person.second_factor_off"]
    assert LetterRow.objects.filter(letter="account_notice", recipient=user).count() == 2


def test_the_second_factor_is_asked_for_at_sign_in_and_a_wrong_code_is_noted():
    user = make_user()
    secret = with_totp(user)
    client = Client()

    first = client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    between = client.get("/account/")
    bad = client.post("/account/code/", {"code": "000000"})
    good = client.post("/account/code/", {"code": plain_code(secret)})

    assert first["Location"] == "/account/code/"
    assert between.status_code == 302
    assert bad.status_code == 422
    assert good["Location"] == "/"
    assert client.get("/account/").status_code == 200
    assert acts() == ["person.code_failed", "person.signed_in"]


def test_a_code_works_once():
    user = make_user()
    secret = with_totp(user)
    code = plain_code(secret)

    def enter(client):
        client.post("/account/login/", {"login": user.email, "password": PASSWORD})
        return client.post("/account/code/", {"code": code}).status_code

    assert enter(Client()) == 302
    assert enter(Client()) == 422


def test_a_recovery_code_lets_in_once(django_capture_on_commit_callbacks):
    client = signed_in(user := make_user())
    secret = client.get(ON).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ON, {"code": plain_code(secret)})
    authenticator = Authenticator.objects.get(type="recovery_codes")
    code = authenticator.wrap().get_unused_codes()[0]

    def enter(client):
        client.post("/account/login/", {"login": user.email, "password": PASSWORD})
        return client.post("/account/code/", {"code": code}).status_code

    assert enter(Client()) == 302
    assert enter(Client()) == 422


def test_guessed_codes_are_slowed():
    user = make_user()
    with_totp(user)
    client = Client()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})

    answers = [client.post("/account/code/", {"code": "000000"}).status_code for _guess in range(6)]

    assert answers == [422] * 5 + [429]


def test_secrets_are_stored_encrypted_and_survive_a_new_key(settings):
    user = make_user()
    secret = with_totp(user)
    stored = Authenticator.objects.get().data["secret"]
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key" * 8

    assert secret not in stored
    assert secrets.decrypt(stored) == secret
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        secrets.decrypt(stored)


@pytest.mark.parametrize("path", [ON, OFF, "/account/recovery-codes/", "/account/recovery-codes/new/"])
def test_the_pages_of_the_second_factor_ask_for_a_fresh_proof(path):
    user = make_user()
    client = signed_in(user)
    grown_old(client)

    answer = client.get(path)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/again/?next=%2Faccount%2F")


def test_the_password_alone_does_not_turn_the_second_factor_off():
    client = signed_in(user := make_user())
    with_totp(user)

    answer = client.post(OFF)

    assert answer["Location"].startswith("/account/again/code/")
    assert Authenticator.objects.count() == 1
