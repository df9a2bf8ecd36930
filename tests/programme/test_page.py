"""The page of the numbers: everybody signed in reads it, an administrator changes one."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from golive.programme.content import programme
from golive.programme.models import NumberOverride
from golive.programme.queries import number
from tests.builders import make_user

pytestmark = pytest.mark.django_db
CHANGE = {"key": "first_report", "value": "4", "because": "Holiday season"}


@pytest.fixture
def url():
    return reverse("numbers")


def test_everybody_reads_every_number_and_its_source(client, url):
    client.force_login(make_user())

    body = client.get(url).content.decode()

    assert [one.means for one in programme().numbers.values() if one.means not in body] == []
    assert "Only an administrator may change a number." in body


def test_a_stranger_signs_in_first(client, url):
    assert client.get(url).status_code == 302
    assert client.post(url, CHANGE).status_code == 302
    assert not NumberOverride.objects.exists()


def test_an_administrator_changes_one(client, url):
    client.force_login(make_user(is_administrator=True))

    response = client.post(url, CHANGE)

    assert (response.status_code, response.url) == (302, url)
    assert number("first_report") == 4
    assert "Holiday season" in client.get(url).content.decode()


def test_others_are_refused(client, url):
    client.force_login(make_user(is_lead=True))

    assert client.post(url, CHANGE).status_code == 403
    assert not NumberOverride.objects.exists()


@pytest.mark.parametrize(
    "bad", [{"value": "99"}, {"value": "x"}, {"value": "NaN"}, {"key": "nothing"}, {"because": ""}, {"because": "a\0b"}]
)
def test_a_bad_form_says_so_and_keeps_what_was_typed(client, url, bad):
    client.force_login(make_user(is_administrator=True))

    response = client.post(url, CHANGE | bad)

    assert response.status_code == 422
    assert not NumberOverride.objects.exists()


@pytest.mark.parametrize("changes", [0, 50])
def test_the_page_costs_the_same_however_often_numbers_changed(client, url, changes, django_assert_max_num_queries):
    by = make_user(is_administrator=True)
    for n in range(changes):
        NumberOverride.objects.create(key="first_report", value=1 + n % 20, by=by, because=f"Change {n}", at=now())
    client.force_login(by)
    client.get(url)

    with django_assert_max_num_queries(4) as asked:
        body = client.get(url).content.decode()

    assert len(asked) == 3  # session, person, numbers
    assert ("Change 49" in body, "Change 48" in body) == (bool(changes), False)
