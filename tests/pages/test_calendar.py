"""Calendars at a private address: the dates of a project or all that waits for somebody, asked anew at every read."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from golive.accounts.actions import disable_person
from golive.accounts.models import User
from projects.plan.actions.feeds import make_feed
from projects.plan.actions.milestones import set_milestones
from projects.plan.models.feeds import CalendarFeed
from projects.portfolio.actions.people import remove_member
from projects.portfolio.models.project import Project
from projects.portfolio.models.standing import ProjectStanding
from tests.builders import client_of, make_user
from tests.builders_projects import call, make_project, onboard, plan_dates, start, submitted_project
from tests.journeys import situations_review as r

pytestmark = pytest.mark.django_db


def address(user, project=None):
    _feed, secret = make_feed(user, project=project, at=timezone.now())
    return f"/calendar/{secret}.ics"


def read(url):
    """As a calendar program does: no cookie, no header."""
    return Client().get(url)


def events(url):
    """Summary to event."""
    answer = read(url)
    assert answer.status_code == 200
    return {str(event["summary"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def move(cast, **days):
    at = timezone.now()
    set_milestones(cast.project, days, by=cast.owner, at=at, tentative=frozenset({"test_end"} & set(days)))


def test_the_calendar_of_a_project_has_its_milestones_and_deadlines():
    cast = make_project()
    days = plan_dates(cast, go_live_in=90)
    url = address(cast.viewer, cast.project)

    found, answer = events(url), read(url)

    assert {name: event["dtstart"].dt for name, event in found.items() if "ends: " in name and "Best" not in name} == {
        "Analysis ends: Halden Dairy": days["analysis_end"],
        "Design and develop ends: Halden Dairy": days["design_develop_end"],
        "Test ends: Halden Dairy": days["test_end"],
    }
    assert found["Go-live: Halden Dairy"]["dtstart"].dt == days["go_live"]
    assert found["FastTrack asks for the checklist: Halden Dairy"]["dtstart"].dt == days["go_live"] - timedelta(days=56)
    assert "Request production at the latest: Halden Dairy" in found
    assert (answer["Content-Type"], answer["X-Robots-Tag"]) == ("text/calendar; charset=utf-8", "noindex")
    assert (answer["Cache-Control"], answer.cookies) == ("private, no-store", {})


def test_an_event_keeps_its_uid_and_its_sequence_rises_when_its_date_moves():
    cast = make_project()
    days = plan_dates(cast, go_live_in=90)
    url = address(cast.owner, cast.project)
    before = events(url)

    move(cast, go_live=days["go_live"] + timedelta(days=7))
    move(cast, test_end=days["test_end"])  # only tentative now
    after = events(url)

    def sequences(name):
        name = f"{name}: Halden Dairy"
        assert before[name]["uid"] == after[name]["uid"]
        return before[name]["sequence"], after[name]["sequence"]

    assert (sequences("Go-live"), sequences("Test ends"), sequences("Analysis ends")) == ((0, 1), (0, 1), (0, 0))
    first, second = sequences("FastTrack asks for the checklist")
    assert second > first
    assert (after["Test ends: Halden Dairy"]["status"], after["Go-live: Halden Dairy"]["status"]) == (
        "TENTATIVE",
        "CONFIRMED",
    )


def test_the_calendar_of_a_person_has_what_waits_for_them_and_the_milestones_of_their_projects():
    cast = make_project()
    days = plan_dates(cast, go_live_in=50)  # the checklist is put before people by then
    foreign = make_project("Foreign Dairy")
    plan_dates(foreign)
    url = address(cast.owner)

    before = events(url)
    move(cast, go_live=days["go_live"] + timedelta(days=7))
    after = events(url)

    send = "Submit the checklist: Halden Dairy"
    assert {"Finish onboarding: Halden Dairy", send, "Go-live: Halden Dairy"} <= set(before)
    assert not any("Foreign" in name for name in before)
    assert before[send]["uid"] == after[send]["uid"]
    assert after[send]["sequence"] > before[send]["sequence"]
    assert str(before[send]["url"]).endswith(f"/projects/{cast.key}/checklist/")


def test_a_report_that_is_due_stands_in_both_calendars():
    cast = r.in_review().cast
    due = ProjectStanding.objects.get(project=cast.project).review_due_on

    of_project, of_person = events(address(cast.viewer, cast.project)), events(address(cast.architect))

    assert of_project["First report due: Halden Dairy"]["dtstart"].dt == due
    assert of_person["Deliver the first report: Halden Dairy"]["dtstart"].dt == due


def test_no_name_of_a_person_stands_in_a_calendar():
    cast = submitted_project()

    texts = [read(address(cast.owner, cast.project)).content, read(address(cast.owner)).content]

    for name in (cast.owner.name, cast.member.name, cast.partner_member.name):
        assert all(name.encode() not in text for text in texts)


@pytest.fixture
def gone():
    """A project with the calendars of one of its members, and what a made-up address answers."""
    cast = make_project()
    plan_dates(cast)
    urls = [address(cast.member), address(cast.member, cast.project)]
    assert [read(url).status_code for url in urls] == [200, 200]
    return cast, urls, read("/calendar/golive_nothing.ics").content


def statuses(urls, nothing):
    answers = [read(url) for url in urls]
    assert all(answer.content == nothing for answer in answers if answer.status_code == 404)
    return [answer.status_code for answer in answers]


def test_a_revoked_address_is_missing_like_one_that_never_was(gone):
    cast, urls, nothing = gone
    for feed in CalendarFeed.objects.all():
        client_of(cast.member).post(f"/account/calendars/{feed.uid}/revoke/")

    assert statuses(urls, nothing) == [404, 404]
    assert (
        statuses(["/calendar/golive_.ics", f"/calendar/golive_{'a' * 90}.ics", "/calendar/x.ics"], nothing) == [404] * 3
    )


def test_whoever_is_disabled_has_no_calendar_any_more(gone):
    cast, urls, nothing = gone
    disable_person(cast.member, by=cast.owner, at=timezone.now())

    assert statuses(urls, nothing) == [404, 404]


def test_whoever_left_the_project_reads_their_own_calendar_without_it(gone):
    cast, urls, nothing = gone
    remove_member(cast.project, user=cast.member, by=cast.owner, at=timezone.now())

    assert statuses(urls, nothing) == [200, 404]
    assert events(urls[0]) == {}


def test_an_archived_project_has_no_calendar(gone, unguarded):
    cast, urls, nothing = gone
    with unguarded():
        Project.objects.filter(pk=cast.project.pk).update(state="closed", archived_at=timezone.now())

    assert statuses(urls, nothing) == [200, 404]
    assert events(urls[0]) == {}


def test_when_it_was_read_is_noted_once_an_hour():
    cast = make_project()
    url, feed = address(cast.owner), CalendarFeed.objects.get()

    read(url)
    first = CalendarFeed.objects.get().last_read_at
    read(url)
    second = CalendarFeed.objects.get().last_read_at
    CalendarFeed.objects.filter(pk=feed.pk).update(last_read_at=first - timedelta(hours=2))
    read(url)

    assert first == second
    assert CalendarFeed.objects.get().last_read_at > first


def test_an_address_is_shown_once_and_only_its_digest_is_kept():
    cast = make_project()
    client = client_of(cast.member)

    made = client.post(f"/projects/{cast.key}/plan/calendar/")
    address = made.context["address"]
    later = client.get("/account/calendars/").content.decode()
    again = client.post(f"/projects/{cast.key}/plan/calendar/", headers={"Accept": "application/json"})

    assert (made.status_code, made["Cache-Control"], read(address).status_code) == (200, "no-store, private", 200)
    assert address in made.content.decode()
    assert address not in later
    assert "Halden Dairy" in later
    secret = address.rpartition("/")[2].removesuffix(".ics")
    assert secret not in str(CalendarFeed.objects.values())
    assert (again.status_code, again.json()["reasons"][0]["code"]) == (409, "feed_lives")
    assert "Revoke the address" in client.get(f"/projects/{cast.key}/plan/").content.decode()


def test_the_api_makes_lists_and_revokes_them():
    cast = make_project()

    mine = call(cast.member, "post", "calendar-feeds/", {})
    of_project = call(cast.member, "post", "calendar-feeds/", {"project": cast.key})
    listed = call(cast.member, "get", "calendar-feeds/").json()["results"]
    uid = of_project.json()["uid"]
    foreign = call(cast.owner, "delete", f"calendar-feeds/{uid}/")
    ended = call(cast.member, "delete", f"calendar-feeds/{uid}/")

    assert (mine.status_code, of_project.status_code, mine["Cache-Control"]) == (201, 201, "no-store, private")
    assert [(one["project"], "address" in one) for one in listed] == [(cast.key, False), (None, False)]
    assert (foreign.status_code, ended.status_code, read(of_project.json()["address"]).status_code) == (404, 204, 404)
    assert read(mine.json()["address"]).status_code == 200
    assert call(cast.stranger, "post", "calendar-feeds/", {"project": cast.key}).status_code == 404
    assert call(cast.member, "post", "calendar-feeds/", {"project": "x" * 9}).status_code == 400


def test_the_database_keeps_one_address_a_person_and_project():
    cast = make_project()
    make_feed(cast.owner, at=timezone.now())

    with pytest.raises(IntegrityError):
        CalendarFeed.objects.create(user=cast.owner, digest="b" * 64, created_at=timezone.now())


def test_a_zone_that_is_no_more_does_not_close_a_calendar():
    cast = make_project()
    plan_dates(cast)
    User.objects.filter(pk=cast.owner.pk).update(time_zone="Europe/Atlantis")

    assert "Go-live: Halden Dairy" in events(address(cast.owner))


@pytest.mark.parametrize("projects", [1, 50])
def test_it_costs_the_same_for_one_project_and_for_fifty(projects):
    cast = make_project("Project 0")
    plan_dates(cast)
    onboard(cast)
    for number in range(1, projects):
        other = start(f"Project {number}", owner=cast.owner)
        set_milestones(other, {"go_live": timezone.localdate()}, by=cast.owner, at=timezone.now())
    url = address(cast.owner)

    with CaptureQueriesContext(connection) as queries:
        found = events(url)

    assert len(queries) == 11
    assert all(f"Go-live: Project {number}" in found for number in range(projects))


def test_a_reviewers_calendar_costs_no_more_than_fifteen_queries():
    cast = r.in_review().cast
    lead = make_user("Lena", organisation=cast.architect.organisation, is_lead=True, is_architect=True)
    url = address(lead)

    with CaptureQueriesContext(connection) as queries:
        read(url)

    assert len(queries) <= 15
