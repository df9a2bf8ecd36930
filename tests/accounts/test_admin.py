import pytest
from django.contrib import admin

from golive.accounts.models import ApiToken, Invitation, Organisation, User
from tests.builders import client_of, make_user

pytestmark = pytest.mark.django_db

MODELS = [ApiToken, Invitation, Organisation, User]


@pytest.mark.parametrize("model", MODELS)
def test_the_admin_reads_and_writes_nothing(model):
    user = make_user(is_administrator=True)
    client = client_of(user)
    base = f"/admin/accounts/{model._meta.model_name}/"

    assert client.get(base).status_code == 200
    assert client.post(f"{base}add/", {"name": "x"}).status_code == 403


def test_a_person_is_shown_without_what_guards_the_account():
    user = make_user(is_administrator=True)
    client = client_of(user)
    path = f"/admin/accounts/user/{user.pk}/change/"

    body = client.get(path).content.decode()

    assert user.email in body
    assert user.password not in body
    assert client.post(path, {"name": "x", "is_lead": "on"}).status_code == 403


def test_packages_offer_nothing_to_edit():
    assert {m._meta.label for m in admin.site._registry} & {
        "account.EmailAddress", "account.EmailConfirmation", "mfa.Authenticator", "auth.Group", "auth.User",
    } == set()  # fmt: skip


def test_the_admin_is_for_administrators():
    assert client_of(make_user(is_lead=True)).get("/admin/").status_code in {302, 403}
