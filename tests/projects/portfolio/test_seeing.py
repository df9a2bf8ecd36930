"""What somebody sees is the same in whichever way it is asked for: by projects or by standings, few or many."""

import pytest
from django.contrib.auth.models import AnonymousUser

from projects.portfolio.actions.projects import note
from projects.portfolio.models.project import Project
from projects.portfolio.models.standing import ProjectStanding
from projects.portfolio.queries import seeing
from projects.portfolio.queries.listing import seen_by
from projects.portfolio.queries.seeing import Sight
from tests.builders import make_user
from tests.builders_projects import make_project

pytestmark = pytest.mark.django_db

ROLES = {
    "owner": {"Halden"},
    "member": {"Halden"},
    "partner_member": {"Halden"},
    "partner_admin": {"Halden"},
    "stranger": set(),
    "engineer": {"Brixen"},
    "architect": {"Halden", "Brixen", "Corvin"},
    "lead": {"Halden", "Brixen", "Corvin"},
}


@pytest.fixture
def people():
    cast = make_project("Halden")
    note(make_project("Brixen").project, request_state="queued")
    note(make_project("Corvin").project, request_state="draft")
    admin = make_user("Paula Partner", organisation=cast.project.partner, is_org_admin=True)
    return {role: admin if role == "partner_admin" else getattr(cast, role) for role in ROLES}


@pytest.mark.parametrize("few", [200, 0])
def test_each_way_to_ask_finds_what_the_person_sees(people, few, monkeypatch):
    monkeypatch.setattr(seeing, "FEW", few)

    for role, names in ROLES.items():
        person = people[role]
        sight = Sight(person)
        found = {
            "visible": Project.objects.visible_to(person),
            "picked": sight.projects,
            "walked": sight.walked,
            "held": Project.objects.filter(sight.holds("pk")),
            "listed": Project.objects.filter(pk__in=seen_by(person).rows.values("project")),
            "standings": Project.objects.filter(
                pk__in=ProjectStanding.objects.filter(sight.holds("project")).values("project")
            ),
        }
        assert {way: {each.name for each in rows} for way, rows in found.items()} == dict.fromkeys(found, names), role


def test_who_is_not_signed_in_sees_nothing(people):
    assert list(Project.objects.visible_to(AnonymousUser())) == []


def test_few_are_counted_in_one_query(people, django_assert_num_queries):
    sight = Sight(people["owner"])

    with django_assert_num_queries(1):
        assert (sight.few, sight.few) == (True, True)
    with django_assert_num_queries(0):
        assert Sight(people["lead"]).few is False
