"""`make bench`: the main pages with 100 and with 10,000 projects beside a bare view: milliseconds, queries, growth.

Fails above the caps on queries, and when a page takes half as long again with a hundred times as many projects.
"""

from collections.abc import Callable
from io import StringIO
from itertools import count, islice

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from golive.management.commands.fill import owner_of_all
from projects.portfolio.actions.saved_views import save_view
from projects.portfolio.models.project import Project
from projects.portfolio.rules.listing import CHOICES, Listing
from tests.bench.measuring import FEW, SIZES, Measured, analyze, heading, measure
from tests.builders import client_of
from tests.builders_projects import Cast, fill_checklist, make_project, onboard, plan_dates
from tests.races.stages import concluded, submitted

CAP, HOME_CAP, LIST_CAP, SEARCH_CAP = 12, 15, 6, 8
LIST = "portfolio"
ROWS = "5"  # as many as the rarest filter finds among the few: a fuller page is no slower list
TOGETHER = [
    {"infrastructure": "self_service", "product": "fo", "waits_for": "team"},
    {"engagement_type": "architect_led", "window": "90", "sort": "risk"},
    {"phase": "analysis", "state": "active", "sort": "name"},
    {"words": "falk", "product": "ce", "sort": "name"},
    {"words": "aasen fill", "infrastructure": "self_service"},
    {"state": "paused", "risk": "4"},  # finds nothing
    {"infrastructure": "self_service", "engagement_type": "architect_led"},  # finds nothing, though many have either
]


def asking(client: Client, name: str, cast: Cast | Project | None = None, **asked: str) -> Callable[[], HttpResponse]:
    url = reverse(name, kwargs={"key": cast.key} if cast else None)
    return lambda: client.get(url, asked)


def saving(client: Client, cast: Cast) -> Callable[[], HttpResponse]:
    """A save each time: the revision goes up, the value changes nothing that is counted."""
    url = reverse("api_checklist_answer", kwargs={"key": cast.key, "question": "PF-12"})
    revisions = count(1)

    def save() -> HttpResponse:
        revision = next(revisions)
        said = {"value": str(90 + revision % 9)}
        return client.put(url, said, content_type="application/json", headers={"If-Match": f'"{revision}"'})

    return save


def exporting(client: Client) -> Callable[[], HttpResponse]:
    """Until its first rows have come; how long the whole file takes is for its size to say."""

    def export() -> HttpResponse:
        answer = client.post(reverse("project_export", kwargs={"form": "csv"}), {"query": "product=fo"})
        assert len(list(islice(answer.streaming_content, 50))) == 50
        answer._iterator.close()  # as a server does; a cursor that stays open would be met by the next one
        return answer

    return export


def deep(client: Client) -> Callable[[], HttpResponse]:
    """A page in the middle: the cursor of wherever a hundred days ahead begins."""

    def page() -> HttpResponse:
        first = client.get(reverse(LIST), {"page_size": "10", "window": "90"})
        return client.get(first.context["next"])

    return page


def filters() -> list[dict[str, str]]:
    """Every filter of the list once, with a value that some project has, but for the states that fill does not know."""
    partner = Project.objects.exclude(partner=None).order_by("-pk").first().partner
    architect = Project.objects.exclude(architect=None).order_by("-pk").first().architect
    today = timezone.localdate()
    one_of_each = {name: choices[0][0] for name, choices in CHOICES.items()} | {
        "risk": "0",
        "window": "90",
        "partner": str(partner.uid),
        "architect": str(architect.uid),
        "month": f"{today.year + 1}02",
        "first": today.isoformat(),
        "last": today.replace(year=today.year + 1, day=1).isoformat(),
        "words": "corvin",
    }
    return [{name: value} for name, value in one_of_each.items() if name != "sort"]


def lists_of(client: Client, who: str) -> list[Measured]:
    asked = [*filters(), *({"sort": sort} for sort, _label in CHOICES["sort"]), *TOGETHER]
    named = [(f"{who}: {' '.join(f'{k}={v[:12]}' for k, v in each.items())}"[:33], each) for each in asked]
    return [Measured(name, asking(client, LIST, page_size=ROWS, **each), LIST_CAP) for name, each in named]


def searches(mine: Client, lead: Client, team: Client) -> list[Measured]:
    asked = [("", mine, "falk 7"), (" of a lead", lead, "falk"), (" of people", mine, "olga")]
    asked += [(" of steps", mine, "test falk"), (" of a team", team, "fill")]
    return [Measured(f"search{of}", asking(who, "search", q=words), SEARCH_CAP) for of, who, words in asked]


@pytest.fixture
def pages(db) -> list[Measured]:
    """One person who owns everything that is filled, a lead who sees all, people of a project in its review, and of one
    that is being answered."""
    owner = owner_of_all()
    call_command("fill", str(FEW), stdout=StringIO())
    reviewed, answering = submitted(), make_project(name="Being answered")
    concluded(reviewed)
    plan_dates(answering)
    onboard(answering)
    fill_checklist(answering)
    mine, lead = client_of(owner), client_of(reviewed.lead)
    team, filler = client_of(reviewed.owner), client_of(answering.member)
    filled = Project.objects.filter(created_by=owner).first()
    view = save_view(Listing(product="fo", window="90"), name="Soon", by=owner, at=timezone.now())
    return [
        Measured("bare view", asking(mine, "healthz"), None),
        Measured("home of who owns all", asking(mine, "home"), HOME_CAP, grows=True),
        Measured("home of a lead", asking(lead, "home"), HOME_CAP),
        Measured("home of a team", asking(team, "home"), HOME_CAP),
        Measured("portfolio", asking(mine, LIST), LIST_CAP),
        Measured("portfolio of a lead", asking(lead, LIST), LIST_CAP),
        Measured("portfolio of a team", asking(team, LIST), LIST_CAP),
        *lists_of(lead, "lead"),
        *lists_of(mine, "owner"),
        Measured("saved view", lambda: mine.get(f"{reverse(LIST)}?{view.query}&page_size={ROWS}"), LIST_CAP),
        Measured("two pages by cursor", deep(lead), 2 * LIST_CAP),
        Measured("heat, API", asking(lead, "api_projects_heat"), LIST_CAP),
        Measured("list, API", asking(lead, "api_projects"), LIST_CAP),
        Measured("export, first rows", exporting(lead), CAP, grows=True),
        *searches(mine, lead, team),
        Measured("desk", asking(lead, "desk"), CAP),
        Measured("overview", asking(team, "project", reviewed), CAP),
        Measured("overview of a filled one", asking(mine, "project", filled), CAP),
        Measured("methodology", asking(mine, "methodology", filled), CAP),
        Measured("checklist", asking(filler, "checklist", answering), CAP),
        Measured("review", asking(team, "review", reviewed), CAP),
        Measured("saved answer", saving(filler, answering), CAP, beside=True),
    ]


@pytest.mark.bench
def test_pages_stay_quick_with_many_projects(pages, settings, capsys):
    settings.REDIS_URL = ""
    there = FEW
    for size in SIZES:
        call_command("fill", str(size - there), stdout=StringIO())
        there = size
        analyze()
        measure(pages, size)
    with capsys.disabled():
        print(f"\n{heading()}", *pages, sep="\n")

    assert [wrong for measured in pages for wrong in measured.wrong()] == []
