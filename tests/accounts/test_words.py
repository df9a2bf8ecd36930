"""The words a person is found by follow the name, whoever writes it, and verify names those that do not."""

import pytest
from django.utils import timezone

from golive.accounts.actions import accept_invitation, invite, save_profile
from golive.accounts.models import PersonWord
from golive.accounts.queries import false_words
from tests.builders import make_organisation, make_user

pytestmark = pytest.mark.django_db


def words_of(user):
    return sorted(user.words.values_list("word", flat=True))


def test_an_invited_person_is_found_before_and_under_the_new_name_after_joining():
    by = make_user(is_administrator=True)
    at = timezone.now()
    invitation = invite("j.berg@example.com", name="Jo Berg", organisation=make_organisation(), by=by, at=at)
    user = by.__class__.objects.get(email="j.berg@example.com")
    before = words_of(user)

    accept_invitation(invitation, name="Jørgen Straße", password="correct-horse-battery", time_zone="UTC", at=at)

    assert before == ["berg", "j", "jo"]
    assert words_of(user) == ["berg", "j", "jorgen", "strasse"]
    assert list(false_words()) == []


def test_a_second_invitation_of_the_same_person_keeps_the_words_once():
    by, organisation, at = make_user(is_administrator=True), make_organisation(), timezone.now()
    for _time in range(2):
        invitation = invite("jo@example.com", name="Jo Berg", organisation=organisation, by=by, at=at)

    assert words_of(by.__class__.objects.get(email=invitation.email)) == ["berg", "jo"]


def test_a_new_name_replaces_the_words_of_the_old_one():
    user = make_user("Anna Alt", email="anna@example.com")

    save_profile(user, name="Anna Neu", time_zone="UTC", at=timezone.now())

    assert words_of(user) == ["anna", "neu"]
    assert list(false_words()) == []


@pytest.mark.parametrize("wrong", ["too_many", "too_few"])
def test_verify_names_a_person_whose_words_are_false(wrong):
    user, _other = make_user("Anna Alt"), make_user("Right")
    if wrong == "too_many":
        PersonWord.objects.create(user=user, word="secret")
    else:
        user.words.filter(word="alt").delete()

    assert list(false_words()) == [f"The person {user.uid}: kept words are not those of name and address."]
