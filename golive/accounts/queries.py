"""What pages and rules ask about people and organisations."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Replace

from golive.accounts.models import ApiToken, Invitation, Organisation, User
from golive.accounts.rules import (
    AcceptanceFacts,
    InvitationFacts,
    LeavingFacts,
    Likeness,
    NewOrganisationFacts,
    Person,
    RoleFacts,
    may_see_people,
)
from golive.accounts.secrets import digest_of
from golive.core.folding import name_key, words_in
from golive.letters.models import LetterRow

ALIKE = 10  # likely duplicates that are shown


def person_of(user: User) -> Person:
    return Person(
        id=user.pk,
        organisation_id=user.organisation_id,
        is_org_admin=user.is_org_admin,
        is_administrator=user.is_administrator,
    )


def people_of(organisation: Organisation) -> QuerySet[User]:
    """Who may be chosen: has joined, and is not disabled."""
    people = User.objects.filter(organisation=organisation, is_active=True, disabled_at__isnull=True)
    return people.exclude(joined_at__isnull=True).order_by("name", "pk")


def organisations_for(user: User) -> QuerySet[Organisation]:
    """All of them for an administrator, the own one for everybody else."""
    if user.is_administrator:
        return Organisation.objects.all()
    return Organisation.objects.filter(pk=user.organisation_id)


def looked_after(user: User) -> QuerySet[Organisation]:
    """Every one for an administrator, the own for its administrator, none for anybody else."""
    found = organisations_for(user) if may_see_people(person_of(user)) else Organisation.objects.none()
    return found.select_related("merged_into")


def alike_organisations(name: str, domain: str) -> list[Likeness]:
    """Likely duplicates: by the folded name, whole or as a beginning, and by the domain of organisation or people."""
    key = name_key(name)
    bare = Replace("name_key", Value(" "), Value(""))
    words = key.split()
    shorter = [" ".join(words[:end]) for end in range(1, len(words))]
    near = Q(bare=key.replace(" ", "")) | Q(name_key__startswith=f"{key} ") | Q(name_key__in=shorter)
    of_people = Exists(User.objects.filter(organisation=OuterRef("pk"), email__endswith=f"@{domain}"))
    same_domain = (Q(domain=domain) | Q(of_people)) if domain else Q(pk__in=[])
    rows = Organisation.objects.filter(merged_into=None).annotate(bare=bare).order_by("name", "pk")
    near_pks = set(rows.filter(near).values_list("pk", flat=True))
    same_pks = set(rows.filter(same_domain).values_list("pk", flat=True)[:ALIKE])
    found = rows.filter(pk__in=near_pks | same_pks)[:ALIKE]
    return [Likeness(str(row.uid), row.name, row.pk in near_pks, row.pk in same_pks) for row in found]


def new_organisation_facts(name: str, domain: str, *, although_alike: bool) -> NewOrganisationFacts:
    return NewOrganisationFacts(
        name_taken=Organisation.objects.filter(name__iexact=name).exists(),
        alike=tuple(alike_organisations(name, domain)),
        although_alike=although_alike,
    )


def people_for(user: User) -> QuerySet[User]:
    """Those whose roles and invitations this person looks after."""
    if not may_see_people(person_of(user)):
        return User.objects.none()
    people = User.objects.select_related("organisation")
    return people if user.is_administrator else people.filter(organisation_id=user.organisation_id)


def words_of(user: User) -> list[str]:
    """The folded words a person is found by: the name, and the address before its @."""
    return words_in(user.name, user.email.partition("@")[0])


def false_words() -> Iterator[str]:
    """Each person whose kept words are not those of name and address. For `manage.py verify`."""
    for user in User.objects.order_by("pk").prefetch_related("words").iterator(chunk_size=500):
        kept, wanted = {row.word for row in user.words.all()}, set(words_of(user))
        if kept != wanted:
            yield f"The person {user.uid}: kept words are not those of name and address."


def invitation_of(secret: str) -> Invitation | None:
    invitations = Invitation.objects.select_related("organisation", "invited_by")
    return invitations.filter(digest=digest_of(secret)).first()


def invited_last_hour(by: User, *, at: datetime) -> int:
    """Also those that ended with a letter alone, since the person belongs elsewhere."""
    since = at - timedelta(hours=1)
    letters = LetterRow.objects.filter(matter=told_by(by), queued_at__gt=since).count()
    return letters + Invitation.objects.filter(invited_by=by, created_at__gt=since).count()


def told_by(by: User) -> str:
    """The matter of letters to people whom somebody invited who belong elsewhere."""
    return f"invited_by:{by.uid}"


def invitation_facts(organisation: Organisation, address: str) -> InvitationFacts:
    person = User.objects.filter(email=address).first()
    elsewhere = person is not None and person.organisation_id != organisation.pk
    return InvitationFacts(
        organisation_id=organisation.pk,
        organisation_disabled=organisation.disabled_at is not None,
        belongs_elsewhere=elsewhere,
        already_joined=person is not None and not elsewhere and person.joined_at is not None,
        person_disabled=person is not None and not elsewhere and not (person.is_active and person.disabled_at is None),
    )


def acceptance_facts(invitation: Invitation, *, at: datetime) -> AcceptanceFacts:
    person = User.objects.get(email=invitation.email)
    return AcceptanceFacts(
        expired=invitation.expires_at <= at,
        used=invitation.accepted_at is not None or person.joined_at is not None,
        revoked=invitation.revoked_at is not None,
        organisation_disabled=invitation.organisation.disabled_at is not None,
        person_disabled=not person.is_active or person.disabled_at is not None,
    )


def other_administrators(user: User) -> int:
    others = User.objects.filter(is_administrator=True, is_active=True, disabled_at__isnull=True)
    return others.filter(~Q(pk=user.pk), organisation__disabled_at__isnull=True).count()


def roles_of(user: User) -> frozenset[str]:
    return user.staff_roles | ({"org_admin"} if user.is_org_admin else frozenset())


def role_facts(user: User, wanted: frozenset[str]) -> RoleFacts:
    return RoleFacts(
        person_id=user.pk,
        organisation_id=user.organisation_id,
        organisation_kind=user.organisation.kind,
        now=roles_of(user),
        wanted=wanted,
        other_administrators=other_administrators(user),
    )


def leaving_facts(user: User) -> LeavingFacts:
    return LeavingFacts(
        person_id=user.pk,
        organisation_id=user.organisation_id,
        is_administrator=user.is_administrator,
        other_administrators=other_administrators(user),
        already_disabled=user.disabled_at is not None,
    )


def tokens_of(user: User) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(user=user, revoked_at__isnull=True).order_by("-pk")
