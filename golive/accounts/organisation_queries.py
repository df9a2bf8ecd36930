"""What rules and pages ask of an organisation that is closed or becomes part of another."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from golive.accounts.models import Invitation, Organisation, User
from golive.accounts.organisation_rules import OrganisationFacts

LIKELY = 8


@dataclass(frozen=True)
class Belongings:
    """What belongs to an organisation as accounts know it."""

    people: int
    invitations: int


def organisation_facts(organisation: Organisation) -> OrganisationFacts:
    people = User.objects.filter(organisation=organisation, is_administrator=True, disabled_at__isnull=True)
    return OrganisationFacts(
        kind=organisation.kind,
        disabled=organisation.disabled_at is not None,
        merged_into=organisation.merged_into.name if organisation.merged_into else "",
        administrators=people.filter(is_active=True).count(),
    )


def belongings_of(organisation: Organisation) -> Belongings:
    invited = Invitation.objects.filter(organisation=organisation, accepted_at=None, revoked_at=None)
    return Belongings(User.objects.filter(organisation=organisation).count(), invited.count())


def others_of(organisation: Organisation, seen: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """What it may become part of: of the same kind, and open."""
    return seen.filter(kind=organisation.kind, disabled_at__isnull=True).exclude(pk=organisation.pk)


def likely_others(organisation: Organisation, seen: QuerySet[Organisation]) -> list[Organisation]:
    """Those of a likely equal name, or of the same mail domain."""
    alike = Q(name_key=organisation.name_key) if organisation.name_key else Q(pk__in=[])
    if organisation.domain:
        alike |= Q(domain=organisation.domain)
    return list(others_of(organisation, seen).filter(alike).order_by("name")[:LIKELY])
