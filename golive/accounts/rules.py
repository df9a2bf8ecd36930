"""Who may let people in, give them roles, and take them out again. Pure: facts in, a Decision out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from golive.core.decision import Cure, Decision, Reason, because

FASTTRACK, ENGINEERING = "fasttrack", "engineering"  # kinds of organisation, see OrganisationKind
# Which kind of organisation a staff role needs: the three sides are kept apart.
ROLE_NEEDS = {
    "architect": FASTTRACK,
    "lead": FASTTRACK,
    "engineer": ENGINEERING,
    "catalogue_author": FASTTRACK,
    "administrator": FASTTRACK,
}


@dataclass(frozen=True)
class Person:
    id: int
    organisation_id: int
    is_org_admin: bool
    is_administrator: bool


@dataclass(frozen=True)
class InvitationFacts:
    organisation_id: int
    organisation_disabled: bool = False
    belongs_elsewhere: bool = False
    already_joined: bool = False
    person_disabled: bool = False


@dataclass(frozen=True)
class AcceptanceFacts:
    expired: bool
    used: bool
    revoked: bool
    organisation_disabled: bool = False
    person_disabled: bool = False


@dataclass(frozen=True)
class RoleFacts:
    person_id: int
    organisation_id: int
    organisation_kind: str
    now: frozenset[str]  # staff roles, and "org_admin"
    wanted: frozenset[str]
    other_administrators: int


@dataclass(frozen=True)
class LeavingFacts:
    person_id: int
    organisation_id: int
    is_administrator: bool
    other_administrators: int
    already_disabled: bool = False


def leads_people_of(person: Person, organisation_id: int) -> bool:
    return person.is_administrator or (person.is_org_admin and person.organisation_id == organisation_id)


def may_see_people(person: Person) -> Decision:
    """Administrators see everybody; an organisation administrator sees the own organisation."""
    return because(who=(None if person.is_administrator or person.is_org_admin else _not_an_administrator(),))


@dataclass(frozen=True)
class Likeness:
    """An organisation that one about to be made may be another spelling of."""

    uid: str
    name: str
    same_name: bool  # but for case, accents and the form of the company
    same_domain: bool


@dataclass(frozen=True)
class NewOrganisationFacts:
    name_taken: bool = False
    alike: tuple[Likeness, ...] = ()
    although_alike: bool = False  # whoever makes it has seen them


def may_make_organisation(person: Person, facts: NewOrganisationFacts | None = None) -> Decision:
    """Only administrators of the installation make organisations, and no second one of a name they have not seen."""
    facts = facts or NewOrganisationFacts()
    taken = _if(facts.name_taken, "name_taken", _("There is already an organisation of this name."))
    unseen = () if facts.name_taken or facts.although_alike else tuple(likeness_told(one) for one in facts.alike)
    return because(who=(None if person.is_administrator else _not_an_administrator(),), missing=(taken, *unseen))


def likeness_told(one: Likeness) -> Reason:
    words = {
        (True, True): _("%(name)s has nearly the same name and the same mail domain."),
        (True, False): _("%(name)s has nearly the same name."),
    }
    text = words.get((one.same_name, one.same_domain), _("People of %(name)s have addresses of this mail domain."))
    return Reason("looks_like_another", text % {"name": one.name}, Cure("organisation", {"uid": one.uid}))


def may_invite(person: Person, facts: InvitationFacts) -> Decision:
    """Organisation administrators invite into their own organisation, administrators into any."""
    if not leads_people_of(person, facts.organisation_id):
        return because(who=(_not_their_administrator(),))
    told = _(
        "This person belongs to another organisation here, and was told of your invitation. "
        "Ask them for another address, or ask their organisation to put them on the project."
    )
    return because(
        missing=(
            _if(facts.organisation_disabled, "organisation_disabled", _("This organisation is disabled.")),
            _if(facts.belongs_elsewhere, "in_another_organisation", told),
            _if(facts.person_disabled, "person_disabled", _("This person has been disabled.")),
            _if(facts.already_joined, "already_joined", _("This person has already joined.")),
        )
    )


def may_accept(facts: AcceptanceFacts) -> Decision:
    """A link works once, for seven days, unless it was replaced by a newer one. One sentence says which it is."""
    gone = facts.revoked or facts.organisation_disabled or facts.person_disabled
    used = _("This invitation has been used. Sign in with your e-mail address and your password.")
    return because(
        missing=(
            _if(facts.used, "invitation_used", used),
            _if(gone, "invitation_revoked", _("This invitation is no longer valid. Ask for a new one.")),
            _if(facts.expired, "invitation_expired", _("This invitation has expired. Ask for a new one.")),
        )
    )


def may_set_roles(person: Person, facts: RoleFacts) -> Decision:
    """Staff roles are given by administrators and fit the organisation; its own administrator may be named by one."""
    changed = facts.now ^ facts.wanted
    if changed - {"org_admin"} and not person.is_administrator:
        return because(who=(_not_an_administrator(),))
    if not leads_people_of(person, facts.organisation_id):
        return because(who=(_not_their_administrator(),))
    given = sorted(facts.wanted - facts.now - {"org_admin"})
    misfit = [role for role in given if ROLE_NEEDS.get(role) != facts.organisation_kind]
    last = "administrator" in facts.now - facts.wanted and not facts.other_administrators
    unfit = _("This role does not fit the person's organisation.")
    return because(missing=(_if(bool(misfit), "role_does_not_fit", unfit), _last_administrator() if last else None))


def may_disable_person(person: Person, facts: LeavingFacts) -> Decision:
    """Whoever leads the people of an organisation may disable one of them: not oneself, not the last administrator."""
    if not leads_people_of(person, facts.organisation_id) or (facts.is_administrator and not person.is_administrator):
        return because(who=(_not_their_administrator(),))
    oneself = _("Nobody disables themselves; ask another administrator.")
    last = facts.is_administrator and not facts.other_administrators
    return because(
        missing=(
            _if(person.id == facts.person_id, "oneself", oneself),
            _last_administrator() if last else None,
            _if(facts.already_disabled, "already_disabled", _("This person is already disabled.")),
        )
    )


def _if(holds: bool, code: str, text: str) -> Reason | None:
    return Reason(code, text) if holds else None


def _not_an_administrator() -> Reason:
    return Reason("not_an_administrator", _("Only an administrator may do this."))


def _not_their_administrator() -> Reason:
    return Reason("not_their_administrator", _("Only an administrator of this organisation may do this."))


def _last_administrator() -> Reason:
    return Reason("last_administrator", _("The installation needs at least one administrator."))
