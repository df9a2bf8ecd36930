"""The clock of the first report: business days used of those promised."""

from datetime import UTC, date, datetime

import pytest

from reviews.assessment.rules.promise import promise_of

DUE = date(2026, 11, 26)  # a Thursday; both arrivals below count from Monday 23
SATURDAY, MONDAY = datetime(2026, 11, 21, 10, tzinfo=UTC), datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.mark.parametrize("arrived", [SATURDAY, MONDAY])
@pytest.mark.parametrize(
    ("day", "delivered", "used", "tone"),
    [
        (23, None, 0, "mute"),
        (25, None, 2, "notice"),
        (27, None, 4, "critical"),
        (27, 25, 2, "good"),
        (28, 27, 4, "serious"),
    ],
)
def test_days_used_of_the_three_promised(arrived, day, delivered, used, tone):
    at = datetime(2026, 11, day, 12, tzinfo=UTC)
    sent = datetime(2026, 11, delivered, 12, tzinfo=UTC) if delivered else None

    promise = promise_of(arrived, DUE, delivered_at=sent, at=at, country="NO", zone="UTC")

    assert (promise.used, promise.promised, promise.tone) == (used, 3, tone)
