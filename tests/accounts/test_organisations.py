"""Organisations: made by administrators who have seen the likely duplicates, shown to whoever looks after them."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from golive.accounts.actions import make_organisation as make
from golive.accounts.models import Organisation
from golive.accounts.queries import alike_organisations
from golive.audit.models import AuditRow
from golive.core.folding import name_key
from tests.accounts.signing import signed_in
from tests.builders import make_organisation, make_user
from tests.builders_projects import call, codes_of, make_project

pytestmark = pytest.mark.django_db
PAGE = "/organisations/"


@pytest.fixture
def administrator():
    return make_user("Ada", organisation=make_organisation("fasttrack", "FastTrack North"), is_administrator=True)


def form(name, /, **more):
    return {f"organisation-{key}": value for key, value in ({"name": name, "kind": "customer"} | more).items()}


@pytest.mark.parametrize(
    "name",
    [
        "halden dairy",
        "Halden Dairy AS",
        "HALDEN-DAIRY",
        "Haldén Dairy Ltd.",
        "HaldenDairy",
        "Halden",
        "Halden Dairy Oslo",
    ],
)
def test_another_spelling_is_seen_before_it_is_saved(administrator, name):
    make_organisation("customer", "Halden Dairy Group")
    client = signed_in(administrator)

    asked = client.post(PAGE, form(name))
    body = asked.content.decode()

    assert asked.status_code == 409
    assert "Halden Dairy Group has nearly the same name." in body
    assert f'value="{name}"' in body
    assert not Organisation.objects.filter(name=name).exists()
    assert client.post(PAGE, form(name, although_alike="on")).status_code == 302
    made = Organisation.objects.get(name=name)
    assert made.name_key == name_key(name)


@pytest.mark.parametrize("name", ["Haldane Dairy", "Dairy", "Brightwater Mills"])
def test_another_name_is_no_likeness(administrator, name):
    make_organisation("customer", "Halden Dairy Group")

    assert signed_in(administrator).post(PAGE, form(name)).status_code == 302


def test_the_mail_domain_tells_of_a_name_that_does_not(administrator):
    named = make_organisation("customer", "Norsk Melk")
    Organisation.objects.filter(pk=named.pk).update(domain="halden.example")
    make_user("Kari", organisation=make_organisation("customer", "Ost & Co"), email="kari@halden.example")

    asked = signed_in(administrator).post(PAGE, form("Halden Dairy", domain="@Halden.example"))

    body = asked.content.decode()
    assert asked.status_code == 409
    assert "People of Norsk Melk have addresses of this mail domain." in body
    assert "People of Ost &amp; Co have addresses of this mail domain." in body


def test_the_api_refuses_likely_duplicates_until_it_is_told_otherwise(administrator):
    first = make_organisation("customer", "Halden Dairy Group")
    body = {"name": "Halden Dairy AS", "kind": "customer", "domain": "halden.example"}

    refused = call(administrator, "post", "organisations/", body)
    made = call(administrator, "post", "organisations/", body | {"although_alike": True})

    assert (refused.status_code, codes_of(refused)) == (409, ["looks_like_another"])
    assert refused.json()["reasons"][0]["url"] == f"{PAGE}{first.uid}/"
    assert made.status_code == 201
    assert made.json()["domain"] == "halden.example"
    row = AuditRow.objects.get(act="organisation.made")
    assert json.loads(row.body)["after"]["alike"] == [str(first.uid)]
    assert "halden" not in row.body.lower()


def test_a_name_that_is_taken_is_mended_in_its_field(administrator):
    make_organisation("customer", "Aurora Retail")

    answer = signed_in(administrator).post(PAGE, form("aurora retail", although_alike="on"))

    assert answer.status_code == 409
    assert "There is already an organisation of this name." in answer.content.decode()
    assert Organisation.objects.filter(name__iexact="aurora retail").count() == 1


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ({"domain": "no domain"}, "Write a mail domain of plain letters"),
        ({"domain": "hälden.example"}, "Write a mail domain of plain letters"),
        ({"name": "Halden\u202e"}, "direction of writing"),
        ({"name": ""}, "This field is required."),
        ({"kind": "bank"}, "Select a valid choice"),
    ],
)
def test_what_is_typed_wrongly_is_said_at_its_field(administrator, bad, sentence):
    answer = signed_in(administrator).post(PAGE, form("Aurora Retail") | form("Aurora Retail", **bad))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_only_administrators_make_one():
    admin = make_user(is_org_admin=True)
    make_organisation("customer", "Canary Dairy")

    page = signed_in(admin).post(PAGE, form("Canary Dairy AS"))
    api = call(admin, "post", "organisations/", {"name": "Canary Dairy AS", "kind": "customer"})

    assert (page.status_code, api.status_code, codes_of(api)) == (403, 403, ["not_an_administrator"])
    for answer in (page, api):
        assert "nearly the same" not in answer.content.decode()


def test_an_organisation_shows_its_people_and_counts_its_projects(administrator):
    cast = make_project()
    found = cast.owner.organisation

    body = signed_in(administrator).get(f"{PAGE}{found.uid}/").content.decode()
    shown = call(administrator, "get", f"organisations/{found.uid}/").json()

    for words in ("Sigrid Aas", "Jonas Lind", "Erik Halden", "3 people, 1 project", "Customer"):
        assert words in body
    assert "Halden Dairy" not in body, "an administrator sees no project"
    assert (shown["people"], shown["projects"], shown["merged_into"]) == (3, 1, None)


def test_the_acts_on_a_whole_organisation_are_offered_to_administrators(administrator):
    found = make_organisation("customer", "Halden Dairy")
    admin = make_user(organisation=found, is_org_admin=True)
    acts = [f"{PAGE}{found.uid}/{act}/" for act in ("merge", "disable")]

    offered = signed_in(administrator).get(f"{PAGE}{found.uid}/").content.decode()
    own = signed_in(admin).get(f"{PAGE}{found.uid}/").content.decode()

    assert [act in offered for act in acts] == [True, True]
    assert [act in own for act in acts] == [False, False]


def test_a_disabled_and_a_merged_one_say_so(administrator):
    kept, gone = make_organisation("customer", "Kept"), make_organisation("customer", "Gone")
    Organisation.objects.filter(pk=gone.pk).update(disabled_at=timezone.now())
    client = signed_in(administrator)
    assert "Disabled: none of its people can sign in." in client.get(f"{PAGE}{gone.uid}/").content.decode()

    Organisation.objects.filter(pk=gone.pk).update(merged_into=kept)

    assert "Merged into Kept." in client.get(f"{PAGE}{gone.uid}/").content.decode()


def test_an_organisation_is_shown_to_its_own_administrator_and_to_no_other():
    admin, other = make_user(is_org_admin=True), make_organisation("partner", "Canary")
    member = make_user("Mate", organisation=admin.organisation)

    assert signed_in(admin).get(f"{PAGE}{admin.organisation.uid}/").status_code == 200
    for user, uid in ((admin, other.uid), (member, admin.organisation.uid)):
        assert signed_in(user).get(f"{PAGE}{uid}/").status_code == 404
        assert call(user, "get", f"organisations/{uid}/").status_code == 404
    assert "Canary" not in signed_in(admin).get(PAGE).content.decode()
    assert signed_in(member).get(PAGE).status_code == 403


@pytest.mark.parametrize("rows", [1, 50])
def test_the_list_costs_the_same_for_one_and_for_fifty(administrator, rows):
    names = [f"Org {number:02}" for number in range(rows)]
    Organisation.objects.exclude(pk=administrator.organisation_id).delete()
    Organisation.objects.filter(pk=administrator.organisation_id).update(name="Org 000")
    Organisation.objects.bulk_create(Organisation(name=name, kind="customer") for name in names[1:])
    client = signed_in(administrator)

    with CaptureQueriesContext(connection) as queries:
        body = client.get(PAGE).content.decode()

    assert len(queries) == 3
    assert all(name in body for name in names[1:])


@pytest.mark.parametrize("rows", [1, 50])
def test_one_organisation_costs_the_same_for_one_and_for_fifty(administrator, rows):
    found = make_organisation("customer", "Halden")
    for number in range(rows):
        make_user(f"Person {number:02}", organisation=found, password=None)
    client = signed_in(administrator)

    with CaptureQueriesContext(connection) as queries:
        body = client.get(f"{PAGE}{found.uid}/").content.decode()

    assert len(queries) == 7
    assert all(f"Person {number:02}" in body for number in range(rows))


def test_likely_duplicates_are_found_in_three_queries_and_end(administrator, django_assert_num_queries):
    for number in range(30):
        make_organisation("customer", f"Halden {number}")

    with django_assert_num_queries(3):
        found = alike_organisations("Halden", "halden.example")

    assert len(found) == 10


def test_a_merged_one_is_no_duplicate(administrator):
    kept, gone = make_organisation("customer", "Kept"), make_organisation("customer", "Halden Dairy")
    Organisation.objects.filter(pk=gone.pk).update(disabled_at=timezone.now(), merged_into=kept)

    assert make("Halden-Dairy", kind="customer", by=administrator, at=timezone.now()).pk
