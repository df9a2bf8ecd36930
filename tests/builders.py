"""People and organisations for tests, made without going through a door."""

import itertools
import time
from typing import Any

from django.test import Client

from golive.accounts.actions import keep_words
from golive.accounts.models import Organisation, OrganisationKind, User
from golive.core.folding import name_key

PASSWORD = "correct-horse-battery"
_numbers = itertools.count(1)


def make_organisation(kind: str = OrganisationKind.PARTNER, name: str = "") -> Organisation:
    name = name or f"{kind.title()} {next(_numbers)}"
    return Organisation.objects.create(kind=kind, name=name, name_key=name_key(name))


def make_user(
    name: str = "Mara", *, organisation: Organisation | None = None, password: str | None = PASSWORD, **flags: Any
) -> User:
    number = next(_numbers)
    flags.setdefault("email", f"{name.lower().replace(' ', '.')}.{number}@example.com")
    user = User.objects.create_user(
        name=name, organisation=organisation or make_organisation(), password=password, **flags
    )
    keep_words(user)
    return user


def client_of(user: User, *, fresh: bool = True, **options: Any) -> Client:
    """A browser in which this person is signed in; `fresh`: by a password typed just now, as step-up asks."""
    client = Client(**options)
    client.force_login(user)
    if fresh:
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
    return client
