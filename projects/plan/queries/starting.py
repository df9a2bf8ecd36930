"""Who may be the other side of a new project."""

from golive.accounts.models import Organisation, OrganisationKind, User


def other_organisation(user: User, name: str) -> Organisation | None:
    """The other side of a new project, by its whole name: nobody is shown a list of everybody else's customers."""
    wanted = OrganisationKind.PARTNER if user.organisation.kind == "customer" else OrganisationKind.CUSTOMER
    return Organisation.objects.filter(kind=wanted, disabled_at=None, name__iexact=name).first()


def sides_of(user: User, other: Organisation | None) -> dict[str, Organisation | None]:
    """Who is customer and who is partner when this person starts a project."""
    if user.organisation.kind == "customer":
        return {"customer": user.organisation, "partner": other}
    return {"customer": other, "partner": user.organisation}
