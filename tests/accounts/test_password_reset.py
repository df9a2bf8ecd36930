import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from golive.accounts.tasks import hear_reset_asked
from golive.letters.models import LetterRow
from golive.outbox.models import Outbox
from tests.accounts.signing import signed_in
from tests.builders import PASSWORD, make_user

pytestmark = pytest.mark.django_db

ASK = "/account/password/reset/"
NEW = "a-quite-different-phrase"


class Done:
    """Stands for a leased job: the outbox's own tests are elsewhere."""

    def __init__(self, row):
        self.payload = row.payload

    def finishing(self):
        from contextlib import nullcontext

        return nullcontext()


def letter_to(user):
    row = Outbox.objects.get(kind="password.reset_asked")
    hear_reset_asked(Done(row))
    return LetterRow.objects.filter(letter="password_reset", address=user.email).first()


def joined(**flags):
    return make_user(joined_at=timezone.now(), **flags)


def path_in(letter, settings):
    assert letter.url.startswith(f"{settings.SITE_URL}/account/password/reset/")
    return letter.url.removeprefix(settings.SITE_URL)


def test_the_link_sets_a_new_password_once_and_ends_every_session(client, settings):
    user = joined()
    other = signed_in(user)
    client.post(ASK, {"email": user.email.upper()})
    path = path_in(letter_to(user), settings)

    opened = client.get(path)
    form = opened["Location"]
    answer = client.post(form, {"password1": NEW, "password2": NEW})

    assert re.search(r"-set-password/$", form)
    assert answer["Location"] == "/account/password/reset/done/"
    assert other.get("/account/").status_code == 302
    assert Client().post("/account/login/", {"login": user.email, "password": NEW}).status_code == 302
    again = Client().get(path)
    assert again.status_code == 200
    assert "This link has been used, or is too old." in again.content.decode()


def test_reading_the_link_changes_nothing(client, settings):
    user = joined()
    client.post(ASK, {"email": user.email})
    path = path_in(letter_to(user), settings)

    client.get(path)
    client.head(path)

    assert Client().post("/account/login/", {"login": user.email, "password": PASSWORD}).status_code == 302


def test_the_host_of_the_request_is_not_in_the_link(client, settings):
    user = joined()
    settings.ALLOWED_HOSTS = ["testserver"]

    refused = client.post(ASK, {"email": user.email}, HTTP_HOST="evil.example")
    client.post(ASK, {"email": user.email}, HTTP_X_FORWARDED_HOST="evil.example")

    assert refused.status_code == 400
    assert "evil" not in letter_to(user).url


@pytest.mark.parametrize("case", ["unknown", "inactive", "disabled", "organisation", "not_joined"])
def test_nobody_else_gets_a_letter_and_the_page_says_the_same(client, case):
    user = joined()
    email = "nobody@example.com" if case == "unknown" else user.email
    if case == "inactive":
        user.is_active = False
    if case == "disabled":
        user.disabled_at = timezone.now()
    if case == "not_joined":
        user.joined_at = None
    user.save()
    if case == "organisation":
        user.organisation.disabled_at = timezone.now()
        user.organisation.save()

    answer = client.post(ASK, {"email": email}, follow=True)

    assert answer.redirect_chain == [("/account/password/reset/asked/", 302)]
    assert letter_to(user) is None
    assert not LetterRow.objects.exists()


def test_asking_costs_the_same_for_a_known_and_an_unknown_address(client):
    user = joined()

    def queries(email):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.post(ASK, {"email": email})
        return [query["sql"].split()[0] for query in seen.captured_queries]

    queries("first@example.com")

    assert queries(user.email) == queries("nobody@example.com")


def test_asking_is_slowed(client):
    answers = [client.post(ASK, {"email": "nobody@example.com"}).status_code for _try in range(6)]

    assert answers == [302] * 5 + [429]


def test_a_forged_link_is_refused(client):
    user = joined()
    client.post(ASK, {"email": user.email})

    for key in ("1-c0ffee-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "zz-set-password"):
        assert "This link has been used" in client.get(f"/account/password/reset/{key}/").content.decode()
