import json
import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from golive.accounts.actions import disable_person, make_token, set_roles
from golive.accounts.models import Organisation, User
from golive.accounts.queries import people_of
from golive.audit.models import AuditRow
from golive.core.decision import Refused
from tests.accounts.signing import signed_in
from tests.builders import make_organisation, make_user

pytestmark = pytest.mark.django_db

PEOPLE = "/people-and-organisations/"
API = "/api/v1/organisations/"


def test_a_changed_role_ends_sessions_and_tokens_and_is_noted():
    administrator = make_user(is_administrator=True)
    user = make_user(organisation=make_organisation("fasttrack"), is_lead=True)
    client = signed_in(user)
    _token, secret = make_token(user, name="t", by=user, at=timezone.now())

    set_roles(user, roles=frozenset({"architect"}), by=administrator, at=timezone.now())

    user.refresh_from_db()
    assert user.staff_roles == {"architect"}
    assert client.get("/account/").status_code == 302
    assert Client().get(API, HTTP_AUTHORIZATION=f"Bearer {secret}").status_code == 401
    body = json.loads(AuditRow.objects.get(act="person.roles_set").body)
    assert (body["before"], body["after"]) == ({"roles": ["lead"]}, {"roles": ["architect"]})


def test_the_same_roles_again_end_nothing():
    administrator = make_user(is_administrator=True)
    user = make_user(organisation=make_organisation("fasttrack"), is_lead=True)
    client = signed_in(user)

    set_roles(user, roles=frozenset({"lead"}), by=administrator, at=timezone.now())

    assert client.get("/account/").status_code == 200


def test_a_disabled_person_is_out_at_once_and_chosen_by_nobody():
    administrator = make_user(is_administrator=True)
    user = make_user(joined_at=timezone.now())
    client = signed_in(user)
    assert list(people_of(user.organisation)) == [user]

    disable_person(user, by=administrator, at=timezone.now())

    assert client.get("/account/").status_code == 302
    assert list(people_of(user.organisation)) == []
    with pytest.raises(Refused):
        disable_person(user, by=administrator, at=timezone.now())


def test_an_org_admin_sees_the_own_organisation_only():
    admin = make_user("Ada", is_org_admin=True)
    make_user("Canary Stranger")
    mate = make_user("Mate", organisation=admin.organisation)
    client = signed_in(admin)

    body = client.get(PEOPLE).content.decode()
    stranger = User.objects.get(name="Canary Stranger")

    assert "Mate" in body
    assert "Canary Stranger" not in body
    assert stranger.organisation.name not in body
    assert client.get(f"{PEOPLE}{mate.uid}/").status_code == 200
    foreign = client.get(f"{PEOPLE}{stranger.uid}/")
    missing = client.get(f"{PEOPLE}{uuid.uuid4()}/")
    assert foreign.status_code == missing.status_code == 404
    assert without_tokens(foreign) == without_tokens(missing)


