"""Setting a number: administrators only, in its range, with a reason, kept in the history; the newest row counts."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.signals import request_started
from django.db import IntegrityError, close_old_connections, transaction
from django.test import RequestFactory

from golive.audit.models import AuditRow
from golive.core.decision import Refused
from golive.core.marks import RequestMarkMiddleware
from golive.programme.actions import set_number
from golive.programme.models import NumberOverride
from golive.programme.queries import number, numbers
from tests.builders import make_user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def administrator():
    return make_user("Ada", is_administrator=True)


def test_the_newest_override_holds(administrator):
    assert number("first_report") == 3

    set_number("first_report", 4, by=administrator, because="Holiday season", at=AT)
    set_number("first_report", 5, by=administrator, because="Longer than thought", at=AT)

    assert number("first_report") == 5
    line = next(line for line in numbers() if line.number.key == "first_report")
    assert (line.value, line.by, line.because, line.overridden) == (5, administrator, "Longer than thought", True)
    assert [line.number.key for line in numbers() if line.overridden] == ["first_report"]


def test_the_act_is_in_the_history_of_the_site_without_its_words(administrator):
    set_number("first_report", 4, by=administrator, because="Holiday season", at=AT)

    row = AuditRow.objects.get(chain="site", act="number.set")
    assert (row.actor, row.object, row.before["value"], row.after["value"]) == (
        administrator,
        "number:first_report",
        "3",
        "4",
    )
    assert "Holiday" not in row.body


@pytest.mark.parametrize("flags", [{}, {"is_lead": True}, {"is_org_admin": True}, {"is_architect": True}])
def test_nobody_but_an_administrator_sets_a_number(flags):
    with pytest.raises(Refused) as caught:
        set_number("first_report", 4, by=make_user(**flags), because="I want it", at=AT)

    assert (caught.value.decision.codes, caught.value.decision.status) == (["not_administrator"], 403)
    assert not NumberOverride.objects.exists()


@pytest.mark.parametrize(
    ("key", "value", "because", "code"),
    [
        ("first_report", 0, "why", "out_of_range"),
        ("first_report", 21, "why", "out_of_range"),
        ("first_report", float("nan"), "why", "out_of_range"),
        ("first_report", 3.5, "why", "not_whole"),
        ("no_such_number", 3, "why", "unknown_number"),
        ("first_report", 4, "  ", "reason_missing"),
        ("first_report", 4, "x" * 501, "too_long"),
    ],
)
def test_a_number_stays_in_its_range_and_has_a_reason(administrator, key, value, because, code):
    with pytest.raises(ValidationError) as caught:
        set_number(key, value, by=administrator, because=because, at=AT)

    assert caught.value.code == code
    assert number("first_report") == 3


def test_rows_are_never_changed(administrator):
    row = set_number("first_report", 4, by=administrator, because="Holiday season", at=AT)

    for change in (
        lambda: NumberOverride.objects.filter(pk=row.pk).update(value=9),
        lambda: NumberOverride.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(IntegrityError, match="programme_override_append_only"), transaction.atomic():
            change()


def test_an_unknown_number_explodes():
    with pytest.raises(KeyError):
        number("first_raport")


def test_a_request_asks_once_and_the_next_one_anew(administrator, django_assert_num_queries):
    def two_numbers(request):
        return {"numbers": [number("first_report"), number("clearance_tolerance")]}

    def answered():  # the same id twice must not bring back old numbers
        request_started.disconnect(close_old_connections)  # as Django's own test client does
        request_started.send(sender=None)
        request_started.connect(close_old_connections)
        request = RequestFactory().get("/", headers={"X-Request-ID": "the-same-one-twice"})
        return RequestMarkMiddleware(two_numbers)(request)["numbers"]

    with django_assert_num_queries(1):
        assert answered() == [3, 42]
    NumberOverride.objects.create(key="first_report", value=4, by=administrator, because="Elsewhere", at=AT)
    assert answered() == [4, 42]
