"""Starting a project: by page and by API, by an administrator of a customer or a partner and by nobody else."""

import pytest

from projects.methodology.models.course import Step
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from tests.builders import client_of, make_organisation, make_user
from tests.builders_projects import call, codes_of

pytestmark = pytest.mark.django_db

FORM = {"name": "Halden Dairy", "infrastructure": "self_service", "time_zone": "Europe/Oslo", "job": "project_manager"}


def administrator(kind):
    return make_user("Sigrid", organisation=make_organisation(kind), is_org_admin=True)


@pytest.mark.parametrize(("kind", "other"), [("customer", "partner"), ("partner", "customer")])
def test_an_administrator_starts_a_project_and_owns_it(kind, other):
    user, organisation = administrator(kind), make_organisation(other)

    answer = client_of(user).post("/projects/new/", FORM | {"other": organisation.name.upper()})

    project = Project.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/projects/{project.key}/onboarding/")
    assert {project.customer, project.partner} == {user.organisation, organisation}
    assert getattr(project, kind) == user.organisation
    row = Membership.objects.get(project=project)
    assert (row.user, row.access, row.job, row.side) == (user, "owner", "project_manager", kind)
    assert Step.objects.filter(project=project).exists()


def test_a_customer_may_have_no_partner_but_a_partner_needs_a_customer():
    alone = client_of(administrator("customer")).post("/projects/new/", FORM)
    nobody = client_of(administrator("partner")).post("/projects/new/", FORM)

    assert (alone.status_code, nobody.status_code) == (302, 422)
    assert Project.objects.get().partner is None


def test_an_unknown_organisation_is_said_at_the_field_by_both_doors():
    user = administrator("customer")
    make_organisation("customer", "Solara")  # a customer is no partner

    page = client_of(user).post("/projects/new/", FORM | {"other": "Solara"})
    api = call(user, "post", "projects/", FORM | {"other": "Solara"})

    assert (page.status_code, api.status_code) == (422, 400)
    assert "No such organisation is known here." in page.content.decode()
    assert "No such organisation is known here." in api.content.decode()
    assert not Project.objects.exists()


@pytest.mark.parametrize("who", ["member", "architect"])
def test_nobody_else_starts_one_and_both_doors_say_why(who):
    kind = "fasttrack" if who == "architect" else "customer"
    user = make_user("Jonas", organisation=make_organisation(kind), is_architect=who == "architect")

    page = client_of(user).post("/projects/new/", FORM)
    look = client_of(user).get("/projects/new/")
    api = call(user, "post", "projects/", FORM)

    sentence = "Only an administrator of a customer&#x27;s or partner&#x27;s organisation makes projects."
    assert (page.status_code, look.status_code, api.status_code) == (403, 403, 403)
    assert sentence in page.content.decode()
    assert codes_of(api) == ["not_org_admin"]
    assert not Project.objects.exists()


def test_the_api_answers_with_the_address_of_what_it_made():
    user = administrator("customer")

    answer = call(user, "post", "projects/", FORM)

    assert answer.status_code == 201
    assert answer["Location"] == f"/api/v1/projects/{answer.json()['key']}/"


def test_a_field_that_nobody_knows_is_refused():
    answer = call(administrator("customer"), "post", "projects/", FORM | {"state": "graduated"})

    assert answer.status_code == 400
    assert not Project.objects.exists()
