"""The list of projects, page by page, at the same cost however many there are: one table, in the order of an index."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpRequest

from golive.accounts.models import Organisation, User
from golive.core.folding import begins, words_in
from golive.core.paging import after, page_of, size_of, values_in
from projects.portfolio.models.keeping import ProjectWord, SavedView
from projects.portfolio.models.project import Project, sight_of
from projects.portfolio.models.standing import NO_DAY, ProjectStanding
from projects.portfolio.queries import seeing
from projects.portfolio.queries.finding import ids_by_word
from projects.portfolio.queries.seeing import Sight
from projects.portfolio.rules.listing import UNDATED, Listing, days_of
from projects.portfolio.states import Product

PAGE = 50
MOST_WORDS, MOST_CHOICES = 6, 300
RELATED = ("project__customer", "project__partner", "project__architect")
ORDERS = {
    "": ("sort_day", "project_id"),
    "day": ("sort_day", "project_id"),
    "risk": ("-worst_risk", "sort_day", "project_id"),
    "name": ("project__name", "project_id"),
}
SAME = ("state", "phase", "infrastructure", "engagement_type", "waits_for")


@dataclass(frozen=True)
class Seen:
    """The standings of the projects that somebody sees; `few`: they are picked out one by one.

    `sorted_by_name`: the same, for words that pick some out before they are sorted. Asked one by one as they are met,
    PostgreSQL would walk through all names instead.
    """

    rows: QuerySet[ProjectStanding]
    sorted_by_name: QuerySet[ProjectStanding]
    few: bool = False


def project_list(request: HttpRequest, seen: Seen, asked: Listing, *, today: date) -> dict[str, Any]:
    """One page by keyset; the projects come with everything that a line of theirs shows."""
    key, rows = ORDERS[asked.sort], listed(seen, asked, today=today)
    if asked.sort == "name":
        rows = picked(rows, request, key, walk=meets_many(rows, seen, asked))
    page = page_of(rows.select_related(*RELATED), request, key=key, size=PAGE)
    return page | {"results": [row.project for row in page["results"]]}


def picked(
    rows: QuerySet[ProjectStanding], request: HttpRequest, key: Sequence[str], *, walk: bool
) -> QuerySet[ProjectStanding]:
    """Names are not the standing's own. Few are sorted, their ids alone; many are met on a walk through all names."""
    if cursor := request.GET.get("cursor", ""):
        rows = rows.filter(after(ProjectStanding, list(key), values_in(cursor, ProjectStanding, list(key))))
    if not walk:
        first = rows.order_by(*key).values("pk")[: size_of(request, PAGE) + 1]
        return ProjectStanding.objects.filter(pk__in=first)
    named = Project.objects.filter(Exists(rows.filter(project=OuterRef("pk")))).order_by("name", "pk")
    return ProjectStanding.objects.filter(pk__in=named.values("pk")[: size_of(request, PAGE) + 1])


def meets_many(rows: QuerySet[ProjectStanding], seen: Seen, asked: Listing) -> bool:
    """Counted up to a few more than FEW, unless that is known. What words find may stand far down among the names."""
    if seen.few or not asked.is_filtered:
        return not seen.few
    if asked.words:
        return False
    return rows[: seeing.FEW + 1].count() > seeing.FEW


def listed(seen: Seen, asked: Listing, *, today: date) -> QuerySet[ProjectStanding]:
    """The standings of what somebody sees and asks for, without an order."""
    by_name = asked.sort == "name"
    rows = seen.sorted_by_name if asked.words and by_name else seen.rows
    rows = rows.filter(archived=bool(asked.archived), **same(asked))
    rows = rows.filter(of_product(asked), of_days(asked, today=today))
    return with_words(rows, words_in(asked.words), few=seen.few, by_name=by_name) if asked.words else rows


def seen_by(user: User) -> Seen:
    """In the way that is quick for this person: all, few picked out, or many met on a walk through the order."""
    sight, rows = Sight(user), ProjectStanding.objects.all()
    if sight.everything:
        return Seen(rows, rows)
    if sight.few:
        own = rows.filter(sight.holds("project"))
        return Seen(own, own, few=True)
    met, picked_out = (rows.filter(sight_of(user, standing="", walked=walked)) for walked in (True, False))
    return Seen(met, picked_out)


