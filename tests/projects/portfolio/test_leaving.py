"""How an owner leaves: a successor is named first, and a project never stands without an owner who can come in."""

import pytest
from django.utils import timezone

from golive.audit.models import AuditRow
from projects.portfolio.actions.people import add_member, hand_over, remove_member
from projects.portfolio.models.people import Membership
from tests.builders import client_of
from tests.builders_projects import call, codes_of, complete_header, make_project, onboard, plan_dates
from tests.races.crowd import all_at_once, told
from tests.scale import times

pytestmark = pytest.mark.django_db


def access_of(cast, user):
    return Membership.objects.filter(project=cast.project, user=user).values_list("access", flat=True).first()


def hand_over_page(cast, owner=None):
    return f"/projects/{cast.key}/people/{(owner or cast.owner).uid}/hand-over/"


def second_owner(cast):
    add_member(cast.project, user=cast.member, access="owner", by=cast.owner, at=timezone.now())


def test_an_owner_names_a_successor_by_page_and_leaves():
    cast = make_project()

    answer = client_of(cast.owner).post(hand_over_page(cast), {"to": str(cast.member.uid), "stays_as": ""})

    assert answer.status_code == 302
    assert (access_of(cast, cast.member), access_of(cast, cast.owner)) == ("owner", None)
    row = AuditRow.objects.get(chain=cast.project.chain, act="member.handed_over")
    assert row.object == f"user:{cast.owner.uid}"
    assert row.after["to"] == str(cast.member.uid)


def test_an_owner_names_a_successor_by_api_and_stays_as_viewer():
    cast = make_project()
    body = {"to": str(cast.partner_member.uid), "stays_as": "viewer"}

    answer = call(cast.owner, "post", f"projects/{cast.key}/members/{cast.owner.uid}/hand-over/", body)

    assert answer.status_code == 204
    assert (access_of(cast, cast.partner_member), access_of(cast, cast.owner)) == ("owner", "viewer")


def test_the_last_owner_is_neither_removed_nor_lowered_and_is_led_to_the_successor():
    cast = make_project()
    client, member = client_of(cast.owner), f"/projects/{cast.key}/people/{cast.owner.uid}/"

    removed = call(cast.owner, "delete", f"projects/{cast.key}/members/{cast.owner.uid}/")
    lowered = call(cast.owner, "post", f"projects/{cast.key}/members/", {"email": cast.owner.email})
    page = client.post(member, {"access": "viewer"})

    assert (removed.status_code, codes_of(removed)) == (409, ["last_owner"])
    assert (lowered.status_code, codes_of(lowered)) == (409, ["last_owner"])
    assert page.status_code == 409
    assert removed.json()["reasons"][0]["url"] == hand_over_page(cast)
    assert hand_over_page(cast) in client.get(f"{member}remove/").content.decode()
    assert access_of(cast, cast.owner) == "owner"


def test_an_owner_who_cannot_sign_in_does_not_count():
    cast = make_project()
    second_owner(cast)
    type(cast.member).objects.filter(pk=cast.member.pk).update(disabled_at=timezone.now())

    answer = call(cast.owner, "delete", f"projects/{cast.key}/members/{cast.owner.uid}/")

    assert codes_of(answer) == ["last_owner"]


def test_one_of_two_owners_leaves_without_a_successor():
    cast = make_project()
    second_owner(cast)

    remove_member(cast.project, user=cast.owner, by=cast.owner, at=timezone.now())

    assert (access_of(cast, cast.owner), access_of(cast, cast.member)) == (None, "owner")


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("stranger", "Nobody on this project has this id."),
        ("owner", "successor_oneself"),
        ("member", "successor_disabled"),
    ],
)
def test_only_who_is_on_the_project_and_can_come_in_takes_over(to, code):
    cast = make_project()
    type(cast.member).objects.filter(pk=cast.member.pk).update(disabled_at=timezone.now())
    body = {"to": str(getattr(cast, to).uid)}

    api = call(cast.owner, "post", f"projects/{cast.key}/members/{cast.owner.uid}/hand-over/", body)
    page = client_of(cast.owner).post(hand_over_page(cast), body)

    assert page.status_code == 422
    assert code in api.content.decode()
    assert api.status_code == (400 if to == "stranger" else 409)
    assert access_of(cast, cast.owner) == "owner"


def test_who_owns_nothing_has_nothing_to_hand_over():
    cast = make_project()
    body = {"to": str(cast.partner_member.uid)}

    answer = call(cast.owner, "post", f"projects/{cast.key}/members/{cast.member.uid}/hand-over/", body)

    assert codes_of(answer) == ["no_owner"]


def test_what_names_the_leaver_is_listed_before_they_go():
    cast = make_project()
    plan_dates(cast)
    onboard(cast)
    complete_header(cast, cast.owner)
    duties = ["Project manager", "Key stakeholder", "The checklist names them as who completed it"]

    body = client_of(cast.owner).get(hand_over_page(cast)).content.decode()
    shown = call(cast.owner, "get", f"projects/{cast.key}/members/{cast.owner.uid}/hand-over/").json()

    assert ", ".join(duties) in body
    assert shown["duties"] == duties


def leaves(cast, way, who, to):
    """One of two owners on the way out, for a thread."""

    def leave():
        if way == "remove":
            remove_member(cast.project, user=who, by=who, at=timezone.now())
        else:
            hand_over(cast.project, owner=who, to=to, by=who, at=timezone.now())

    return leave


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["remove", "hand over"])
def test_the_last_two_owners_never_leave_at_once(way):
    for _turn in range(times(20)):
        cast = make_project()
        second_owner(cast)
        one, other = cast.owner, cast.member

        answers = all_at_once([leaves(cast, way, one, other), leaves(cast, way, other, one)])

        refused = "last_owner" if way == "remove" else "successor_not_on_project"
        assert sorted(map(told, answers)) == sorted(["done", refused])
        assert Membership.objects.filter(project=cast.project, access="owner").count() == 1