def without_tokens(answer):
    """The page but for what differs each time: the masked CSRF token."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", answer.content)


def test_a_member_sees_none_of_it_and_the_denial_is_noted():
    client = signed_in(make_user())

    assert client.get(PEOPLE).status_code == 403
    assert AuditRow.objects.filter(act="denied").count() == 1


def test_the_list_costs_the_same_for_many():
    administrator = make_user(is_administrator=True)
    client = signed_in(administrator)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            body = client.get(PEOPLE).content.decode()
        return len(seen), body

    few, _body = queries()
    names = [f"Nils {number:02}" for number in range(49)]
    for name in names:
        make_user(name, organisation=administrator.organisation, password=None)
    many, body = queries()

    assert few == many
    assert all(name in body for name in names)


def test_roles_by_the_page():
    client = signed_in(make_user(is_administrator=True))
    user = make_user(organisation=make_organisation("fasttrack"))
    outsider = make_user(organisation=make_organisation("partner"))

    given = client.post(f"{PEOPLE}{user.uid}/", {"roles": ["architect", "org_admin"]})
    unfit = client.post(f"{PEOPLE}{outsider.uid}/", {"roles": ["architect"]})
    unknown = client.post(f"{PEOPLE}{user.uid}/", {"roles": ["superuser"]})

    user.refresh_from_db()
    assert given.status_code == 302
    assert (user.is_architect, user.is_org_admin) == (True, True)
    assert unfit.status_code == 409
    assert unknown.status_code == 422


def test_disabling_by_the_page():
    admin = make_user(is_org_admin=True)
    mate = make_user("Mate", organisation=admin.organisation)

    assert signed_in(admin).post(f"{PEOPLE}{mate.uid}/disable/").status_code == 302
    mate.refresh_from_db()
    assert mate.disabled_at is not None


def api(user, method="get", body=None, key="k1"):
    _token, secret = make_token(user, name="t", by=user, at=timezone.now())
    call = getattr(Client(), method)
    more = {"HTTP_AUTHORIZATION": f"Bearer {secret}", "HTTP_IDEMPOTENCY_KEY": key}
    return call(API, body, content_type="application/json", **more) if body is not None else call(API, **more)


@pytest.mark.django_db(transaction=True)
def test_organisations_by_the_api():
    administrator, member = make_user(is_administrator=True), make_user()

    made = api(administrator, "post", {"name": "Aurora Retail", "kind": "customer"})
    replay = api(administrator, "post", {"name": "Aurora Retail", "kind": "customer"})
    refused = api(member, "post", {"name": "Mine", "kind": "customer"})

    assert made.status_code == replay.status_code == 201
    assert refused.status_code == 403
    assert [row["name"] for row in api(member).json()["results"]] == [member.organisation.name]
    assert len(api(administrator).json()["results"]) == Organisation.objects.count()


@pytest.mark.parametrize(
    "body",
    [{}, {"name": "A"}, {"name": "A", "kind": "x"}, {"name": "A\u202e", "kind": "customer"},
     {"name": "A", "kind": "customer", "uid": "1"}, {"name": "A", "kind": "customer", "disabled_at": None},
     {"name": "A", "kind": "customer", "domain": "no domain"}],
)  # fmt: skip
@pytest.mark.django_db(transaction=True)
def test_a_bad_body_is_a_400(body):
    answer = api(make_user(is_administrator=True), "post", body)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert Organisation.objects.count() == 1


def test_profile_by_the_page():
    user = make_user()
    client = signed_in(user)

    saved = client.post("/account/profile/", {"profile-name": "  Jonas Vik ", "profile-time_zone": "Asia/Tokyo"})
    bad = client.post("/account/profile/", {"profile-name": "a\x00b", "profile-time_zone": "Etc/GMT+12"})

    user.refresh_from_db()
    assert (saved.status_code, bad.status_code) == (302, 422)
    assert (user.name, user.time_zone) == ("Jonas Vik", "Asia/Tokyo")


@pytest.mark.parametrize("by_path", [True, False])
def test_a_demo_changes_people_for_real(settings, by_path):
    settings.DEMO = True
    first, second = make_user("First"), make_user("Second")
    client = signed_in(first)
    key = client.session.session_key

    answer = (
        client.post(f"/account/become/{second.uid}/")
        if by_path
        else client.post("/account/become/", {"person": str(second.uid)})
    )

    assert answer.status_code == 302
    assert client.get("/account/").context["request"].user == second
    assert client.session.session_key != key
    assert "account_authentication_methods" not in client.session
    acts = AuditRow.objects.filter(chain="site").order_by("seq").values_list("act", "actor")
    assert list(acts)[-2:] == [("person.signed_out", first.pk), ("person.signed_in", second.pk)]


def test_outside_a_demo_nobody_becomes_anybody():
    first, second = make_user("First"), make_user("Second")
    client = signed_in(first)

    assert client.post(f"/account/become/{second.uid}/").status_code == 404
    assert client.get(f"/account/become/{second.uid}/").status_code == 405
    assert client.get("/account/").context["request"].user == first


def test_a_demo_knows_no_disabled_or_unknown_person(settings):
    settings.DEMO = True
    client = signed_in(make_user())
    gone = make_user(disabled_at=timezone.now())

    for person in (str(gone.uid), str(uuid.uuid4()), "nonsense", ""):
        assert client.post("/account/become/", {"person": person}).status_code == 404
