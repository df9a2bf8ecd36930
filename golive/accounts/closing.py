"""Closing an organisation to its people and opening it again, and the part of a merge that accounts keep."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from golive.accounts.actions import SITE, lock_administrators
from golive.accounts.models import ApiToken, Invitation, Organisation, User
from golive.accounts.organisation_queries import organisation_facts
from golive.accounts.organisation_rules import may_disable_organisation, may_enable_organisation
from golive.accounts.queries import person_of
from golive.audit.actions import record
from golive.core.decision import require


@transaction.atomic
def disable_organisation(organisation: Organisation, *, by: User, at: datetime) -> Organisation:
    """Its people are out at once: sessions and tokens end. Their projects stay, and say so."""
    lock_administrators()
    (organisation,) = locked_organisations(organisation)
    require(may_disable_organisation(person_of(by), organisation_facts(organisation)))
    organisation.disabled_at = at
    organisation.save(update_fields=["disabled_at"])
    ended = end_sessions_of(organisation, at=at)
    record(SITE, by, "organisation.disabled", organisation, at=at, after={"people": ended})
    return organisation


@transaction.atomic
def enable_organisation(organisation: Organisation, *, by: User, at: datetime) -> Organisation:
    """Its people may sign in again; what had ended stays ended."""
    (organisation,) = locked_organisations(organisation)
    require(may_enable_organisation(person_of(by), organisation_facts(organisation)))
    organisation.disabled_at = None
    organisation.save(update_fields=["disabled_at"])
    record(SITE, by, "organisation.enabled", organisation, at=at)
    return organisation


def locked_organisations(*rows: Organisation) -> list[Organisation]:
    """In one order whoever asks, so that two who merge the other way round wait instead of blocking each other."""
    keys = [row.pk for row in rows]
    found = {row.pk: row for row in Organisation.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [found[key] for key in keys]


def end_sessions_of(organisation: Organisation, *, at: datetime) -> int:
    people = User.objects.filter(organisation=organisation)
    ApiToken.objects.filter(user__in=people, revoked_at__isnull=True).update(revoked_at=at)
    return people.update(session_epoch=F("session_epoch") + 1)


def move_people(gone: Organisation, kept: Organisation, *, at: datetime) -> dict[str, int]:
    """People and invitations belong to the other from now on; the emptied one stays, disabled, and says where to."""
    moved = {
        "people": User.objects.filter(organisation=gone).update(organisation=kept),
        "invitations": Invitation.objects.filter(organisation=gone).update(organisation=kept),
    }
    if not kept.domain and gone.domain:
        kept.domain = gone.domain
        kept.save(update_fields=["domain"])
    gone.merged_into, gone.disabled_at = kept, gone.disabled_at or at
    gone.save(update_fields=["merged_into", "disabled_at"])
    return moved
