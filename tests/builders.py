"""People and organisations for tests, made without going through a door."""

import itertools

from golive.accounts.models import Organisation, OrganisationKind, User

PASSWORD = "correct-horse-battery"
_numbers = itertools.count(1)


def make_organisation(kind: str = OrganisationKind.PARTNER, name: str = "") -> Organisation:
    return Organisation.objects.create(kind=kind, name=name or f"{kind.title()} {next(_numbers)}")


def make_user(name: str = "Mara", *, organisation: Organisation | None = None, password: str | None = PASSWORD, **flags):
    number = next(_numbers)
    flags.setdefault("email", f"{name.lower().replace(' ', '.')}.{number}@example.com")
    return User.objects.create_user(
        name=name, organisation=organisation or make_organisation(), password=password, **flags
    )
