"""Keeping, renaming and deleting a filter of the list. The history holds ids: a name may say more than it should."""

from datetime import datetime

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from projects.portfolio.models.keeping import SavedView
from projects.portfolio.queries.saved_views import view_facts
from projects.portfolio.rules.listing import Listing
from projects.portfolio.rules.saved_views import may_rename_view, may_save_view

SITE = "site"


@transaction.atomic
def save_view(asked: Listing, *, name: str, by: User, at: datetime) -> SavedView:
    User.objects.select_for_update().get(pk=by.pk)
    require(may_save_view(view_facts(by, name=name, query=asked.query)))
    view = SavedView.objects.create(user=by, name=name, query=asked.query, created_at=at)
    record(SITE, by, "view.saved", view, at=at)
    return view


@transaction.atomic
def rename_view(view: SavedView, *, name: str, by: User, at: datetime) -> SavedView:
    User.objects.select_for_update().get(pk=by.pk)
    require(may_rename_view(view_facts(by, name=name, but=view)))
    if view.name != name:
        view.name = name
        view.save(update_fields=["name"])
        record(SITE, by, "view.renamed", view, at=at)
    return view


@transaction.atomic
def delete_view(view: SavedView, *, by: User, at: datetime) -> None:
    """Deleted twice is deleted once."""
    deleted, _rows = SavedView.objects.filter(pk=view.pk).delete()
    if deleted:
        record(SITE, by, "view.deleted", view, at=at)
