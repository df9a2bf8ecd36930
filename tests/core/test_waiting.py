from datetime import UTC, date, datetime

from golive.core.waiting import Waiting, merge


def line(text: str, due: date | None, hour: int = 9) -> Waiting:
    return Waiting(text=text, url="/", since=datetime(2026, 11, 1, hour, tzinfo=UTC), due_on=due, whose="you")


def test_the_oldest_promise_comes_first_and_no_promise_last():
    late, soon, later = line("late", date(2026, 11, 3)), line("soon", date(2026, 11, 9)), line("later", None)
    first = line("waits longer", None, hour=8)

    assert merge([later, late], [soon], [], [first], limit=10) == [late, soon, first, later]
    assert merge([later, late], [soon], limit=2) == [late, soon]
