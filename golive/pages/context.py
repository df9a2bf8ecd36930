"""What every page shows around its own content: where one may go, where one is, who one is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.programme.queries import programme_name

# Pages that belong to a place of another name; every page with a key is a project's.
SECTIONS = {
    "project_new": "portfolio",
    "service_request": "service_requests",
    "person": "people_and_organisations",
    **dict.fromkeys(("own_methodology", "methodology_version", "draft_step", "draft_step_add"), "methodologies"),
    "organisations": "people_and_organisations",
    "organisation": "people_and_organisations",
}
KEYS = {"search": "/"}
DEMO_PEOPLE = 12


@dataclass(frozen=True)
class Place:
    label: str
    url: str
    current: bool
    key: str = ""  # that leads there from everywhere


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame of a page. Asks nothing of the database but the person."""
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    section = section_of(request)
    return {
        "shell": {
            "programme": programme_name(),
            "places": tuple(places(user, section)) if known else (),
            "menu": tuple(menu(user, section)) if known else (),
            "person": user if known else None,
            "people": SimpleLazyObject(demo_people) if settings.DEMO else (),
            "zone": zone_words(),
        }
    }


def section_of(request: HttpRequest) -> str:
    match = getattr(request, "resolver_match", None)
    if match is None:
        return ""
    return SECTIONS.get(match.url_name) or ("portfolio" if "key" in match.kwargs else match.url_name or "")


def places(user: User, section: str) -> Iterator[Place]:
    """Only what this person can use: a link that always answers 403 teaches nothing."""
    return offered(
        section,
        ("home", _("My work"), True),
        ("portfolio", _("Projects"), True),
        ("desk", _("Reviews"), user.is_architect or user.is_lead),
        ("service_requests", _("Service requests"), user.is_engineer or not user.staff_roles),
        ("numbers", _("Numbers"), user.is_lead or user.is_administrator),
        ("search", _("Search"), True),
    )


def menu(user: User, section: str) -> Iterator[Place]:
    return offered(
        section,
        ("account", _("Account"), True),
        ("people_and_organisations", _("People and organisations"), user.is_org_admin or user.is_administrator),
        ("methodologies", _("Methodologies"), user.is_org_admin),
        ("dead_letters", _("Dead letters"), user.is_administrator),
        ("admin:index", _("Administration"), user.is_administrator),
    )


def offered(section: str, *offers: tuple[str, str, bool]) -> Iterator[Place]:
    for name, label, wanted in offers:
        url = url_or_none(name) if wanted else None
        if url:
            yield Place(label, url, name == section, KEYS.get(name, ""))


def url_or_none(name: str, **kwargs: str) -> str | None:
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return None


def demo_people() -> list[User]:
    return list(User.objects.filter(is_active=True).select_related("organisation").order_by("pk")[:DEMO_PEOPLE])


def zone_words() -> str:
    """`Europe/Oslo (UTC+1)`: the zone every time on the page is told in."""
    offset = timezone.localtime().strftime("%z")
    hours, minutes = int(offset[:3]), offset[3:5]
    return f"{timezone.get_current_timezone_name()} (UTC{hours:+d}{'' if minutes == '00' else ':' + minutes})"