def same(asked: Listing) -> dict[str, Any]:
    wanted: dict[str, Any] = {name: value for name in SAME if (value := getattr(asked, name))}
    if asked.risk:
        wanted["worst_risk"] = int(asked.risk)
    if asked.month:
        wanted["go_live_month"] = int(asked.month)
    if asked.partner:
        wanted["partner"] = Organisation.objects.filter(uid=asked.partner).values("pk")[:1]
    if asked.architect:
        wanted["architect"] = User.objects.filter(uid=asked.architect).values("pk")[:1]
    return wanted


def of_product(asked: Listing) -> Q:
    if not asked.product:
        return Q()
    return Q(has_fo=True) if asked.product == Product.FINANCE_OPERATIONS else Q(has_ce=True)


def of_days(asked: Listing, *, today: date) -> Q:
    first, last = days_of(asked, today=today)
    column = "go_live_on" if asked.wants_ended else "sort_day"
    wanted = Q(go_live_on=None) if asked.window == UNDATED else Q()
    if first:
        wanted &= Q(**{f"{column}__gte": first})
    if last:
        wanted &= Q(**{f"{column}__lte": last})
    elif first:
        wanted &= Q(**{f"{column}__lt": NO_DAY})
    return wanted


def with_words(
    rows: QuerySet[ProjectStanding], words: list[str], *, few: bool, by_name: bool
) -> QuerySet[ProjectStanding]:
    """Each word begins one of the project's. The rarest picks projects out, when they are few or are to be sorted."""
    if not words:
        return rows.none()
    words = words[:MOST_WORDS]
    met: Counter[str] = Counter() if few else how_often(words)
    rarest = min(words, key=lambda word: met[word])
    if not few and (by_name or met[rarest] <= seeing.FEW):
        rows = rows.filter(project__in=ids_by_word(rarest))
        words = [word for word in words if word != rarest]
    for word in words:
        rows = rows.filter(Exists(ProjectWord.objects.filter(begins("word", word), project=OuterRef("project_id"))))
    return rows


def how_often(words: list[str]) -> Counter[str]:
    """Up to a few more than FEW for each word, all in one query."""
    wanted = Q()
    for word in words:
        wanted |= Q(pk__in=ProjectWord.objects.filter(begins("word", word)).values("pk")[: seeing.FEW + 1])
    met: Counter[str] = Counter()
    for found in ProjectWord.objects.filter(wanted).values_list("word", flat=True):
        met.update(word for word in words if found.startswith(word))
    return met


def choices_of(user: User, seen: Seen) -> dict[str, list[tuple[str, str]]]:
    """What stands ready to be chosen, all in one query: partners and architects of projects that are seen, with their
    ids, and the person's own views with their addresses."""
    found: dict[str, list[tuple[str, str]]] = {"partner": [], "architect": [], "view": []}
    views = SavedView.objects.filter(user=user).order_by()
    kinds = (
        named(Organisation.objects.all(), "partner", seen),
        named(User.objects.all(), "architect", seen),
        views.annotate(what=Value("view"), said=F("query")).values_list("what", "name", "said"),
    )
    for what, name, said in kinds[0].union(*kinds[1:], all=True):
        found[what].append((said if what == "view" else str(UUID(said)), name))
    return {what: sorted(pairs, key=lambda one: one[1].casefold()) for what, pairs in found.items()}


def named(parties: QuerySet[Any], column: str, seen: Seen) -> QuerySet[Any, Any]:
    """A choice of more than so many is no choice; the search by words finds their projects."""
    there = Exists(seen.rows.filter(**{column: OuterRef("pk")}))
    known = parties.filter(Q(pk__in=seen.rows.values(column)) if seen.few else Q(there))
    first = parties.filter(pk__in=known.order_by("name").values("pk")[:MOST_CHOICES]).order_by()
    return first.annotate(what=Value(column), said=Cast("uid", CharField())).values_list("what", "name", "said")
