"""How a page is measured: milliseconds, queries, and how both grow with the projects.

A page is too slow when it takes half as long again with a hundred times as many projects, by its best time of several:
what others on the machine take is never the page's.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

SIZES = FEW, MANY = (100, 10_000)
TIMES = 5
AGAIN = 6  # times as often, where a busy machine may have made a page look slow
GROWTH = 1.5  # from few to many, of the best of all times
SLACK = 0.005  # seconds that a measurement may be off by on a busy machine
# Beside session and person: what tells who asks, and what every signed-in call costs.
WHO = ("django_session", "accounts_apitoken", 'FROM "accounts_user"')
FRAME = ("SAVEPOINT", "RELEASE")  # the test's, where a server begins and commits


@dataclass
class Measured:
    name: str
    ask: Callable[[], HttpResponse]
    cap: int | None
    beside: bool = False  # whether session and person are counted apart
    grows: bool = False  # it goes through what is one's own, and all of it is
    best: dict[int, float] = field(default_factory=dict)
    median: dict[int, float] = field(default_factory=dict)
    queries: dict[int, int] = field(default_factory=dict)

    def at(self, size: int) -> None:
        self.ask()  # the first time reads catalogues and templates
        with CaptureQueriesContext(connection) as asked:
            response = self.ask()
        assert response.status_code == 200, f"{self.name}: {response.status_code}"
        said = [query["sql"] for query in asked if not query["sql"].startswith(FRAME)]
        self.queries[size] = sum(not (self.beside and any(who in sql for who in WHO)) for sql in said)
        self.again(size)

    def again(self, size: int) -> None:
        took = [clocked(self.ask) for _time in range(TIMES)]
        self.best[size] = min(self.best.get(size, inf), *(own for _wall, own in took))
        self.median[size] = statistics.median(wall for wall, _own in took)

    @property
    def growth(self) -> float:
        return self.best[MANY] / self.best[FEW]

    def wrong(self) -> list[str]:
        found = []
        if self.cap and max(self.queries.values()) > self.cap:
            found.append(f"{self.name}: {max(self.queries.values())} queries, at most {self.cap}")
        if self.queries[MANY] > self.queries[FEW] + 1:  # one tells those with few from those with many
            found.append(f"{self.name}: the number of queries grows with the projects: {self.queries}")
        if not self.grows and self.best[MANY] - self.best[FEW] > SLACK and self.growth > GROWTH:
            found.append(f"{self.name}: {self.growth:.2f} times as long with {MANY} projects as with {FEW}")
        return found

    def __str__(self) -> str:
        times = "".join(f"{1000 * self.median[size]:9.1f}" for size in SIZES)
        return f"{self.name:<34}{times}{max(self.queries.values()):9}{self.growth:9.2f}"


def clocked(ask: Callable[[], HttpResponse]) -> tuple[float, float]:
    """By the clock on the wall, and by our own work alone: SQLite works in this process, so others cannot slow that."""
    wall, own = time.perf_counter(), time.process_time()
    ask()
    took = time.perf_counter() - wall
    return took, time.process_time() - own if connection.vendor == "sqlite" else took


def analyze() -> None:
    """As the database does by itself at night."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def heading() -> str:
    return f"{connection.vendor:<34}" + "".join(f"{size:>6} ms" for size in SIZES) + "  queries   growth"
