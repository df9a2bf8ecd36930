"""How the projects that somebody sees are asked for, so that it is as quick for who sees ten thousand as for who sees
three."""

from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from golive.accounts.models import User
from projects.portfolio.models.project import Project, ProjectQuerySet, sees_all, sight_of, ways_to_see

FEW = 200  # so many are gone through one by one; beyond, rows are walked in their own order and each is asked


class Sight:
    """Of one person, for one page: few projects are picked out, of many each is asked when it is met."""

    def __init__(self, person: User) -> None:
        self.person = person
        self.everything = sees_all(person)

    @cached_property
    def few(self) -> bool:
        """Counted no further than FEW, once for each way in which a project is seen."""
        return not self.everything and self._picked()[: FEW + 1].count() <= FEW

    def _picked(self) -> QuerySet[Project, Any]:
        """Each way by its own index: asked for all ways at once, a database reads all projects of the programme."""
        ways = [Project.objects.filter(way).order_by().values("pk") for way in ways_to_see(self.person)]
        return ways[0].union(*ways[1:], all=True)

    @property
    def projects(self) -> ProjectQuerySet:
        """To be picked by what else is asked of them: words."""
        if self.few:
            return Project.objects.filter(pk__in=self._picked())
        return Project.objects.visible_to(self.person)

    @property
    def walked(self) -> ProjectQuerySet:
        """To be met one after the other, until enough are."""
        return self.projects if self.few else Project.objects.filter(sight_of(self.person, walked=True))

    def holds(self, field: str) -> Q:
        """The project that stands in `field` is seen."""
        if self.everything:
            return Q()
        if self.few:
            return Q(**{f"{field}__in": self._picked()})
        return Q(Exists(self.walked.filter(pk=OuterRef(field))))
