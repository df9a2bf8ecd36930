"""The partner of a project is named, changed and taken away: kept for lists and search, and never around its people."""

import pytest
from django.utils import timezone

from golive.accounts.models import OrganisationKind
from golive.audit.models import AuditRow
from golive.core.decision import Refused
from golive.proofs import false_standing
from projects.portfolio.actions.people import add_member, remove_member
from projects.portfolio.actions.projects import set_partner
from projects.portfolio.models.project import Project
from tests.builders import make_organisation, make_user
from tests.builders_projects import make_project, reload, start

pytestmark = pytest.mark.django_db


def alone():
    owner = make_user("Sigrid", organisation=make_organisation(OrganisationKind.CUSTOMER), is_org_admin=True)
    return start("Halden Dairy", owner=owner), owner


def by(user):
    return {"by": user, "at": timezone.now()}


def test_a_partner_named_later_is_kept_for_lists_and_search_and_recorded():
    project, owner = alone()
    partner = make_organisation(name="Kvist and Kjeldsen")

    set_partner(project, partner, **by(owner))

    project = reload(project)
    assert (project.partner, project.standing.partner) == (partner, partner)
    assert {"kvist", "kjeldsen"} <= set(project.words.values_list("word", flat=True))
    assert AuditRow.objects.get(act="project.partner_set").chain == project.chain
    assert list(false_standing()) == []


def test_people_of_a_partner_named_later_may_be_put_on_its_side():
    project, owner = alone()
    partner = make_organisation()
    set_partner(project, partner, **by(owner))

    member = add_member(reload(project), user=make_user("Marta", organisation=partner), **by(owner))

    assert member.side == "partner"


def test_the_same_partner_again_changes_nothing():
    cast = make_project()

    set_partner(cast.project, cast.project.partner, **by(cast.owner))

    assert not AuditRow.objects.filter(act="project.partner_set").exists()


def test_whoever_works_for_the_old_partner_leaves_first():
    cast = make_project()
    with pytest.raises(Refused) as refused:
        set_partner(cast.project, None, **by(cast.owner))
    remove_member(cast.project, user=cast.partner_member, **by(cast.owner))

    set_partner(cast.project, None, **by(cast.owner))

    assert refused.value.decision.codes == ["partner_people"]
    assert reload(cast.project).partner is None
    assert not Project.objects.visible_to(cast.partner_member).filter(key=cast.key).exists()


@pytest.mark.parametrize("kind", ["customer", "fasttrack", "engineering"])
def test_only_the_organisation_of_a_partner_is_one(kind):
    project, owner = alone()

    with pytest.raises(Refused) as refused:
        set_partner(project, make_organisation(kind), **by(owner))

    assert refused.value.decision.codes == ["not_a_partner"]


def test_a_disabled_partner_is_not_chosen():
    project, owner = alone()
    partner = make_organisation()
    partner.disabled_at = timezone.now()

    with pytest.raises(Refused) as refused:
        set_partner(project, partner, **by(owner))

    assert refused.value.decision.codes == ["not_a_partner"]


@pytest.mark.parametrize("who", ["member", "partner_member", "architect", "lead"])
def test_only_an_owner_names_it(who):
    cast = make_project()
    remove_member(cast.project, user=cast.partner_member, **by(cast.owner))

    with pytest.raises(Refused) as refused:
        set_partner(cast.project, None, **by(getattr(cast, who)))

    assert refused.value.decision.codes == ["not_owner"]
