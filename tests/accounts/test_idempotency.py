import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from golive.accounts.idempotency import KEPT_FOR, RUNS_FOR, forget_old_keys
from golive.accounts.models import IdempotencyKey, Organisation
from tests import corpus
from tests.accounts import deciding
from tests.builders import make_user

pytestmark = pytest.mark.django_db

MAKE = "/api/v1/make/"


@pytest.fixture(autouse=True)
def own_site(settings):
    """In place of the folder's: nothing but the tiny API."""
    settings.ROOT_URLCONF = "tests.accounts.deciding"
    deciding.FAULTS.clear()


@pytest.fixture
def person(client):
    user = make_user()
    client.force_login(user)
    return user


def post(client: Client, *, key: str | None = "key-1", name: str = "Halden", address: str = MAKE):
    headers = {} if key is None else {"Idempotency-Key": key}
    return client.post(address, json.dumps({"name": name}), "application/json", headers=headers)


def code_of(response) -> tuple[int, str]:
    return response.status_code, json.loads(response.content)["code"]


def made() -> int:
    return Organisation.objects.filter(name__startswith="Halden").count()


def test_the_same_call_again_is_answered_and_not_done_again(client, person):
    first, again = post(client), post(client)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again["ETag"] == '"1"'
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert made() == 1


def test_without_a_key_nothing_is_decided(client, person):
    assert code_of(post(client, key=None)) == (400, "key_missing")
    assert made() == 0


@pytest.mark.parametrize("key", corpus.NO_KEY, ids=lambda key: ascii(key[:10]))
def test_a_malformed_key_is_refused(client, person, key):
    assert code_of(post(client, key=key)) == (400, "key_malformed")
    assert made() == 0


def test_a_key_of_eighty_signs_is_one(client, person):
    assert post(client, key="~" * 80).status_code == 201


def test_the_same_key_for_another_body_is_refused(client, person):
    post(client)

    assert code_of(post(client, name="Halden Two")) == (422, "key_reused")
    assert made() == 1


def test_a_call_that_runs_elsewhere_is_waited_for(client, person):
    post(client)
    IdempotencyKey.objects.update(status=None, body="")

    response = post(client)

    assert code_of(response) == (409, "running")
    assert response["Retry-After"] == "1"
    assert made() == 1


def test_what_a_dead_process_left_running_is_free_after_minutes(client, person):
    post(client)
    IdempotencyKey.objects.update(status=None, created_at=timezone.now() - RUNS_FOR - timedelta(seconds=1))

    assert post(client).status_code == 201
    assert made() == 2


def test_a_key_is_free_after_a_day_and_not_before(client, person):
    post(client)
    IdempotencyKey.objects.update(created_at=timezone.now() - KEPT_FOR + timedelta(minutes=1))
    post(client)
    assert made() == 1
    IdempotencyKey.objects.update(created_at=timezone.now() - KEPT_FOR - timedelta(minutes=1))

    assert post(client, name="Halden Two").status_code == 201
    assert made() == 2


def test_another_person_has_keys_of_their_own(client, person):
    post(client)
    client.force_login(make_user())

    response = post(client)

    assert "Idempotency-Replayed" not in response.headers
    assert made() == 2


def test_two_projects_share_no_key(client, person):
    for project in ("HALD-7Q2", "HALD-7Q3"):
        assert "Idempotency-Replayed" not in post(client, address=f"/api/v1/projects/{project}/make/").headers

    assert made() == 2


def test_a_long_address_fits(client, person):
    address = f"/api/v1/{'long' * 60}/make/"

    assert [post(client, address=address).status_code for _twice in range(2)] == [201, 201]
    assert made() == 1


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (deciding.refuse, 409),
        (deciding.be_busy, 503),
        (deciding.be_late, 429),
        (deciding.answer_503, 503),
        (deciding.fail, 500),
    ],
)
def test_what_was_not_done_is_undone_and_may_be_tried_again(client, person, fault, status):
    client.raise_request_exception = False
    deciding.FAULTS["next"] = fault

    failed = post(client)
    left = (made(), IdempotencyKey.objects.count())
    deciding.FAULTS.clear()
    again = post(client)

    assert (failed.status_code, left) == (status, (0, 0))
    assert again.status_code == 201
    assert "Idempotency-Replayed" not in again.headers


def test_a_bad_body_frees_the_key(client, person):
    assert code_of(post(client, name="a\u202eb")) == (400, "invalid")
    assert post(client).status_code == 201


def test_nobody_is_asked_who_they_are_before_anything_else(client):
    assert post(client, key=None).status_code == 401
    assert IdempotencyKey.objects.count() == 0


def test_a_body_over_the_limit_is_413_and_frees_the_key(client, person):
    response = post(client, name="a" * 3_000_000)

    assert code_of(response) == (413, "too_large")
    assert IdempotencyKey.objects.count() == 0


def test_who_lost_the_key_loses_the_effect(client, person):
    def another_takes_it():
        IdempotencyKey.objects.all().delete()
        return deciding.Response({}, status=201)

    deciding.FAULTS["next"] = another_takes_it

    assert code_of(post(client)) == (409, "running")
    assert made() == 0


def test_old_keys_are_swept(client, person):
    post(client, key="old")
    IdempotencyKey.objects.update(created_at=timezone.now() - KEPT_FOR - timedelta(minutes=1))
    post(client, key="new")

    assert forget_old_keys(at=timezone.now()) == 1
    assert [row.key for row in IdempotencyKey.objects.all()] == ["new"]


@pytest.mark.django_db(transaction=True)
def test_eight_equal_calls_at_once_have_one_effect():
    user = make_user()
    clients = [Client(raise_request_exception=False) for _caller in range(8)]
    for client in clients:
        client.force_login(user)

    def call(client: Client, key: str):
        try:
            return post(client, key=key, name=f"Halden {key}")
        finally:
            connection.close()

    for number in range(3):
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(call, clients, [f"round-{number}"] * 8))
        statuses = sorted(answer.status_code for answer in answers)
        assert set(statuses) <= {201, 409}
        assert 201 in statuses
        assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
        assert made() == number + 1
