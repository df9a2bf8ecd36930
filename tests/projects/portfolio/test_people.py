"""The people of a project: added, changed, removed and taken over by page and by API through the same acts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from golive.accounts.models import User
from golive.audit.models import AuditRow
from projects.portfolio.models.people import Membership
from tests.builders import client_of, make_user
from tests.builders_projects import call, codes_of, make_project

pytestmark = pytest.mark.django_db


def access_of(cast, user):
    return Membership.objects.filter(project=cast.project, user=user).values_list("access", flat=True).first()


def newcomer(cast):
    return make_user("Ragnhild Moe", organisation=cast.owner.organisation)


def test_an_owner_adds_somebody_by_page():
    cast = make_project()
    new = newcomer(cast)
    form = {"add-email": new.email.upper(), "add-access": "environment_manager", "add-job": "data_migration_lead"}

    answer = client_of(cast.owner).post(f"/projects/{cast.key}/people/add/", form)

    assert answer.status_code == 302
    row = Membership.objects.get(project=cast.project, user=new)
    assert (row.side, row.access, row.job) == ("customer", "environment_manager", "data_migration_lead")
    assert AuditRow.objects.filter(chain=cast.project.chain, act="member.added", object=f"user:{new.uid}").exists()


def test_an_owner_adds_somebody_by_api():
    cast = make_project()
    new = newcomer(cast)

    answer = call(cast.owner, "post", f"projects/{cast.key}/members/", {"email": new.email, "stakeholder": True})

    assert answer.status_code == 201
    assert answer.json()["stakeholder"] is True
    assert access_of(cast, new) == "member"


@pytest.mark.parametrize("address", ["nobody@example.com", "stranger"])
def test_who_belongs_to_neither_side_is_unknown(address):
    cast = make_project()
    address = cast.stranger.email if address == "stranger" else address

    page = client_of(cast.owner).post(
        f"/projects/{cast.key}/people/add/", {"add-email": address, "add-access": "member"}
    )
    api = call(cast.owner, "post", f"projects/{cast.key}/members/", {"email": address})

    sentence = "Nobody of the customer or the partner has this address"
    assert (page.status_code, api.status_code) == (422, 400)
    assert sentence in page.content.decode()
    assert sentence in api.content.decode()


@pytest.mark.parametrize("who", ["member", "viewer", "partner_member", "architect", "lead"])
def test_only_an_owner_changes_people(who):
    cast = make_project()
    new, user = newcomer(cast), getattr(cast, who)

    page = client_of(user).post(f"/projects/{cast.key}/people/add/", {"add-email": new.email, "add-access": "member"})
    api = call(user, "post", f"projects/{cast.key}/members/", {"email": new.email})

    assert (page.status_code, api.status_code, codes_of(api)) == (403, 403, ["not_owner"])
    assert "Only an owner of the project may do this." in page.content.decode()
    assert access_of(cast, new) is None


def test_an_owner_invites_somebody_new_into_the_own_organisation():
    cast = make_project()
    form = {"invite-email": "new@halden.example", "invite-name": "Fredrik Moen", "invite-access": "member"}

    answer = client_of(cast.owner).post(f"/projects/{cast.key}/people/invite/", form)

    assert answer.status_code == 302
    new = User.objects.get(email="new@halden.example")
    assert new.organisation_id == cast.owner.organisation_id
    assert access_of(cast, new) == "member"


def test_a_refused_invitation_leaves_nobody_behind():
    cast = make_project()
    form = {"invite-email": cast.stranger.email, "invite-name": "Olaf", "invite-access": "member"}

    answer = client_of(cast.owner).post(f"/projects/{cast.key}/people/invite/", form)

    assert answer.status_code == 409
    assert access_of(cast, cast.stranger) is None


def test_roles_are_changed_by_page():
    cast = make_project()
    form = {"access": "owner", "job": "cutover_lead", "primary_contact": "on"}

    answer = client_of(cast.owner).post(f"/projects/{cast.key}/people/{cast.member.uid}/", form)

    assert answer.status_code == 302
    row = Membership.objects.get(project=cast.project, user=cast.member)
    assert (row.access, row.job, row.primary_contact, row.stakeholder) == ("owner", "cutover_lead", True, False)


def test_removing_asks_once_and_then_removes():
    cast = make_project()
    client = client_of(cast.owner)
    address = f"/projects/{cast.key}/people/{cast.member.uid}/remove/"

    question = client.get(address)
    answer = client.post(address)

    assert "Remove Jonas Lind from the project?" in question.content.decode()
    assert answer.status_code == 302
    assert access_of(cast, cast.member) is None


def test_the_last_owner_stays_by_either_door():
    cast = make_project()

    page = client_of(cast.owner).post(f"/projects/{cast.key}/people/{cast.owner.uid}/remove/")
    api = call(cast.owner, "delete", f"projects/{cast.key}/members/{cast.owner.uid}/")

    assert (page.status_code, api.status_code, codes_of(api)) == (409, 409, ["last_owner"])
    assert access_of(cast, cast.owner) == "owner"


def test_an_administrator_of_either_organisation_becomes_owner():
    cast = make_project()
    partner_admin = make_user("Liv Bakke", organisation=cast.partner_member.organisation, is_org_admin=True)

    answer = client_of(partner_admin).post(f"/projects/{cast.key}/people/own/")

    assert answer.status_code == 302
    assert access_of(cast, partner_admin) == "owner"
    assert AuditRow.objects.filter(chain=cast.project.chain, act="member.became_owner", actor=partner_admin).exists()


def test_nobody_else_becomes_owner():
    cast = make_project()

    page = client_of(cast.member).post(f"/projects/{cast.key}/people/own/")
    api = call(cast.member, "post", f"projects/{cast.key}/become-owner/")

    assert (page.status_code, api.status_code, codes_of(api)) == (403, 403, ["not_org_admin"])
    assert access_of(cast, cast.member) == "member"


def test_the_api_tells_what_may_be_done_before_anybody_tries():
    cast = make_project()

    actions = call(cast.viewer, "get", f"projects/{cast.key}/").json()["actions"]

    assert [reason["code"] for reason in actions["change_people"]["reasons"]] == ["not_owner"]
    assert actions["change_people"]["allowed"] is False


@pytest.mark.parametrize("rows", [1, 50])
def test_people_cost_the_same_for_one_and_for_fifty(rows):
    cast = make_project()
    side = cast.owner.organisation
    people = [make_user(f"Person {number}", organisation=side, password=None) for number in range(rows)]
    Membership.objects.bulk_create(Membership(project=cast.project, user=one, side="customer") for one in people)
    client = client_of(cast.owner)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/projects/{cast.key}/people/")

    assert len(queries) == 8
    body = page.content.decode()
    assert all(f">Person {number}<" in body for number in range(rows))
