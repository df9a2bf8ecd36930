"""What a search finds of steps: by the names that stand in the version which each project pins."""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from golive.core.folding import words_in
from golive.core.found import Found
from projects.methodology.models.course import Phase, Step
from projects.methodology.models.custom import CustomVersion
from projects.methodology.queries.versions import KEPT, texts_of
from projects.methodology.rules.catalogue import is_supplied, supplied_versions
from projects.portfolio.queries.finding import has_words
from projects.portfolio.queries.seeing import Sight

LOOKED_INTO = 100  # projects, by name: every one of them has nearly the same steps
EVERYWHERE = ~Q(pk__in=[])
Parts = dict[tuple[str, ...], dict[str, list[str]]]  # words left for the project's name: version: keys of steps


def steps_found(sight: Sight, words: list[str], limit: int) -> list[Found]:
    """Each word begins one of the step's name, or else one of its project; at least one is the step's."""
    parts = _parted([*supplied_versions(), *_own_versions(sight)], words)
    if not parts:
        return []
    projects = {pk: (key, name) for pk, key, name in _projects(sight, parts)}
    rows = Step.objects.filter(_steps_of(parts, projects.keys()), project__in=projects.keys(), applies=True)
    rows = rows.select_related("phase").order_by("project__name", "project_id", "phase__position", "position")
    return [_step(row, *projects[row.project_id]) for row in rows[:limit]]


def _own_versions(sight: Sight) -> list[str]:
    """Published by an organisation that has a project in sight: the newest, as many as a process keeps read."""
    seen, organisation = sight.walked, OuterRef("methodology__organisation")
    if sight.few:
        sides = Q(methodology__organisation__in=seen.values("customer"))
        sides |= Q(methodology__organisation__in=seen.values("partner"))
    else:  # each side by its own index: asked for both at once, a database goes through all that is seen
        sides = Q(Exists(seen.filter(customer=organisation))) | Q(Exists(seen.filter(partner=organisation)))
    versions = CustomVersion.objects.filter(sides).order_by("-pk")
    return [str(uid) for uid in versions.values_list("uid", flat=True)[:KEPT]]


def _parted(versions: list[str], words: list[str]) -> Parts:
    """Of each version the steps that take the most of the words; a version that nobody sees changes no other's."""
    parts: Parts = {}
    for version in versions:
        left = list(_left_by_steps(version, words))
        least = min((len(rest) for _key, rest in left), default=len(words))
        for key, rest in left:
            if len(rest) == least < len(words):
                parts.setdefault(rest, {}).setdefault(version, []).append(key)
    return parts


def _left_by_steps(version: str, words: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, own in _words_of_steps(version):
        yield key, tuple(word for word in words if not any(each.startswith(word) for each in own))


@lru_cache(maxsize=KEPT)
def _words_of_steps(version: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((step.id, tuple(words_in(step.name, step.id))) for step in texts_of(version).steps)


def _projects(sight: Sight, parts: Parts) -> Iterable[tuple[int, str, str]]:
    """Where to look: a supplied version may be anybody's, one of an organisation's own is looked up."""
    wanted = Q()
    for rest, versions in parts.items():
        here = has_words(rest) if rest else EVERYWHERE
        if not any(is_supplied(version) for version in versions):
            here &= Q(pk__in=Phase.objects.filter(catalogue__in=versions).values("project"))
        wanted |= here
    return sight.projects.filter(wanted).order_by("name", "pk").values_list("pk", "key", "name")[:LOOKED_INTO]


def _steps_of(parts: Parts, projects: Collection[int]) -> Q:
    wanted = Q()
    for rest, versions in parts.items():
        steps = Q()
        for version, keys in versions.items():
            steps |= Q(phase__catalogue=version, key__in=keys)
        wanted |= steps & has_words(rest, of="project", among=projects)
    return wanted


def _step(row: Step, key: str, project: str) -> Found:
    texts = texts_of(row.phase.catalogue)
    return Found(
        text=texts.step(row.key).name,
        url=f"{reverse('methodology', kwargs={'key': key})}#{row.key}",
        detail=f"{row.key} · {texts.phase(row.phase.key).name}",
        project=project,
        key=key,
    )
