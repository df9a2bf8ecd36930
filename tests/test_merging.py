"""Two organisations become one: everything goes over, nothing is lost, and what cannot be is refused."""

import pytest
from django.utils import timezone

from golive.accounts.actions import accept_invitation, invite
from golive.accounts.models import Invitation, Organisation, User
from golive.core.decision import Refused
from golive.endings import merge_organisations
from golive.proofs import false_standing
from projects.methodology.actions.moving import free_name
from projects.methodology.models.custom import CustomMethodology
from projects.plan.actions.starting import start_project
from projects.portfolio.models.project import Project
from tests.builders import client_of, make_organisation, make_user
from tests.builders_projects import Cast, call, make_project, reload

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def administrator():
    return make_user("Ada", organisation=make_organisation("fasttrack"), is_administrator=True)


@pytest.fixture
def cast() -> Cast:
    return make_project()


@pytest.fixture
def kept() -> Organisation:
    return make_organisation("customer", "Halden Group")


def merge(cast: Cast, kept: Organisation, by: User) -> None:
    merge_organisations(cast.project.customer, into=kept, by=by, at=NOW())


def test_people_projects_and_methodologies_go_over_and_all_that_is_kept_follows(cast, kept, administrator):
    gone = cast.project.customer
    people, methodologies = set(gone.people.all()), set(gone.methodologies.all())
    merge(cast, kept, administrator)

    project = reload(cast.project)
    assert (project.customer, project.standing.customer_id) == (kept, kept.pk)
    assert set(kept.people.all()) == people
    assert set(kept.methodologies.all()) == methodologies
    assert "group" in set(project.words.values_list("word", flat=True))
    assert list(false_standing()) == []
    gone.refresh_from_db()
    assert gone.merged_into == kept
    assert gone.disabled_at is not None
    for model in (User, Invitation, CustomMethodology):
        assert not model.objects.filter(organisation=gone).exists()


def test_its_people_go_on_working_where_they_were(cast, kept, administrator):
    browser = client_of(cast.member)
    merge(cast, kept, administrator)

    assert browser.get(f"/projects/{cast.key}/").status_code == 200
    answer = call(cast.owner, "post", f"projects/{cast.key}/members/", {"email": cast.viewer.email, "access": "member"})
    assert answer.status_code == 201


def test_a_partner_is_merged_on_the_side_it_has(cast, administrator):
    kept = make_organisation("partner", "Norre Consulting")
    merge_organisations(cast.project.partner, into=kept, by=administrator, at=NOW())

    project = reload(cast.project)
    assert (project.partner, project.standing.partner_id, project.customer.kind) == (kept, kept.pk, "customer")
    assert list(false_standing()) == []


def test_an_open_invitation_leads_into_the_one_that_stays(cast, kept, administrator):
    invitation = invite("new@example.com", name="New", organisation=cast.project.customer, by=cast.owner, at=NOW())
    merge(cast, kept, administrator)

    person = accept_invitation(invitation, name="New", password="correct-horse-9", time_zone="UTC", at=NOW())

    assert person.organisation == kept


def test_a_project_is_never_its_own_partner(cast, administrator):
    """Kinds keep it from happening; where an older row has it, the merge is refused with the keys."""
    twin = make_organisation("customer")
    Project.objects.filter(pk=cast.project.pk).update(partner=twin)

    with pytest.raises(Refused) as refused:
        merge(cast, twin, administrator)

    assert refused.value.decision.codes == ["both_sides"]
    assert cast.key in refused.value.decision.reasons[0].text
    assert reload(cast.project).customer == cast.owner.organisation


def test_what_is_merged_is_merged_once_and_stays_closed(cast, kept, administrator):
    merge(cast, kept, administrator)
    again = call(administrator, "post", f"organisations/{cast.project.customer.uid}/merge/", {"into": str(kept.uid)})
    enabled = call(administrator, "post", f"organisations/{cast.project.customer.uid}/enable/", {})

    assert [reason["code"] for reason in again.json()["reasons"]] == ["merged"]
    assert [reason["code"] for reason in enabled.json()["reasons"]] == ["merged"]


