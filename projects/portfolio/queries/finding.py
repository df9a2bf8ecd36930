"""What a search finds of projects and people, among those that the asker may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from golive.accounts.models import PersonWord, User
from golive.accounts.queries import people_for, person_of
from golive.accounts.rules import leads_people_of
from golive.core.folding import begins
from golive.core.found import Found
from projects.portfolio.models.keeping import ProjectWord
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project, ProjectQuerySet
from projects.portfolio.states import ProjectState


@dataclass(frozen=True)
class Place:
    """A project on which somebody is found, and the page of it that shows them."""

    page: str
    key: str
    name: str


def has_words(words: Iterable[str], *, of: str = "pk") -> Q:
    """Each word begins a word of the project that stands in `of`. Looked up by word: a rare one is found at once."""
    found = Q()
    for word in words:
        found &= Q(**{f"{of}__in": ProjectWord.objects.filter(begins("word", word)).values("project")})
    return found


def projects_found(person: User, words: list[str], limit: int) -> list[Found]:
    """By the words of name, key, customer and partner."""
    rows = Project.objects.visible_to(person).filter(has_words(words)).select_related("customer")
    return [
        Found(project.name, reverse("project", kwargs={"key": project.key}), _told(project), project.name, project.key)
        for project in rows.order_by("name", "pk")[:limit]
    ]


def _told(project: Project) -> str:
    state = "" if project.state == ProjectState.ACTIVE else f" · {ProjectState(project.state).label}"
    return f"{project.key} · {project.customer.name}{state}"


def people_found(person: User, words: list[str], limit: int) -> list[Found]:
    """By the words of name and address: colleagues, people of projects that the asker sees, and those looked after."""
    seen, own = Project.objects.visible_to(person), person.organisation_id
    shared = Exists(Membership.objects.filter(user=OuterRef("pk"), project__in=seen))
    known = Q(organisation=own) | shared | Exists(seen.filter(architect=OuterRef("pk")))
    people = User.objects.filter(Q(known, is_active=True, disabled_at=None) | Q(pk__in=people_for(person)))
    for word in words:
        people = people.filter(pk__in=PersonWord.objects.filter(begins("word", word)).values("user"))
    found = list(people.select_related("organisation").order_by("name", "pk")[:limit])
    places = _places_of(found, seen)
    asker = person_of(person)
    return [
        _found_person(one, places[one.pk], looked_after=leads_people_of(asker, one.organisation_id)) for one in found
    ]


def _places_of(people: list[User], seen: ProjectQuerySet) -> dict[int, Place | None]:
    """Of each the newest project that the asker sees them on, else the newest that they are the architect of."""
    member = Membership.objects.filter(user=OuterRef("pk"), project__in=seen).order_by("-project_id")
    architect = seen.filter(architect=OuterRef("pk")).order_by("-pk")
    rows = User.objects.filter(pk__in=[one.pk for one in people]).annotate(
        member_key=Subquery(member.values("project__key")[:1]),
        member_name=Subquery(member.values("project__name")[:1]),
        architect_key=Subquery(architect.values("key")[:1]),
        architect_name=Subquery(architect.values("name")[:1]),
    )
    return {row.pk: _place(row) for row in rows}


def _place(row: Any) -> Place | None:
    if row.member_key:
        return Place("people", row.member_key, row.member_name)
    return Place("project", row.architect_key, row.architect_name) if row.architect_key else None


def _found_person(one: User, place: Place | None, *, looked_after: bool) -> Found:
    url = reverse(place.page, kwargs={"key": place.key}) if place else ""
    return Found(
        text=one.name,
        url=reverse("person", kwargs={"uid": one.uid}) if looked_after else url,
        detail=one.organisation.name,
        project=place.name if place else "",
        key=place.key if place else "",
    )
