"""The list of people as a whole: when it was last looked at, who is asked to, whom it must name."""

from datetime import timedelta

import pytest
from django.utils import timezone

from golive.audit.models import AuditRow
from projects.portfolio.models.keeping import ProjectRoster
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.waiting import waiting_for
from tests.builders import client_of
from tests.builders_projects import call, codes_of, make_project

pytestmark = pytest.mark.django_db
NUDGE = "Nobody has looked at this list since"
NO_CUSTOMER, NO_PARTNER = "Nobody of the customer is primary contact", "Nobody of the partner is primary contact"


def aged(cast, days):
    """The project as if it had been made so long ago."""
    Project.objects.filter(pk=cast.project.pk).update(created_at=timezone.now() - timedelta(days=days))
    return cast


def people_page(cast, who="owner"):
    return client_of(getattr(cast, who)).get(f"/projects/{cast.key}/people/").content.decode()


def waiting(user):
    return [line.text for line in waiting_for(user, timezone.localdate(), 50)]


def mark_contact(cast, *names):
    people = [getattr(cast, name) for name in names]
    Membership.objects.filter(project=cast.project, user__in=people).update(primary_contact=True)


@pytest.mark.req("S0-5")
@pytest.mark.parametrize(("days", "asked"), [(59, False), (60, True), (61, True)])
def test_a_list_nobody_looked_at_for_sixty_days_is_asked_for(days, asked):
    cast = aged(make_project(), days)

    assert (NUDGE in people_page(cast)) is asked
    assert waiting(cast.owner) == (["Check the list of people"] if asked else [])
    assert waiting(cast.member) == []


@pytest.mark.req("S0-5")
def test_a_look_by_page_is_shown_with_day_and_name_and_asks_no_more():
    cast = aged(make_project(), 90)

    answer = client_of(cast.owner).post(f"/projects/{cast.key}/people/check/")

    assert answer.status_code == 302
    body = people_page(cast, "viewer")
    assert NUDGE not in body
    assert "by Sigrid Aas, to be checked again by" in body
    assert waiting(cast.owner) == []
    assert AuditRow.objects.filter(chain=cast.project.chain, act="roster.checked", actor=cast.owner).count() == 1


def test_a_look_by_api_answers_with_its_day_and_the_next():
    cast = make_project()

    answer = call(cast.owner, "post", f"projects/{cast.key}/members/check/", {})

    due = timezone.localdate() + timedelta(days=60)
    assert answer.status_code == 200
    assert (answer.json()["checked_by"], answer.json()["due_on"]) == (str(cast.owner.uid), due.isoformat())
    listed = call(cast.viewer, "get", f"projects/{cast.key}/members/").json()["roster"]
    assert listed["check"] == answer.json()
    assert [each["code"] for each in listed["notices"]] == ["no_contact_of_customer", "no_contact_of_partner"]


def test_only_an_owner_says_that_the_list_is_right():
    cast = make_project()

    page = client_of(cast.member).post(f"/projects/{cast.key}/people/check/")
    api = call(cast.member, "post", f"projects/{cast.key}/members/check/", {})

    assert (page.status_code, api.status_code, codes_of(api)) == (403, 403, ["not_owner"])
    assert not ProjectRoster.objects.exists()


@pytest.mark.parametrize(
    ("marked", "warned"),
    [
        ((), [NO_CUSTOMER, NO_PARTNER]),
        (("member",), [NO_PARTNER]),
        (("partner_member",), [NO_CUSTOMER]),
        (("member", "partner_member"), []),
    ],
)
def test_each_side_names_a_primary_contact_or_is_warned(marked, warned):
    cast = make_project()
    mark_contact(cast, *marked)

    overview = client_of(cast.owner).get(f"/projects/{cast.key}/").content.decode()

    for body in (people_page(cast), overview):
        assert [text for text in (NO_CUSTOMER, NO_PARTNER) if text in body] == warned


def test_a_contact_who_was_disabled_is_no_contact():
    cast = make_project()
    mark_contact(cast, "member", "partner_member")
    type(cast.member).objects.filter(pk=cast.member.pk).update(disabled_at=timezone.now())

    assert NO_CUSTOMER in people_page(cast)


def test_nothing_is_asked_of_a_paused_project():
    cast = aged(make_project(), 90)
    Project.objects.filter(pk=cast.project.pk).update(state="paused")

    assert NUDGE not in people_page(cast)
    assert waiting(cast.owner) == []
