import pytest

from golive.accounts.rules import (
    ROLE_NEEDS,
    AcceptanceFacts,
    InvitationFacts,
    LeavingFacts,
    Person,
    RoleFacts,
    may_accept,
    may_disable_person,
    may_invite,
    may_make_organisation,
    may_see_people,
    may_set_roles,
)

ADMINISTRATOR = Person(id=1, organisation_id=1, is_org_admin=False, is_administrator=True)
ORG_ADMIN = Person(id=2, organisation_id=2, is_org_admin=True, is_administrator=False)
MEMBER = Person(id=3, organisation_id=2, is_org_admin=False, is_administrator=False)


def roles(now=(), wanted=(), kind="fasttrack", organisation_id=2, others=1):
    return RoleFacts(9, organisation_id, kind, frozenset(now), frozenset(wanted), others)


def leaving(person_id=9, organisation_id=2, administrator=False, others=1, disabled=False):
    return LeavingFacts(person_id, organisation_id, administrator, others, disabled)


def test_who_makes_organisations_and_sees_people():
    assert may_make_organisation(ADMINISTRATOR)
    assert may_make_organisation(ORG_ADMIN).codes == ["not_an_administrator"]
    assert may_see_people(ORG_ADMIN)
    assert may_see_people(MEMBER).status == 403


def test_who_invites_where():
    assert may_invite(ADMINISTRATOR, InvitationFacts(organisation_id=7))
    assert may_invite(ORG_ADMIN, InvitationFacts(organisation_id=2))
    assert may_invite(ORG_ADMIN, InvitationFacts(organisation_id=7)).status == 403
    assert may_invite(MEMBER, InvitationFacts(organisation_id=2)).status == 403
    assert may_invite(ORG_ADMIN, InvitationFacts(2, organisation_disabled=True)).codes == ["organisation_disabled"]


def test_a_stranger_learns_nothing_about_the_address():
    facts = InvitationFacts(organisation_id=7, belongs_elsewhere=True, already_joined=True)

    assert may_invite(ORG_ADMIN, facts).codes == ["not_their_administrator"]


@pytest.mark.parametrize("role", sorted(ROLE_NEEDS))
@pytest.mark.parametrize("kind", ["customer", "partner", "fasttrack", "engineering"])
def test_a_staff_role_needs_its_kind_of_organisation(role, kind):
    decision = may_set_roles(ADMINISTRATOR, roles(wanted=[role], kind=kind))

    assert bool(decision) == (ROLE_NEEDS[role] == kind)


def test_staff_roles_are_the_administrators_to_give():
    assert may_set_roles(ORG_ADMIN, roles(wanted=["architect"])).codes == ["not_an_administrator"]
    assert may_set_roles(ORG_ADMIN, roles(now=["architect"])).codes == ["not_an_administrator"]
    assert may_set_roles(ORG_ADMIN, roles(wanted=["org_admin"], kind="partner"))
    assert may_set_roles(ORG_ADMIN, roles(wanted=["org_admin"], organisation_id=7)).codes == ["not_their_administrator"]
    assert may_set_roles(MEMBER, roles(wanted=["org_admin"])).status == 403
    assert may_set_roles(ADMINISTRATOR, roles(wanted=["nonsense"])).codes == ["role_does_not_fit"]


def test_a_role_that_no_longer_fits_may_be_taken_away():
    assert may_set_roles(ADMINISTRATOR, roles(now=["architect"], kind="partner"))


def test_one_administrator_stays():
    assert may_set_roles(ADMINISTRATOR, roles(now=["administrator"], others=0)).codes == ["last_administrator"]
    assert may_disable_person(ADMINISTRATOR, leaving(administrator=True, others=0)).codes == ["last_administrator"]


def test_who_disables_whom():
    assert may_disable_person(ORG_ADMIN, leaving())
    assert may_disable_person(ORG_ADMIN, leaving(organisation_id=7)).status == 403
    assert may_disable_person(ORG_ADMIN, leaving(administrator=True)).status == 403
    assert may_disable_person(MEMBER, leaving()).status == 403
    assert may_disable_person(ORG_ADMIN, leaving(person_id=2)).codes == ["oneself"]
    assert may_disable_person(ORG_ADMIN, leaving(disabled=True)).codes == ["already_disabled"]


def test_one_sentence_for_each_dead_link():
    assert may_accept(AcceptanceFacts(False, False, False))
    assert may_accept(AcceptanceFacts(expired=True, used=False, revoked=False)).codes == ["invitation_expired"]
    assert may_accept(AcceptanceFacts(expired=False, used=True, revoked=False)).codes == ["invitation_used"]
    assert may_accept(AcceptanceFacts(expired=False, used=False, revoked=True)).codes == ["invitation_revoked"]
