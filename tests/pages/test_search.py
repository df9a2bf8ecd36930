"""The search: by the beginnings of words, over what one may see alone, at the same cost however much there is."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from golive.accounts.actions import disable_person, save_profile
from golive.pages.search import GROUPS, IN_EACH, IN_ONE, MOST_WORDS
from projects.methodology.rules.catalogue import LATEST
from projects.portfolio.actions.people import add_member
from projects.portfolio.models.project import Project
from projects.portfolio.queries import seeing
from projects.portfolio.queries.seeing import Sight
from tests import corpus
from tests.builders import client_of, make_organisation, make_user
from tests.builders_projects import call, make_project, short_course, start

pytestmark = pytest.mark.django_db
EITHER_WAY = pytest.mark.usefixtures("few_or_many")

KICK_OFF = "Hold the kick-off and agree governance"


@pytest.fixture(params=[200, 0])
def few_or_many(request, monkeypatch):
    """Whoever sees few projects is asked for in another way than who sees very many."""
    monkeypatch.setattr(seeing, "FEW", request.param)


def found(user, q, **more):
    """The texts of each group that found something."""
    answer = call(user, "get", f"search/?{urlencode({'q': q, **more})}")
    assert answer.status_code == 200, answer.content
    texts = {kind: [line["text"] for line in group["results"]] for kind, group in answer.json().items()}
    return {kind: lines for kind, lines in texts.items() if lines}


@pytest.mark.parametrize("q", ["aldova", "ALDÓV", "pharma ald", "ald pha"])
def test_a_project_is_found_by_the_beginnings_of_all_its_words(q):
    cast = make_project("Aldova Pharma")
    start("Aldova Foods", owner=cast.owner)

    texts = found(cast.owner, q)["projects"]

    assert texts == (["Aldova Pharma"] if " " in q else ["Aldova Foods", "Aldova Pharma"])


def test_a_project_is_found_by_its_key_and_its_organisations():
    partner = make_organisation("partner", "Brixen Beratung")
    cast = make_project("Aldova Pharma", partner=partner)

    for q in (cast.key, cast.key.replace("-", "").lower(), "brixen", cast.owner.organisation.name):
        assert found(cast.member, q)["projects"] == ["Aldova Pharma"]


def test_the_middle_of_a_word_finds_nothing():
    cast = make_project("Aldova Pharma")

    assert found(cast.owner, "dova") == {}


@EITHER_WAY
def test_people_are_found_on_shared_projects_and_in_the_own_organisation():
    cast = make_project()
    mate = make_user("Marta Mate", organisation=cast.member.organisation)
    make_user("Marta Elsewhere")

    assert found(cast.member, "marta")["people"] == [cast.partner_member.name, mate.name]
    assert found(cast.stranger, "marta") == {}


@EITHER_WAY
def test_the_architect_of_a_project_is_found_by_its_team():
    cast = make_project()
    cast.project.architect = cast.architect
    cast.project.save(update_fields=["architect"])

    page = client_of(cast.member).get("/search/", {"q": "imke"}).content.decode()

    assert found(cast.member, "imke") == {"people": ["Imke Voss"]}
    assert f'<a href="/projects/{cast.key}/"><bdi>Imke Voss</bdi></a>' in page


def test_an_administrator_finds_everybody_and_only_the_leader_a_disabled_person():
    cast = make_project()
    administrator = make_user("Ada", is_administrator=True)
    disable_person(cast.viewer, by=administrator, at=timezone.now())

    assert found(administrator, "olaf fremd")["people"] == ["Olaf Fremd"]
    assert found(administrator, "erik")["people"] == found(cast.owner, "erik")["people"] == ["Erik Halden"]
    assert found(cast.member, "erik") == {}


def test_a_renamed_person_is_found_under_the_new_name_alone():
    user = make_user("Ove Alt", email="x@example.com")
    save_profile(user, name="Ove Ny", time_zone="UTC", at=timezone.now())

    assert (found(user, "ny ove"), found(user, "alt")) == ({"people": ["Ove Ny"]}, {})


@EITHER_WAY
def test_a_person_leads_to_where_the_asker_sees_them():
    cast = make_project()

    def url(user):
        return call(user, "get", "search/?q=jonas").json()["people"]["results"][0]["url"]

    assert url(cast.partner_member) == f"/projects/{cast.key}/people/"
    assert url(cast.owner) == f"/people-and-organisations/{cast.member.uid}/"


@EITHER_WAY
def test_a_person_leads_to_no_newer_project_that_the_asker_does_not_see():
    cast = make_project("Seen")
    hidden = start("Hidden", owner=cast.owner)
    add_member(hidden, user=cast.member, by=cast.owner, at=timezone.now())
    Project.objects.filter(pk__in=[cast.project.pk, hidden.pk]).update(architect=cast.architect)

    led = {
        name: [(line["project"], line["url"]) for line in answer["people"]["results"]]
        for name in ("jonas", "imke")
        for answer in [call(cast.partner_member, "get", f"search/?q={name}").json()]
    }

    assert led == {
        "jonas": [(cast.key, f"/projects/{cast.key}/people/")],
        "imke": [(cast.key, f"/projects/{cast.key}/")],
    }


def test_a_step_is_found_in_each_project_by_words_of_both():
    cast = make_project("Aldova Pharma", methodology=LATEST)
    start("Aldova Foods", owner=cast.owner)

    both = call(cast.owner, "get", "search/?q=kick-off").json()["steps"]["results"]
    one = call(cast.owner, "get", "search/?q=kick+pharma").json()["steps"]["results"]

    assert [line["text"] for line in both] == [KICK_OFF] * 2
    assert [line["url"] for line in one] == [f"/projects/{cast.key}/methodology/#A02"]
    assert one[0]["project"] == cast.key


def test_a_step_that_does_not_apply_is_not_found():
    cast = make_project(methodology=LATEST)
    cast.project.steps.filter(key="A02").update(applies=False)

    assert found(cast.owner, "kick-off") == {}


@EITHER_WAY
def test_steps_of_an_own_methodology_are_found_by_those_who_see_the_project():
    owner = make_user(organisation=make_organisation("customer"), is_org_admin=True)
    mine = short_course(owner, old=KICK_OFF, new="Weigh the quince")
    cast, other = make_project("Aldova Pharma", owner=owner, methodology=mine), make_project("Brixen")

    assert found(cast.member, "quince") == found(cast.lead, "quince") == {"steps": ["Weigh the quince"]}
    assert found(cast.lead, "quince aldova") == {"steps": ["Weigh the quince"]}
    assert found(other.owner, "quince") == found(cast.lead, "quince brixen") == {}


@EITHER_WAY
def test_a_version_that_no_seen_project_pins_changes_nothing_that_is_found():
    """Its steps take more of the words than those that are seen: that must not be felt."""
    cast = make_project("Aldova Pharma", methodology=LATEST)
    hidden = short_course(cast.owner, old=KICK_OFF, new="Kick aldova out")
    start("Hidden", owner=cast.owner, methodology=hidden)

    assert found(cast.member, "kick aldova") == {"steps": [KICK_OFF]}
    assert found(cast.member, "kick aldova out") == {}


def test_a_group_says_that_it_goes_on_and_is_shown_alone():
    cast = make_project("Halden 0")
    for number in range(1, IN_EACH + 3):
        start(f"Halden {number}", owner=cast.owner)
    client = client_of(cast.owner)

    page = client.get("/search/", {"q": "halden"}).content.decode()
    alone = client.get("/search/", {"q": "halden", "kind": "projects"}).content.decode()

    assert page.count('<a href="/projects/HALD') == IN_EACH
    assert 'href="?q=halden&amp;kind=projects"' in page
    assert all(f">Halden {number}<" in alone for number in range(IN_EACH + 3))
    assert "h-people" not in alone


def test_htmx_gets_the_lines_alone():
    cast = make_project()

    part = client_of(cast.member).get("/search/", {"q": "halden"}, headers={"HX-Request": "true"}).content.decode()

    assert part.strip().startswith('<div id="found" class="flow">')
    assert "Halden Dairy" in part


NO_WORDS = ["%", "_", "'", '"', "\\", "..*", "[-", "(", "🙂", "-- ;"]
NO_ADDRESS = {*corpus.SURROGATES, corpus.ACCENTS[-1]}  # cannot stand in one
BROKEN = ["%ff", "%ED%A0%80", "%00", "%", "a&q=b", "%u0041", "a;q=b"]
NO_LINE = [
    *(value for value in corpus.NO_LINE if value not in NO_ADDRESS),
    "a" * 121,
    "w " * 200,
    " ".join(f"w{n}" for n in range(MOST_WORDS + 1)),
]
HARMLESS = ["", "   ", "a'--", "100%", "x_y", ".*a", "\\d", "ﷺ", "straße", "a" * 120, "null", "%00", *corpus.INERT]


@pytest.mark.parametrize("q", NO_WORDS + NO_LINE, ids=ascii)
def test_what_cannot_be_looked_for_is_refused_with_a_sentence(q):
    cast = make_project()
    page = client_of(cast.owner).get("/search/", {"q": q})
    answer = call(cast.owner, "get", f"search/?{urlencode({'q': q})}")

    assert answer.status_code == 400
    assert (page.status_code, answer.json()["code"]) in {(422, "invalid"), (400, "bad_request")}, answer.content
    assert answer.json()["detail"]


@pytest.mark.parametrize("q", HARMLESS, ids=ascii)
def test_odd_words_find_nothing_and_break_nothing(q):
    cast = make_project()

    assert client_of(cast.owner).get("/search/", {"q": q}).status_code in {200, 422}
    assert call(cast.owner, "get", f"search/?{urlencode({'q': q})}").status_code in {200, 400}


@pytest.mark.parametrize("raw", BROKEN)
def test_a_broken_address_breaks_nothing(raw):
    cast = make_project()

    assert client_of(cast.owner).get(f"/search/?q={raw}").status_code in {200, 400, 422}
    assert call(cast.owner, "get", f"search/?q={raw}").status_code in {200, 400}


def test_an_unknown_group_is_refused():
    user = make_user()

    assert client_of(user).get("/search/", {"q": "a", "kind": "letters"}).status_code == 422
    assert call(user, "get", "search/?q=a&kind=letters").status_code == 400


@EITHER_WAY
def test_a_stranger_gets_what_one_gets_who_seeks_what_is_not_there():
    """Not only no line: the same bytes, so that no prefix can be felt for."""
    cast = make_project("Aldova Pharma", partner=make_organisation("partner", "Brixen Beratung"))
    client = client_of(cast.stranger)

    def plain(q):
        return client.get("/search/", {"q": q}, headers={"HX-Request": "true"}).content

    asked = ["aldova", "a", "brixen", cast.key, "sigrid", "jonas", "kick aldova"]
    assert {plain(q) for q in asked} == {plain("zzzz")}
    assert {call(cast.stranger, "get", f"search/?q={q}").content for q in asked} == {
        call(cast.stranger, "get", "search/?q=zzzz").content
    }


def test_nobody_searches_without_signing_in():
    assert Client().get("/search/?q=a").status_code == 302
    assert Client().get("/api/v1/search/?q=a").status_code == 401


@EITHER_WAY
def test_each_group_asks_for_one_line_more_than_it_shows_and_no_more():
    cast = make_project("Halden 0", methodology=LATEST)
    start("Halden 1", owner=cast.owner)

    for group in GROUPS:
        assert len(group.find(Sight(cast.owner), ["h"], 1)) == 1, group.kind


@pytest.mark.parametrize("rows", [1, 50])
def test_the_search_costs_the_same_for_one_and_for_fifty(rows):
    user = make_user("Halden Owner", organisation=make_organisation("customer", "Kick AS"), is_org_admin=True)
    for number in range(rows):
        start(f"Halden {number}", owner=user)
        make_user(f"Kick {number}", organisation=user.organisation)
    client = client_of(user)
    client.get("/search/", {"q": "kick"})

    with CaptureQueriesContext(connection) as mixed:
        client.get("/search/", {"q": "kick"})
    with CaptureQueriesContext(connection) as people:
        page = client.get("/search/", {"q": "kick", "kind": "people"}).content.decode()

    assert (len(mixed), len(people)) == (8, 4)
    assert all(f"<bdi>Kick {number}</bdi>" in page for number in range(rows))
    assert rows < IN_ONE
