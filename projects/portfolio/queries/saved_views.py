"""The filters that somebody keeps: their own and nobody else's."""

from django.db.models import QuerySet

from golive.accounts.models import User
from projects.portfolio.models.keeping import SavedView
from projects.portfolio.rules.saved_views import ViewFacts


def views_of(user: User) -> QuerySet[SavedView]:
    return SavedView.objects.filter(user=user).order_by("name", "pk")


def view_facts(user: User, *, name: str, query: str = "", but: SavedView | None = None) -> ViewFacts:
    """`but`: the view that is renamed, which does not stand in its own way."""
    names = dict(views_of(user).values_list("pk", "name"))
    taken = any(kept.casefold() == name.casefold() for pk, kept in names.items() if but is None or pk != but.pk)
    return ViewFacts(count=len(names), taken=taken, length=len(query))
