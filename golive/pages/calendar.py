"""Calendars at a private address: all that waits for somebody, or the dates of one project. No sign-in, no cookie."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from golive.accounts.models import User
from golive.core.calendar import today_in
from golive.core.ics import CalendarDay, ics_of
from golive.core.waiting import Waiting
from golive.core.zone import zone_named
from golive.pages.home import waiting
from golive.programme.queries import programme_name
from projects.checklist.queries.deadlines import deadlines_of
from projects.checklist.states import RoundState
from projects.plan.actions.feeds import note_read
from projects.plan.models.feeds import CalendarFeed
from projects.plan.queries.backward import backward_plan
from projects.plan.queries.feeds import dated_milestones, feed_of
from projects.plan.states import PlanStop
from projects.portfolio.models.milestones import RolloutMilestone
from projects.portfolio.models.project import Project
from projects.portfolio.queries.projects import projects_of
from projects.portfolio.states import Milestone, ProjectState

WAITS, PROJECTS = 200, 200


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Whatever is wrong with the address, it is missing like one that never was."""
    feed, at = feed_of(secret), timezone.now()
    if feed is None:
        raise Http404
    note_read(feed, at=at)
    response = HttpResponse(calendar_of(feed, at), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def calendar_of(feed: CalendarFeed, at: datetime) -> bytes:
    zone = zone_named(feed.project.time_zone if feed.project else feed.user.time_zone)
    today = today_in(zone.key, at)
    with timezone.override(zone):
        if feed.project:
            return ics_of(feed.project.name, project_days(feed.user, feed.project, today), zone=zone.key)
        name = _("%(programme)s: my work") % {"programme": programme_name()}
        return ics_of(name, person_days(feed.user, today), zone=zone.key)


def project_days(person: User, project: Project, today: date) -> Iterator[CalendarDay]:
    """Its milestones, what is due by them, and the report that is promised."""
    rows = list(dated_milestones(Project.objects.visible_to(person).filter(pk=project.pk).values("pk")))
    yield from (milestone_day(row) for row in rows)
    if rows and project.state == ProjectState.ACTIVE:
        yield from deadline_days(project, rows, today)
    if due := project.standing.review_due_on:
        uid = f"report-{project.key}-{due}"  # another promise is another event
        yield day_of(uid, due, _("First report due"), project, stamp=project.created_at, page="review")


def person_days(person: User, today: date) -> Iterator[CalendarDay]:
    """All that waits for somebody and has a date, and the milestones of the projects they work on."""
    rows = list(dated_milestones(projects_of(person, limit=PROJECTS).values("pk")))
    yield from (milestone_day(row) for row in rows)
    changes = changes_of(rows)
    yield from (waiting_day(line, changes) for line in waiting(person, today, limit=WAITS) if line.due_on)


def milestone_day(row: RolloutMilestone) -> CalendarDay:
    project = row.rollout.project
    uid, name = f"milestone-{project.key}-{row.milestone}", str(Milestone(row.milestone).label)
    return day_of(uid, row.day, name, project, stamp=row.set_at, changes=row.changes, tentative=row.tentative)


def deadline_days(project: Project, rows: list[RolloutMilestone], today: date) -> Iterator[CalendarDay]:
    """What hangs on the milestones moves with any of them."""
    days = {row.milestone: row.day for row in rows}
    found = list(checklist_days(project, days))
    plan = backward_plan(project, days, today=today)
    request = plan.line(PlanStop.REQUEST) if plan else None
    if request and not request.done:
        found.append(("request", request.latest, _("Request production at the latest"), "production"))
    stamp, changes = max(row.set_at for row in rows), changes_of(rows)[project.key]
    for code, day, text, page in found:
        yield day_of(f"{code}-{project.key}", day, text, project, stamp=stamp, changes=changes, page=page)


def checklist_days(project: Project, days: Mapping[str, date]) -> Iterator[tuple[str, date, str, str]]:
    deadlines = deadlines_of(days)
    if deadlines is None or project.standing.checklist_state == RoundState.SUBMITTED:
        return
    yield "asked", deadlines.asked_on, _("FastTrack asks for the checklist"), "checklist"
    yield "best-time", deadlines.closes_on, _("Best time to send the checklist ends"), "checklist"
    yield "red", deadlines.red_on, _("A checklist that is not sent turns red"), "checklist"


def changes_of(rows: Iterable[RolloutMilestone]) -> dict[str, int]:
    """How often any date of a project was changed: rises with each."""
    found: dict[str, int] = {}
    for row in rows:
        key = row.rollout.project.key
        found[key] = found.get(key, 0) + row.changes + 1
    return found


def day_of(
    uid: str,
    day: date,
    text: str,
    project: Project,
    *,
    stamp: datetime,
    changes: int = 0,
    tentative: bool = False,
    page: str = "plan",
) -> CalendarDay:
    return CalendarDay(
        uid=at_host(uid),
        day=day,
        summary=f"{text}: {project.name}",
        sequence=changes,
        stamp=stamp,
        url=settings.SITE_URL + reverse(page, kwargs={"key": project.key}),
        tentative=tentative,
    )


def waiting_day(line: Waiting, changes: Mapping[str, int]) -> CalendarDay:
    """The same wait keeps its uid while its day moves with the plan of its project."""
    digest = sha256(f"{line.url}|{line.text}|{line.since.isoformat()}".encode()).hexdigest()[:32]
    assert line.due_on is not None  # asked before
    return CalendarDay(
        uid=at_host(f"waiting-{digest}"),
        day=line.due_on,
        summary=f"{line.text}: {line.project}",
        sequence=changes.get(key_in(line.url), 0),
        stamp=line.since,
        description=line.detail,
        url=settings.SITE_URL + line.url,
    )


def key_in(url: str) -> str:
    """The project that a page is about, by its address."""
    try:
        return str(resolve(urlsplit(url).path).kwargs.get("key", ""))
    except Resolver404:
        return ""


def at_host(name: str) -> str:
    return f"{name}@{urlsplit(settings.SITE_URL).hostname}"
