"""Which calendars a person has private addresses of, and whose calendar an address is."""

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from golive.accounts.backends import may_enter
from golive.accounts.models import User
from golive.accounts.secrets import TOKEN_PREFIX, digest_of
from projects.plan.models.feeds import CalendarFeed
from projects.plan.rules.feeds import FeedFacts
from projects.portfolio.models.milestones import MilestoneMove, RolloutMilestone
from projects.portfolio.models.project import Project

LONGEST = 100


def feeds_of(user: User) -> QuerySet[CalendarFeed]:
    """The addresses that still answer, the person's own first."""
    live = CalendarFeed.objects.filter(user=user, revoked_at=None).select_related("project")
    return live.order_by("project__name", "pk")


def feed_facts(user: User, project: Project | None) -> FeedFacts:
    lives = CalendarFeed.objects.filter(user=user, project=project, revoked_at=None).exists()
    return FeedFacts(lives=lives, archived=bool(project and project.archived_at))


def feed_of(secret: str) -> CalendarFeed | None:
    """Asked anew at every read: the address stands, its person may enter and still sees the project."""
    if len(secret) > LONGEST or not secret.startswith(TOKEN_PREFIX):
        return None
    live = CalendarFeed.objects.filter(digest=digest_of(secret), revoked_at=None)
    feed = live.select_related("user__organisation", "project__standing", "project__facts").first()
    if feed is None or not may_enter(feed.user):
        return None
    return feed if feed.project is None or _is_open(feed.user, feed.project) else None


def dated_milestones(projects: QuerySet[Project]) -> QuerySet[RolloutMilestone]:
    """The dates of many projects in one query, each with how often it was changed after it was first set."""
    moves = MilestoneMove.objects.filter(rollout=OuterRef("rollout"), milestone=OuterRef("milestone"))
    counted = moves.order_by().values("milestone").annotate(n=Count("pk")).values("n")
    rows = RolloutMilestone.objects.filter(rollout__project__in=projects, rollout__number=1)
    return (
        rows.annotate(changes=Coalesce(Subquery(counted), 1) - 1)
        .select_related("rollout__project")
        .order_by("day", "pk")
    )


def _is_open(user: User, project: Project) -> bool:
    return project.archived_at is None and Project.objects.visible_to(user).filter(pk=project.pk).exists()
