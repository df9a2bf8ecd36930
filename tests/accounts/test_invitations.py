from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from golive.accounts.actions import accept_invitation, invite
from golive.accounts.models import Invitation, User
from golive.accounts.throttle import TooFast
from golive.audit.models import AuditRow
from golive.core.decision import Refused
from golive.letters.models import LetterRow
from tests.accounts.signing import signed_in
from tests.builders import PASSWORD, make_organisation, make_user

pytestmark = pytest.mark.django_db

ACCEPT = "/account/invitation/"
NEW = {"name": "Jonas Vik", "password": "a-long-new-phrase", "time_zone": "Europe/Oslo"}


@pytest.fixture
def admin():
    return make_user("Ada", is_org_admin=True, joined_at=timezone.now())


def invited(admin, email="jonas@example.com", *, at=None, **more):
    organisation = more.pop("organisation", admin.organisation)
    return invite(email, name="Jonas", organisation=organisation, by=admin, at=at or timezone.now(), **more)


def secret_to(email):
    """From the newest letter, the only place where it is written."""
    letter = LetterRow.objects.filter(letter="invitation", address=email).order_by("-pk").first()
    return letter.url.rstrip("/").rpartition("/")[2]


def accepts(secret, client=None, **more):
    return (client or Client()).post(ACCEPT, NEW | {"invitation": secret} | more)


def test_an_invited_person_exists_and_can_do_nothing(admin):
    invitation = invited(admin, "Jonas@Example.com")
    user = User.objects.get(email="jonas@example.com")

    assert user.joined_at is None
    assert not user.has_usable_password()
    assert user.organisation == admin.organisation
    assert secret_to(user.email) not in str(Invitation.objects.values())
    row = AuditRow.objects.get(act="person.invited")
    assert row.object == f"invitation:{invitation.uid}"
    assert "jonas" not in row.body.lower()


def test_the_link_joins_once_and_signs_in(admin, settings):
    invited(admin, is_org_admin=True)
    client = Client()
    secret = secret_to("jonas@example.com")

    page = client.get(f"/account/invitation/{secret}/")
    answer = accepts(secret, client)
    user = User.objects.get(email="jonas@example.com")

    assert page.status_code == 200
    assert settings.GUIDANCE_FROM.split("<")[0].strip() in page.content.decode()
    assert "safe senders" in page.content.decode()
    assert answer["Location"] == "/"
    assert (user.name, user.time_zone, user.is_org_admin) == ("Jonas Vik", "Europe/Oslo", True)
    assert user.joined_at is not None
    assert client.get("/account/").status_code == 200
    assert accepts(secret).status_code == 410
    assert Client().get(f"/account/invitation/{secret}/").status_code == 410


def test_reading_the_link_changes_nothing(admin):
    invitation = invited(admin)
    secret = secret_to("jonas@example.com")

    for _time in range(3):
        Client().get(f"/account/invitation/{secret}/")
        Client().head(f"/account/invitation/{secret}/")

    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert User.objects.get(email="jonas@example.com").joined_at is None
    assert Client().get(ACCEPT).status_code == 405


def test_it_holds_for_seven_days(admin):
    invited(admin, at=timezone.now() - timedelta(days=7))
    secret = secret_to("jonas@example.com")

    answer = accepts(secret)

    assert answer.status_code == 410
    assert "This invitation has expired. Ask for a new one." in answer.content.decode()


def test_a_newer_invitation_ends_the_older_one(admin):
    invited(admin)
    first = secret_to("jonas@example.com")
    invited(admin)

    assert accepts(first).status_code == 410
    assert accepts(secret_to("jonas@example.com")).status_code == 302
    assert User.objects.filter(email="jonas@example.com").count() == 1


def test_an_unknown_link_and_a_foreign_one_are_404(admin):
    invited(admin)
    secret = secret_to("jonas@example.com")
    stranger = signed_in(make_user("Stranger"))

    assert Client().get("/account/invitation/golive/").status_code == 404
    assert accepts("unknown").status_code == 404
    assert stranger.get(f"/account/invitation/{secret}/").status_code == 404
    assert accepts(secret, stranger).status_code == 404
    assert User.objects.get(email="jonas@example.com").joined_at is None


