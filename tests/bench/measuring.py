"""How a page is measured: milliseconds, queries, and how both grow with the projects.

A page is too slow when it takes half as long again with a hundred times as many projects, by its best time of several:
what others on the machine take is never the page's.
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from math import inf

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

SIZES = FEW, MANY = (100, 10_000)
TIMES = 15
GROWTH = 1.5  # from few to many, of the best of all times
SLACK = 0.005  # seconds that a measurement may be off by on a busy machine
# Beside session and person: what tells who asks, and what every signed-in call costs.
WHO = ("django_session", "accounts_apitoken", 'FROM "accounts_user"')
FRAME = ("SAVEPOINT", "RELEASE")  # the test's, where a server begins and commits


@dataclass
class Measured:
    """One address, by its best time of several; `cap`: the most queries it may cost."""

    name: str
    ask: Callable[[], HttpResponse]
    cap: int | None = None
    beside: bool = False  # whether session and person are counted apart
    grows: bool = False  # it goes through what is one's own, and all of it is
    best: dict[int, float] = field(default_factory=dict)
    queries: dict[int, int] = field(default_factory=dict)

    def count(self, size: int) -> None:
        self.ask()  # the first time reads catalogues and templates
        with CaptureQueriesContext(connection) as asked:
            response = self.ask()
        assert response.status_code == 200, f"{self.name}: {response.status_code}"
        said = [query["sql"] for query in asked if not query["sql"].startswith(FRAME)]
        self.queries[size] = sum(not (self.beside and any(who in sql for who in WHO)) for sql in said)

    def time(self, size: int) -> None:
        self.best[size] = min(clocked(self.ask), self.best.get(size, inf))

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
        times = "".join(f"{1000 * self.best[size]:9.1f}" for size in SIZES)
        return f"{self.name:<34}{times}{max(self.queries.values()):9}{self.growth:9.2f}"


def clocked(ask: Callable[[], HttpResponse]) -> float:
    """By our own work where the database works in this process, so that others cannot slow it; else by the wall."""
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    began = clock()
    ask()
    return clock() - began


def measure(lines: Collection[Measured], size: int, *, times: int = TIMES) -> None:
    """In turns, so that all of them meet the same weather on the machine."""
    for line in lines:
        line.count(size)
    for _time in range(times):
        for line in lines:
            line.time(size)


def analyze() -> None:
    """As the database does by itself at night."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def heading() -> str:
    return f"{connection.vendor:<34}" + "".join(f"{size:>6} ms" for size in SIZES) + "  queries   growth"
