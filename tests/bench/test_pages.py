"""`make bench`: the main pages with 10, 100 and 1,000 projects beside a bare view: milliseconds, queries, growth.

Fails above the caps on queries, and when a page takes half as long again with ten times as many projects.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from io import StringIO
from itertools import count

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from golive.management.commands.fill import owner_of_all
from tests.builders import client_of
from tests.builders_projects import Cast, fill_checklist, make_project, onboard, plan_dates
from tests.races.stages import concluded, submitted

SIZES = (10, 100, 1000)
TIMES = 25
GROWTH = 1.5  # from 100 to 1,000
SLACK = 0.005  # seconds that a measurement may be off by on a busy machine
CAP, HOME_CAP = 12, 15
# Beside session and person: what tells who asks, and what every signed-in call costs.
WHO = ("django_session", "accounts_apitoken", 'FROM "accounts_user"')
FRAME = ("SAVEPOINT", "RELEASE")  # the test's, where a server begins and commits


@dataclass
class Measured:
    name: str
    ask: Callable[[], HttpResponse]
    cap: int | None
    beside: bool = False  # whether session and person are counted apart
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
        took = [clocked(self.ask) for _time in range(TIMES)]
        self.best[size] = min(own for _wall, own in took)
        self.median[size] = statistics.median(wall for wall, _own in took)

    @property
    def growth(self) -> float:
        return self.best[1000] / self.best[100]

    def wrong(self) -> list[str]:
        found = []
        if self.cap and max(self.queries.values()) > self.cap:
            found.append(f"{self.name}: {max(self.queries.values())} queries, at most {self.cap}")
        if self.queries[1000] > self.queries[100]:
            found.append(f"{self.name}: the number of queries grows with the projects: {self.queries}")
        if self.best[1000] - self.best[100] > SLACK and self.growth > GROWTH:
            found.append(f"{self.name}: {self.growth:.2f} times as long with 1,000 projects as with 100")
        return found

    def __str__(self) -> str:
        times = "".join(f"{1000 * self.median[size]:9.1f}" for size in SIZES)
        return f"{self.name:<22}{times}{max(self.queries.values()):9}{self.growth:9.2f}"


def clocked(ask: Callable[[], HttpResponse]) -> tuple[float, float]:
    """By the clock on the wall, and by our own work alone: SQLite works in this process, so others cannot slow that."""
    wall, own = time.perf_counter(), time.process_time()
    ask()
    took = time.perf_counter() - wall
    return took, time.process_time() - own if connection.vendor == "sqlite" else took


def page(client: Client, name: str, cast: Cast | None = None) -> Callable[[], HttpResponse]:
    url = reverse(name, kwargs={"key": cast.key} if cast else None)
    return lambda: client.get(url)


def saving(client: Client, cast: Cast) -> Callable[[], HttpResponse]:
    """A save each time: the revision goes up, the value changes nothing that is counted."""
    url = reverse("api_checklist_answer", kwargs={"key": cast.key, "question": "PF-12"})
    revisions = count(1)

    def save() -> HttpResponse:
        revision = next(revisions)
        said = {"value": str(90 + revision % 9)}
        return client.put(url, said, content_type="application/json", headers={"If-Match": f'"{revision}"'})

    return save


@pytest.fixture
def pages(db) -> list[Measured]:
    """One person who owns everything that is filled, a project in the middle of its review, one being answered."""
    owner = owner_of_all()
    reviewed, answering = submitted(), make_project(name="Being answered")
    concluded(reviewed)
    plan_dates(answering)
    onboard(answering)
    fill_checklist(answering)
    mine, lead = client_of(owner), client_of(reviewed.lead)
    team, filler = client_of(reviewed.owner), client_of(answering.member)
    return [
        Measured("bare view", page(mine, "healthz"), None),
        Measured("home", page(mine, "home"), HOME_CAP),
        Measured("home of a lead", page(lead, "home"), HOME_CAP),
        Measured("portfolio", page(mine, "portfolio"), CAP),
        Measured("portfolio of a lead", page(lead, "portfolio"), CAP),
        Measured("desk", page(lead, "desk"), CAP),
        Measured("overview", page(team, "project", reviewed), CAP),
        Measured("checklist", page(filler, "checklist", answering), CAP),
        Measured("review", page(team, "review", reviewed), CAP),
        Measured("saved answer", saving(filler, answering), CAP, beside=True),
    ]


@pytest.mark.bench
def test_pages_stay_quick_with_many_projects(pages, settings, capsys):
    settings.REDIS_URL = ""
    there = 0
    for size in SIZES:
        call_command("fill", str(size - there), stdout=StringIO())
        there = size
        analyze()
        for measured in pages:
            measured.at(size)

    with capsys.disabled():
        print(f"\n{connection.vendor:<22}" + "".join(f"{size:>6} ms" for size in SIZES) + "  queries   growth")
        print("\n".join(str(measured) for measured in pages))
    assert [wrong for measured in pages for wrong in measured.wrong()] == []


def analyze() -> None:
    """As the database does by itself at night."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
