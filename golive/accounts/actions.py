"""What may be done with people and organisations. Each act is recorded in the chain "site", as ids and codes only."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from golive.accounts import rules
from golive.accounts.models import ApiToken, Invitation, Organisation, PersonWord, User
from golive.accounts.queries import (
    acceptance_facts,
    invitation_facts,
    invited_last_hour,
    leaving_facts,
    new_organisation_facts,
    person_of,
    role_facts,
    roles_of,
    tokens_of,
    told_by,
    words_of,
)
from golive.accounts.rules import ROLE_NEEDS
from golive.accounts.secrets import TOKEN_PREFIX, digest_of, new_secret
from golive.accounts.throttle import HOUR, TooFast
from golive.accounts.words import told
from golive.audit.actions import record
from golive.core.decision import Reason, Refused, because, require
from golive.core.folding import name_key
from golive.letters.actions import send_letter

SITE = "site"
INVITATION_HOLDS = timedelta(days=7)
INVITATIONS_AN_HOUR = 20  # nobody's mailbox is a target
TOKENS_A_PERSON = 20


@transaction.atomic
def make_organisation(
    name: str, *, kind: str, by: User, at: datetime, domain: str = "", although_alike: bool = False
) -> Organisation:
    """Likely duplicates are refused until whoever makes it says that it is another one."""
    lock_administrators()  # two who make the same one at once would not see each other's
    facts = new_organisation_facts(name, domain, although_alike=although_alike)
    require(rules.may_make_organisation(person_of(by), facts))
    organisation = Organisation.objects.create(
        name=name, kind=kind, name_key=name_key(name), domain=domain, created_at=at
    )
    after = {"kind": kind, "alike": [one.uid for one in facts.alike]}
    record(SITE, by, "organisation.made", organisation, at=at, after=after)
    return organisation


@transaction.atomic
def set_roles(user: User, *, roles: frozenset[str], by: User, at: datetime) -> None:
    """Roles change what a person may see: every session and token of the person ends with it (T11, T51)."""
    lock_administrators()
    user = User.objects.select_for_update().get(pk=user.pk)
    require(rules.may_set_roles(person_of(by), role_facts(user, roles)))
    before = roles_of(user)
    if roles == before:
        return
    for role in ROLE_NEEDS:
        setattr(user, f"is_{role}", role in roles)
    user.is_org_admin = "org_admin" in roles
    user.save(update_fields=[f"is_{role}" for role in ROLE_NEEDS] + ["is_org_admin"])
    end_sessions(user, at=at)
    record(SITE, by, "person.roles_set", user, at=at, before={"roles": sorted(before)}, after={"roles": sorted(roles)})


@transaction.atomic
def disable_person(user: User, *, by: User, at: datetime) -> None:
    lock_administrators()
    user = User.objects.select_for_update().get(pk=user.pk)
    require(rules.may_disable_person(person_of(by), leaving_facts(user)))
    user.disabled_at = at
    user.save(update_fields=["disabled_at"])
    end_sessions(user, at=at)
    record(SITE, by, "person.disabled", user, at=at)


def lock_administrators() -> None:
    """Two administrators who take the role from each other at once would leave none."""
    list(User.objects.select_for_update().filter(is_administrator=True).order_by("pk").values_list("pk"))


def end_sessions(user: User, *, at: datetime) -> None:
    """Sessions by the epoch that their hash covers, tokens one by one."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.api_tokens.filter(revoked_at__isnull=True).update(revoked_at=at)


@transaction.atomic
def save_profile(user: User, *, name: str, time_zone: str, at: datetime) -> None:
    before = {"time_zone": user.time_zone}
    User.objects.filter(pk=user.pk).update(name=name, time_zone=time_zone)
    user.refresh_from_db(fields=["name", "time_zone"])
    keep_words(user)
    record(SITE, user, "person.profile_saved", user, at=at, before=before, after={"time_zone": time_zone})


def keep_words(user: User) -> None:
    """What the search finds a person by, after a person was made or renamed."""
    known, wanted = set(user.words.values_list("word", flat=True)), set(words_of(user))
    user.words.filter(word__in=known - wanted).delete()
    PersonWord.objects.bulk_create(PersonWord(user=user, word=word) for word in sorted(wanted - known))


