"""A clock that a scene sets by hand, so that what it tells about last month was also written last month."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.utils import timezone

from golive.outbox.drain import drain

SHIFT_BEGINS = 8  # o'clock, UTC
PIECES_AT_ONCE = 1000


class Clock:
    """Stands still between acts; each reading moves it a few minutes on, never beyond the true moment."""

    def __init__(self, real: datetime) -> None:
        self.real = self.moment = real

    @property
    def today(self) -> date:
        return self.real.date()

    def set_back(self, days: int) -> None:
        """To the morning of that many days ago; of today: to an hour ago."""
        morning = (self.real - timedelta(days=days)).replace(hour=SHIFT_BEGINS, minute=5)
        self.moment = min(morning, self.real - timedelta(hours=1))

    def tick(self, minutes: int = 4) -> datetime:
        self.moment = min(self.moment + timedelta(minutes=minutes), self.real)
        return self.moment

    @contextmanager
    def for_everybody(self) -> Iterator[None]:
        """The outbox and its hearers read the clock themselves: for them, too, it is the scene's moment."""
        true_now = timezone.now
        timezone.now = lambda: self.moment
        try:
            yield
        finally:
            timezone.now = true_now

    def settle(self) -> None:
        """What the acts so far announced is heard, at the scene's moment."""
        while drain(PIECES_AT_ONCE):
            pass
