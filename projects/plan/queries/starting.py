"""Who may be the other side of a new project."""

from golive.accounts.models import Organisation, OrganisationKind, User


def other_organisation(user: User, name: str) -> Organisation | None:
    """The other side of a new project, by its whole name: nobody is shown a list of everybody else's customers."""
    if user.organisation.kind == OrganisationKind.CUSTOMER:
        return partner_named(name)
    customers = Organisation.objects.filter(kind=OrganisationKind.CUSTOMER, disabled_at=None)
    return customers.filter(name__iexact=name).first()


def partner_named(name: str) -> Organisation | None:
    """A partner by its whole name, whoever asks."""
    partners = Organisation.objects.filter(kind=OrganisationKind.PARTNER, disabled_at=None)
    return partners.filter(name__iexact=name).first()


def sides_of(user: User, other: Organisation | None) -> dict[str, Organisation | None]:
    """Who is customer and who is partner when this person starts a project."""
    if user.organisation.kind == "customer":
        return {"customer": user.organisation, "partner": other}
    return {"customer": other, "partner": user.organisation}
