"""How a test signs in through the door, with or without a second factor."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from golive.accounts.models import User
from tests.builders import PASSWORD


def signed_in(user: User) -> Client:
    client = Client()
    answer = client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content
    return client


def with_totp(user: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_of(secret: str) -> str:
    """The code of this moment, usable again: replay protection is tested on its own."""
    for user_id in Authenticator.objects.values_list("user_id", flat=True):
        cache.delete(f"allauth.mfa.totp.used?user={user_id}&code={plain_code(secret)}")
    return plain_code(secret)


def plain_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def grown_old(client: Client, seconds: int = 301) -> None:
    """Every proof of this session happened so long ago."""
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [r | {"at": r["at"] - seconds} for r in records]
    session.save()
