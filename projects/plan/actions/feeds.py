"""Making, revoking and reading a private address of a calendar."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from golive.accounts.models import User
from golive.accounts.secrets import TOKEN_PREFIX, digest_of, new_secret
from golive.audit.actions import record
from golive.core.decision import require
from projects.plan.models.feeds import CalendarFeed
from projects.plan.queries.feeds import feed_facts
from projects.plan.rules.feeds import may_make_feed
from projects.portfolio.models.project import Project

SITE = "site"
LAST_READ_EVERY = timedelta(hours=1)  # calendars ask often; when roughly is enough


@transaction.atomic
def make_feed(user: User, *, project: Project | None = None, at: datetime) -> tuple[CalendarFeed, str]:
    """The second value is the secret of the address: to be shown once, and kept nowhere."""
    User.objects.select_for_update().get(pk=user.pk)
    require(may_make_feed(feed_facts(user, project)), on=project)
    secret = new_secret(TOKEN_PREFIX)
    feed = CalendarFeed.objects.create(user=user, project=project, digest=digest_of(secret), created_at=at)
    record(_chain(feed), user, "calendar_feed.made", feed, at=at)
    return feed, secret


@transaction.atomic
def revoke_feed(feed: CalendarFeed, *, by: User, at: datetime) -> None:
    if CalendarFeed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=at):
        record(_chain(feed), by, "calendar_feed.revoked", feed, at=at)


def note_read(feed: CalendarFeed, *, at: datetime) -> None:
    """Written without the row in hand, so that two reads at once never undo each other."""
    old = Q(last_read_at=None) | Q(last_read_at__lt=at - LAST_READ_EVERY)
    CalendarFeed.objects.filter(old, pk=feed.pk).update(last_read_at=at)


def _chain(feed: CalendarFeed) -> str:
    return feed.project.chain if feed.project else SITE