def test_address_organisation_and_role_are_not_the_visitors_to_choose(admin):
    invited(admin)
    other = make_organisation()

    accepts(
        secret_to("jonas@example.com"), email="evil@example.com", organisation=str(other.uid), is_org_admin="on",
        is_administrator="on",
    )  # fmt: skip

    user = User.objects.get(name="Jonas Vik")
    assert user.email == "jonas@example.com"
    assert user.organisation == admin.organisation
    assert not user.is_org_admin
    assert user.staff_roles == frozenset()


@pytest.mark.parametrize(
    "bad", [{"password": "short"}, {"password": ""}, {"name": ""}, {"name": "a\u202eb"}, {"time_zone": "Etc/GMT+12"}]
)
def test_a_bad_form_is_a_422_and_the_link_still_works(admin, bad):
    invited(admin)
    secret = secret_to("jonas@example.com")

    assert accepts(secret, **bad).status_code == 422
    assert accepts(secret).status_code == 302


def test_a_disabled_organisation_ends_its_invitations(admin):
    invited(admin)
    admin.organisation.disabled_at = timezone.now()
    admin.organisation.save()

    assert accepts(secret_to("jonas@example.com")).status_code == 410


def test_twenty_an_hour_and_no_more(admin):
    start = timezone.now()
    for number in range(20):
        invited(admin, f"p{number}@example.com", at=start)

    with pytest.raises(TooFast):
        invited(admin, "one.more@example.com", at=start + timedelta(minutes=59))
    assert not User.objects.filter(email="one.more@example.com").exists()
    invited(admin, "one.more@example.com", at=start + timedelta(minutes=61))


def codes(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.decision.status, refused.value.decision.codes


def test_who_may_be_invited_by_whom(admin):
    member = make_user(organisation=admin.organisation)
    elsewhere = make_user("Else", joined_at=timezone.now())
    left = make_user("Left", organisation=admin.organisation, disabled_at=timezone.now())

    assert codes(invited, member) == (403, ["not_their_administrator"])
    assert codes(invited, admin, organisation=make_organisation()) == (403, ["not_their_administrator"])
    assert codes(invited, admin, elsewhere.email) == (409, ["in_another_organisation"])
    assert codes(invited, admin, admin.email) == (409, ["already_joined"])
    assert codes(invited, admin, left.email) == (409, ["person_disabled"])
    assert not Invitation.objects.exists()


def test_an_administrator_invites_anywhere():
    administrator = make_user(is_administrator=True)
    organisation = make_organisation()

    assert invited(administrator, organisation=organisation).organisation == organisation


def test_two_uses_at_once_are_one(admin):
    invitation = invited(admin)
    stale = Invitation.objects.get(pk=invitation.pk)

    accept_invitation(invitation, **NEW, at=timezone.now())

    assert codes(accept_invitation, stale, **NEW, at=timezone.now()) == (409, ["invitation_used"])


def test_the_form_of_a_page_sends_it_and_slows(admin):
    client = signed_in(admin)
    form = {"invite-email": "new@example.com", "invite-name": "New", "invite-organisation": str(admin.organisation.uid)}

    answer = client.post("/people-and-organisations/invite/", form)
    foreign = client.post(
        "/people-and-organisations/invite/", form | {"invite-organisation": str(make_organisation().uid)}
    )
    for number in range(19):
        invited(admin, f"p{number}@example.com")
    slowed = client.post("/people-and-organisations/invite/", form | {"invite-email": "more@example.com"})

    assert answer.status_code == 302
    assert secret_to("new@example.com")
    assert foreign.status_code == 422
    assert slowed.status_code == 429
    assert int(slowed["Retry-After"]) == 3600


@pytest.mark.parametrize(
    "email", ["straße@example.com", "a\r\nbcc:x@example.com", "x@exämple.com", "no", "İ@example.com"]
)
def test_an_odd_address_is_refused_at_the_form(admin, email):
    form = {"invite-email": email, "invite-name": "New", "invite-organisation": str(admin.organisation.uid)}

    assert signed_in(admin).post("/people-and-organisations/invite/", form).status_code == 422


def test_an_accepted_person_signs_in_with_the_new_password(admin):
    invited(admin)
    accepts(secret_to("jonas@example.com"))
    client = Client()

    old = client.post("/account/login/", {"login": "jonas@example.com", "password": PASSWORD})
    new = client.post("/account/login/", {"login": "jonas@example.com", "password": NEW["password"]})

    assert (old.status_code, new.status_code) == (422, 302)
