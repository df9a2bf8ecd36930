import json

import pytest
from django.core.cache import cache
from django.db import IntegrityError, OperationalError, connection, transaction

from golive import denials
from golive.accounts.models import IdempotencyKey, Organisation
from golive.audit.models import AuditRow
from tests.builders import make_user

pytestmark = [pytest.mark.urls("tests.core.doors"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def denials_noted() -> list[tuple]:
    rows = AuditRow.objects.filter(act="denied").order_by("pk")
    return [(row.chain, row.actor, row.object, json.loads(row.body)["after"]) for row in rows]


@pytest.mark.parametrize("prefix", ["/", "/api/v1/"])
def test_a_refused_act_leaves_a_denial_and_nothing_else(client, prefix):
    user = make_user()
    client.force_login(user)
    before = Organisation.objects.count()

    client.get(f"{prefix}not_yet/")

    [(chain, actor, door, after)] = denials_noted()
    assert (chain, actor, after) == ("project:HALD-7Q2", user, {"codes": ["phase_open"]})
    assert door.startswith("view:")
    assert Organisation.objects.count() == before


def test_a_denial_on_nothing_governed_is_the_sites_and_names_every_code(client):
    client.get("/not_yours/")

    assert denials_noted() == [("site", None, "view:not_yours", {"codes": ["not_yours", "phase_open"]})]


def test_only_refusals_are_denials(client):
    for door in ("stale", "stray", "missing", "forbidden", "locked"):
        client.get(f"/{door}/")

    assert denials_noted() == []


def test_sixty_denials_a_minute_are_noted_for_each_person(client, monkeypatch):
    monkeypatch.setattr(denials, "A_MINUTE", 3)
    first, second = make_user(), make_user()

    for user in (first, second):
        client.force_login(user)
        answers = [client.get("/not_yet/").status_code for _try in range(5)]
        assert answers == [409] * 5

    actors = [actor for _chain, actor, _door, _after in denials_noted()]
    assert (actors.count(first), actors.count(second)) == (3, 3)


def test_a_denial_that_cannot_be_noted_changes_no_answer(client, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(denials, "record", fail)

    assert client.get("/not_yet/").status_code == 409


@pytest.mark.django_db(transaction=True)
def test_the_denial_is_committed_though_the_act_was_rolled_back(client):
    client.get("/not_yet/")

    assert not Organisation.objects.filter(name="Rolled back").exists()
    assert len(denials_noted()) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("prefix", ["/", "/api/v1/"])
def test_the_same_thing_twice_is_a_conflict_with_a_sentence(client, prefix):
    response = client.get(f"{prefix}twice/")

    assert response.status_code == 409
    assert b"Somebody saved the same thing already." in response.content


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("prefix", ["/", "/api/v1/"])
def test_a_broken_named_constraint_says_its_own_sentence(client, prefix, monkeypatch):
    [constraint] = [c for c in Organisation._meta.constraints if c.name == "organisation_kind_known"]
    monkeypatch.setattr(constraint, "violation_error_message", "Choose a kind that we know.")

    response = client.get(f"{prefix}unknown_kind/")

    assert response.status_code == 409
    assert b"Choose a kind that we know." in response.content


def broken(make) -> IntegrityError:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        make()
    return caught.value


def test_a_unique_constraint_is_found_by_its_columns_too(monkeypatch):
    [constraint] = [c for c in IdempotencyKey._meta.constraints if c.name == "idempotency_once"]
    monkeypatch.setattr(constraint, "violation_error_message", "Once only.")
    monkeypatch.setattr(constraint, "violation_error_code", "once")
    user = make_user()

    error = broken(lambda: [IdempotencyKey.objects.create(user=user, route="r", key="k") for _twice in range(2)])

    assert denials.sentence_of(error) == "Once only."


def test_a_missing_value_is_our_own_fault():
    error = broken(lambda: Organisation.objects.create(name=None, kind="partner"))

    assert denials.sentence_of(error) == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("prefix", "status"), [("/", 422), ("/api/v1/", 400)])
def test_a_value_that_no_column_holds_is_never_a_500(client, prefix, status):
    assert client.get(f"{prefix}too_big/").status_code == status


@pytest.mark.parametrize(("prefix", "status"), [("/", 422), ("/api/v1/", 400)])
def test_a_border_inside_an_act_is_the_callers_mistake(client, prefix, status):
    response = client.get(f"{prefix}stray/")

    assert response.status_code == status
    assert b"This must be one line." in response.content


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_is_not_given_in_time_is_503(client, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no lock_timeout; its message is tested by /locked/")
    make_user()
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN; LOCK TABLE accounts_organisation IN ACCESS EXCLUSIVE MODE")
    try:
        response = client.get("/twice/")
    finally:
        other.close()

    assert (response.status_code, response["Retry-After"]) == (503, "5")