@transaction.atomic
def invite(
    email: str, *, name: str, organisation: Organisation, by: User, at: datetime, is_org_admin: bool = False
) -> Invitation:
    """The person exists from now on, so that a project can name them; they can do nothing before they accept."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    address = email.strip().lower()
    decision = rules.may_invite(person_of(by), invitation_facts(organisation, address))
    if not decision.who:
        refuse_flood(by, at=at)  # before anything is said about the address: nobody tries out a list of them
    require(decision)
    user, created = User.objects.get_or_create(
        email=address, defaults={"name": name, "organisation": organisation, "password": make_password(None)}
    )
    if created:
        keep_words(user)
    secret = new_secret()
    invitation = open_invitation(address, organisation, secret, by=by, at=at, is_org_admin=is_org_admin)
    after = {"person": str(user.uid), "organisation": str(organisation.uid), "org_admin": is_org_admin}
    record(SITE, by, "person.invited", invitation, at=at, after=after)
    send_invitation(invitation, user, secret, by=by, at=at)
    return invitation


@transaction.atomic
def tell_of_invitation(refused: Refused, email: str, *, organisation: Organisation, by: User, at: datetime) -> None:
    """After the refused invitation was undone: who belongs elsewhere is told, once a day for each organisation.

    The matter of the letter is the inviter, so that a flood of them is counted.
    """
    if "in_another_organisation" not in refused.decision.codes:
        return
    user = User.objects.get(email=email.strip().lower())
    record(SITE, by, "person.invited_elsewhere", user, at=at, after={"organisation": str(organisation.uid)})
    words = {"who": by.name, "organisation": organisation.name}
    url, cycle = f"{settings.SITE_URL}{reverse('account')}", f"{organisation.uid}:{at.date()}"
    send_letter("invited_elsewhere", to=[user], words=words, matter=told_by(by), cycle=cycle, url=url, at=at)


def refuse_flood(by: User, *, at: datetime) -> None:
    User.objects.select_for_update().get(pk=by.pk)
    if invited_last_hour(by, at=at) >= INVITATIONS_AN_HOUR:
        text = _("At most %(limit)d invitations an hour. Try again later.") % {"limit": INVITATIONS_AN_HOUR}
        raise TooFast(text, retry_after=HOUR)


def open_invitation(
    address: str, organisation: Organisation, secret: str, *, by: User, at: datetime, is_org_admin: bool
) -> Invitation:
    """The newest link is the only one: an earlier one that is still open ends here."""
    Invitation.objects.filter(email=address, accepted_at=None, revoked_at=None).update(revoked_at=at)
    return Invitation.objects.create(
        email=address,
        organisation=organisation,
        is_org_admin=is_org_admin,
        digest=digest_of(secret),
        invited_by=by,
        created_at=at,
        expires_at=at + INVITATION_HOLDS,
    )


def send_invitation(invitation: Invitation, user: User, secret: str, *, by: User, at: datetime) -> None:
    until = told(invitation.expires_at, user.time_zone)
    words = {"who": by.name, "organisation": invitation.organisation.name, "until": until}
    url = f"{settings.SITE_URL}{reverse('invitation', kwargs={'secret': secret})}"
    send_letter("invitation", to=[user], words=words, matter=f"invitation:{invitation.uid}", url=url, at=at)


@transaction.atomic
def accept_invitation(invitation: Invitation, *, name: str, password: str, time_zone: str, at: datetime) -> User:
    """Used once: the row is read again under lock. Organisation and role are the row's, never the visitor's (T60)."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    require(rules.may_accept(acceptance_facts(invitation, at=at)))
    user = User.objects.select_for_update().get(email=invitation.email)
    user.name, user.time_zone, user.joined_at = name, time_zone, at
    user.is_org_admin = user.is_org_admin or invitation.is_org_admin
    user.set_password(password)
    user.save(update_fields=["name", "time_zone", "joined_at", "is_org_admin", "password"])
    keep_words(user)
    # The letter reached the address: allauth may rely on it.
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=at)
    record(SITE, user, "person.joined", user, at=at, after={"invitation": str(invitation.uid)})
    return user


@transaction.atomic
def make_token(user: User, *, name: str, by: User | None, at: datetime) -> tuple[ApiToken, str]:
    """The second value is the token itself: to be shown once, and kept nowhere."""
    User.objects.select_for_update().get(pk=user.pk)
    full = Reason("too_many_tokens", _("You have 20 tokens; revoke one first."))
    require(because(missing=(full if tokens_of(user).count() >= TOKENS_A_PERSON else None,)))
    secret = new_secret(TOKEN_PREFIX)
    token = ApiToken.objects.create(user=user, name=name, digest=digest_of(secret), created_at=at)
    record(SITE, by, "token.made", token, at=at, after={"person": str(user.uid)})
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User, at: datetime) -> None:
    if ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at):
        record(SITE, by, "token.revoked", token, at=at)