def test_two_methodologies_of_one_name_both_stay(cast, kept, administrator):
    mine = cast.project.customer.methodologies.get()
    CustomMethodology.objects.create(
        organisation=kept, name=mine.name, based_on=mine.based_on, draft={}, changed_at=NOW(), changed_by=cast.owner
    )
    merge(cast, kept, administrator)

    assert set(kept.methodologies.values_list("name", flat=True)) == {mine.name, f"{mine.name} (2)"}


def test_a_free_name_never_outgrows_its_column():
    taken = {"x" * 80, "x" * 76 + " (2)"}

    assert free_name("x" * 80, taken) == "x" * 76 + " (3)"


def test_the_question_counts_what_goes_over(cast, kept, administrator):
    gone = cast.project.customer
    browser = client_of(administrator)
    page = browser.get(f"/organisations/{gone.uid}/merge/", {"into": str(kept.uid)}).content.decode()

    assert "People: 3. Projects as customer: 1, as partner: 0." in page
    assert "Open invitations: 0. Methodologies: 1." in page
    assert browser.post(f"/organisations/{gone.uid}/merge/", {"into": str(kept.uid)}).status_code == 302
    assert reload(cast.project).customer == kept


def test_the_other_one_is_found_by_its_whole_name_and_likely_ones_are_offered(cast, kept, administrator):
    gone = cast.project.customer
    Organisation.objects.filter(pk__in=[gone.pk, kept.pk]).update(domain="halden.example")
    browser = client_of(administrator)

    offered = browser.get(f"/organisations/{gone.uid}/merge/")
    named = browser.get(f"/organisations/{gone.uid}/merge/", {"name": "halden group"})
    unknown = browser.get(f"/organisations/{gone.uid}/merge/", {"name": "Nobody"})

    assert offered.context["likely"] == [kept]
    assert "Merge" in named.content.decode()
    assert named.context["fields"] == {"into": str(kept.uid)}
    assert unknown.status_code == 422


@pytest.mark.parametrize("into", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_wrong_other_one_is_refused_with_a_sentence(cast, administrator, into):
    address = f"organisations/{cast.project.customer.uid}/merge/"

    assert call(administrator, "post", address, {"into": into}).status_code == 400
    assert client_of(administrator).post(f"/{address}", {"into": into}).status_code == 422


def test_the_history_of_each_project_and_of_the_site_says_so(cast, kept, administrator):
    merge(cast, kept, administrator)

    found = client_of(cast.owner).get(f"/api/v1/projects/{cast.key}/history/?act=project.organisation_merged").json()
    assert [row["after"] for row in found["results"]] == [{"customer": str(kept.uid)}]


def test_it_is_all_or_nothing(cast, kept, administrator, monkeypatch):
    def fails(*_args, **_words):
        raise RuntimeError("the last step fails")

    monkeypatch.setattr("golive.endings.move_methodologies", fails)
    with pytest.raises(RuntimeError):
        merge(cast, kept, administrator)

    assert reload(cast.project).customer == cast.owner.organisation
    assert not kept.people.exists()


@pytest.mark.parametrize("ended", ["customer", "partner"])
def test_no_project_is_started_for_an_organisation_that_ended_meanwhile(cast, kept, administrator, ended):
    """Who chose it before has the row as it was then."""
    sides = {"customer": cast.project.customer, "partner": cast.project.partner}
    into = kept if ended == "customer" else make_organisation("partner")
    stale = {name: Organisation.objects.get(pk=side.pk) for name, side in sides.items()}
    merge_organisations(sides[ended], into=into, by=administrator, at=NOW())

    with pytest.raises(Refused) as refused:
        start_project(by=cast.owner, at=NOW(), name="Late", infrastructure="self_service", **stale)

    assert refused.value.decision.codes == ["organisation_disabled"]
