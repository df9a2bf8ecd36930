"""Somebody invited by two organisations is told, and never duplicated; nobody else learns anything by it."""

import pytest
from django.utils import timezone

from golive.accounts.actions import invite
from golive.accounts.models import Invitation, User
from golive.audit.models import AuditRow
from golive.letters.content import fill, letter
from golive.letters.models import LetterRow
from tests.accounts.signing import signed_in
from tests.builders import make_organisation, make_user
from tests.builders_projects import call, codes_of, make_project

pytestmark = pytest.mark.django_db
SENTENCE = "This person belongs to another organisation here, and was told of your invitation."


@pytest.fixture
def admin():
    return make_user("Ada", organisation=make_organisation("partner", "Kvist"), is_org_admin=True)


def elsewhere(*, joined=True):
    """Somebody of another organisation, who has joined, or is only invited there."""
    other = make_user("Liv", is_org_admin=True)
    invite("jonas@example.com", name="Jonas", organisation=other.organisation, by=other, at=timezone.now())
    if joined:
        User.objects.filter(email="jonas@example.com").update(joined_at=timezone.now())
    return User.objects.get(email="jonas@example.com")


def by_page(admin, email="Jonas@Example.com"):
    form = {"invite-email": email, "invite-name": "Jo", "invite-organisation": str(admin.organisation.uid)}
    return signed_in(admin).post("/people-and-organisations/invite/", form)


def by_api(admin, email="jonas@example.com"):
    return call(admin, "post", f"organisations/{admin.organisation.uid}/invitations/", {"email": email, "name": "Jo"})


def letters():
    return LetterRow.objects.filter(letter="invited_elsewhere")


@pytest.mark.parametrize("door", [by_page, by_api])
@pytest.mark.parametrize("joined", [True, False])
def test_the_inviter_and_the_person_are_told_and_nobody_is_made(admin, door, joined):
    person = elsewhere(joined=joined)
    before = (User.objects.count(), Invitation.objects.count())

    answer = door(admin)

    assert answer.status_code == 409
    assert SENTENCE in answer.content.decode()
    assert person.organisation.name not in answer.content.decode()
    assert (User.objects.count(), Invitation.objects.count()) == before
    told = letters().get()
    assert told.recipient == person
    body = " ".join(fill(text, told.words) for text in letter("invited_elsewhere").texts)
    assert "Ada wanted to invite you to Kvist." in body
    assert AuditRow.objects.get(act="person.invited_elsewhere").object == f"user:{person.uid}"


def test_the_person_is_written_to_once_a_day_for_each_organisation(admin):
    elsewhere()
    second = make_user("Bo", is_org_admin=True)

    for who in (admin, admin, second):
        by_api(who)

    assert letters().count() == 2


def test_addresses_are_not_tried_out_one_after_another(admin):
    for number in range(20):
        make_user("Else", email=f"else{number}@example.com")
        assert by_api(admin, f"else{number}@example.com").status_code == 409

    for email in ("else0@example.com", "nobody@example.com"):
        assert by_api(admin, email).status_code == 429
        assert by_page(admin, email).status_code == 429


def test_who_may_not_invite_gets_the_same_answer_for_any_address(admin):
    person, member = elsewhere(), make_user("Mate", organisation=admin.organisation)

    answers = [door(member, email) for door in (by_api, by_page) for email in (person.email, "nobody@example.com")]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert codes_of(answers[0]) == codes_of(answers[1])
    assert not letters().exists()


def test_an_organisation_of_others_is_a_404(admin):
    foreign = make_organisation()

    answer = call(admin, "post", f"organisations/{foreign.uid}/invitations/", {"email": "a@b.example", "name": "A"})

    assert answer.status_code == 404


def test_inviting_to_a_project_tells_too_and_adds_nobody():
    cast, person = make_project(), elsewhere()
    form = {"invite-email": person.email, "invite-name": "Jo", "invite-access": "member"}

    answer = signed_in(cast.owner).post(f"/projects/{cast.key}/people/invite/", form)

    assert answer.status_code == 409
    assert letters().get().recipient == person
    assert not person.memberships.exists()


@pytest.mark.parametrize("email", ["straße@example.com", "no", "a b@example.com", "x@exämple.com", "", 1, None])
def test_an_odd_address_is_refused_by_the_api(admin, email):
    assert by_api(admin, email).status_code == 400


def test_an_invitation_by_the_api_sends_the_letter(admin):
    answer = by_api(admin, "New@example.com")

    assert answer.status_code == 201
    assert answer.json()["email"] == "new@example.com"
    assert LetterRow.objects.get(letter="invitation").address == "new@example.com"
