"""Closing an organisation to its people, and opening it again."""

import pytest
from django.test import Client
from django.utils import timezone

from golive.accounts.actions import make_token
from golive.accounts.closing import disable_organisation, enable_organisation
from golive.accounts.organisation_rules import (
    MergeFacts,
    OrganisationFacts,
    may_begin_merge,
    may_disable_organisation,
    may_enable_organisation,
    may_merge,
)
from golive.accounts.rules import Person
from golive.audit.models import AuditRow
from golive.core.decision import Refused
from tests.builders import client_of, make_organisation, make_user
from tests.builders_projects import call, make_project

ADMINISTRATOR = Person(id=1, organisation_id=1, is_org_admin=False, is_administrator=True)
ORG_ADMIN = Person(id=2, organisation_id=2, is_org_admin=True, is_administrator=False)
OPEN, SHUT = OrganisationFacts("customer"), OrganisationFacts("customer", disabled=True)
GONE = OrganisationFacts("customer", disabled=True, merged_into="Halden Dairy")


@pytest.mark.parametrize(
    ("rule", "facts", "codes"),
    [
        (may_disable_organisation, OPEN, []),
        (may_disable_organisation, SHUT, ["already_disabled"]),
        (may_disable_organisation, GONE, ["merged", "already_disabled"]),
        (may_disable_organisation, OrganisationFacts("fasttrack", administrators=1), ["operates"]),
        (may_enable_organisation, OPEN, ["not_disabled"]),
        (may_enable_organisation, SHUT, []),
        (may_enable_organisation, GONE, ["merged"]),
        (may_begin_merge, OPEN, []),
        (may_begin_merge, SHUT, []),
        (may_begin_merge, GONE, ["merged"]),
        (may_merge, MergeFacts(OPEN, OPEN), []),
        (may_merge, MergeFacts(OPEN, OPEN, same=True), ["same_organisation"]),
        (may_merge, MergeFacts(OPEN, OrganisationFacts("partner")), ["other_kind"]),
        (may_merge, MergeFacts(OPEN, SHUT), ["other_disabled"]),
        (may_merge, MergeFacts(OPEN, OPEN, both_sides=("HALD-7Q2",)), ["both_sides"]),
    ],
)
def test_an_administrator_decides_and_is_told_what_is_in_the_way(rule, facts, codes):
    assert rule(ADMINISTRATOR, facts).codes == codes
    assert rule(ORG_ADMIN, facts).codes == ["not_an_administrator"]


@pytest.fixture
def administrator(db):
    return make_user("Ada", organisation=make_organisation("fasttrack"), is_administrator=True)


def test_its_people_are_out_at_the_next_request_by_session_and_by_token(administrator):
    cast = make_project()
    browser = client_of(cast.owner)
    _token, secret = make_token(cast.owner, name="ci", by=cast.owner, at=timezone.now())
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    partner = client_of(cast.partner_member)
    assert browser.get("/").status_code == program.get("/api/v1/my-work/").status_code == 200

    disable_organisation(cast.owner.organisation, by=administrator, at=timezone.now())

    assert browser.get("/").status_code == 302
    assert program.get("/api/v1/my-work/").status_code == 401
    assert partner.get("/").status_code == 200
    enable_organisation(cast.owner.organisation, by=administrator, at=timezone.now())
    assert browser.get("/").status_code == 302
    assert program.get("/api/v1/my-work/").status_code == 401
    assert client_of(type(cast.owner).objects.get(pk=cast.owner.pk)).get("/").status_code == 200


def test_its_projects_stay_and_say_so(administrator):
    cast = make_project()
    disable_organisation(cast.owner.organisation, by=administrator, at=timezone.now())

    page = client_of(cast.partner_member).get(f"/projects/{cast.key}/")

    facts = {str(label): str(sub) for label, _text, sub in page.context["sheet"]["facts"]}
    assert (facts["Customer"], facts["Partner"]) == ("disabled", "")


def test_who_operates_the_installation_is_never_locked_out(administrator):
    with pytest.raises(Refused) as refused:
        disable_organisation(administrator.organisation, by=administrator, at=timezone.now())

    assert refused.value.decision.codes == ["operates"]
    assert client_of(administrator).get("/").status_code == 200


def test_both_doors_and_the_history(administrator):
    cast = make_project()
    uid = cast.owner.organisation.uid
    disabled = call(administrator, "post", f"organisations/{uid}/disable/", {})
    page = client_of(administrator).get(f"/organisations/{uid}/enable/").content.decode()
    enabled = client_of(administrator).post(f"/organisations/{uid}/enable/")

    assert disabled.json()["disabled"] is True
    assert "Enable" in page
    assert enabled.status_code == 302
    acts = AuditRow.objects.filter(chain="site", act__startswith="organisation.").order_by("seq")
    assert [(row.act, row.actor) for row in acts] == [
        ("organisation.disabled", administrator),
        ("organisation.enabled", administrator),
    ]
    assert acts[0].after["people"] == 3


def test_a_stranger_learns_nothing_and_its_own_people_why_not(administrator):
    cast = make_project()
    address = f"/organisations/{cast.owner.organisation.uid}"
    for word in ("disable", "enable", "merge"):
        assert client_of(cast.stranger).get(f"{address}/{word}/").status_code == 404
        page = client_of(cast.owner).get(f"{address}/{word}/")
        assert "Only an administrator may do this." in page.content.decode()
