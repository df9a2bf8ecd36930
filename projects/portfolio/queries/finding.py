"""What a search finds of projects and people, among those that the asker may see."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from golive.accounts.models import PersonWord, User
from golive.accounts.queries import people_for, person_of
from golive.accounts.rules import leads_people_of
from golive.core.folding import begins
from golive.core.found import Found
from projects.portfolio.models.keeping import ProjectWord
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.queries.seeing import Sight
from projects.portfolio.states import ProjectState


@dataclass(frozen=True)
class Place:
    """A project on which somebody is found, and the page of it that shows them."""

    page: str
    key: str
    name: str


def has_words(words: Iterable[str], *, of: str = "pk", among: Collection[int] | None = None) -> Q:
    """Each word begins a word of the project that stands in `of`, one of the few `among` when they are known."""
    found = Q()
    for word in words:
        found &= Q(**{f"{of}__in": ids_by_word(word, among=among)})
    return found


def ids_by_word(word: str, *, among: Collection[int] | None = None) -> QuerySet[ProjectWord, Any]:
    """Looked up by word, so that a rare one is found at once. Each id once: else PostgreSQL may rather walk through all
    projects by name and ask each for its words, far down to the first that has this one."""
    there = Q() if among is None else Q(project__in=among)
    return ProjectWord.objects.filter(there, begins("word", word)).values("project").distinct()


def projects_found(sight: Sight, words: list[str], limit: int) -> list[Found]:
    """By the words of name, key, customer and partner."""
    rows = sight.projects.filter(has_words(words)).select_related("customer")
    return [
        Found(project.name, reverse("project", kwargs={"key": project.key}), _told(project), project.name, project.key)
        for project in rows.order_by("name", "pk")[:limit]
    ]


def _told(project: Project) -> str:
    state = "" if project.state == ProjectState.ACTIVE else f" · {ProjectState(project.state).label}"
    return f"{project.key} · {project.customer.name}{state}"


def people_found(sight: Sight, words: list[str], limit: int) -> list[Found]:
    """By the words of name and address: colleagues, people of projects that the asker sees, and those looked after."""
    asker = sight.person
    shared = Exists(Membership.objects.filter(sight.holds("project"), user=OuterRef("pk")))
    known = Q(organisation=asker.organisation_id) | shared | Exists(sight.walked.filter(architect=OuterRef("pk")))
    people = User.objects.filter(Q(known, is_active=True, disabled_at=None) | Q(pk__in=people_for(asker)))
    for word in words:
        people = people.filter(pk__in=PersonWord.objects.filter(begins("word", word)).values("user"))
    first = people.order_by("name", "pk").values("pk")[:limit]
    rows = _with_places(User.objects.filter(pk__in=first), sight).select_related("organisation").order_by("name", "pk")
    looks_after = person_of(asker)
    return [
        _found_person(row, _place(row), looked_after=leads_people_of(looks_after, row.organisation_id)) for row in rows
    ]


def _with_places(people: QuerySet[User], sight: Sight) -> QuerySet[Any]:
    """Of each the newest project that the asker sees them on, and the newest that they are the architect of."""
    member = Membership.objects.filter(sight.holds("project"), user=OuterRef("pk")).order_by("-project_id")
    architect = sight.walked.filter(architect=OuterRef("pk")).order_by("-pk")
    return people.annotate(
        member_key=Subquery(member.values("project__key")[:1]),
        member_name=Subquery(member.values("project__name")[:1]),
        architect_key=Subquery(architect.values("key")[:1]),
        architect_name=Subquery(architect.values("name")[:1]),
    )


def _place(row: Any) -> Place | None:
    """One that they are on goes before one that they are the architect of."""
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
