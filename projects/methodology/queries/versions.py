"""Which methodology a version names: one that we supply, or one that an organisation published."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.core.catalogue import load_toml
from projects.methodology.models.custom import CustomMethodology, CustomVersion
from projects.methodology.rules.catalogue import (
    FOLDER,
    Methodology,
    is_supplied,
    methodology,
    parse_methodology,
    supplied_versions,
)
from projects.methodology.rules.custom import VersionFacts

KEPT = 200  # a version never changes: reading it once a process is enough


def texts_of(version: str) -> Methodology:
    """The texts that a project pins; a version that is no more is a KeyError."""
    return methodology(version) if is_supplied(version) else _custom(version)


@lru_cache(maxsize=KEPT)
def _custom(version: str) -> Methodology:
    row = CustomVersion.objects.filter(uid=version).first()
    if row is None:
        raise KeyError(version)
    return parse_methodology(json.loads(row.content), version=version, digest=row.sha256, path=Path(version))


def content_of(version: str) -> dict[str, Any]:
    """The phases, steps and milestones of a version as they are stored, to begin an own one from."""
    if is_supplied(version):
        return load_toml(FOLDER / version / "methodology.toml")
    row = _row_of(version)
    if row is None:
        raise KeyError(version)
    content: dict[str, Any] = json.loads(row.content)
    return content


def version_facts(version: str) -> VersionFacts:
    if is_supplied(version):
        return VersionFacts(known=True)
    row = _row_of(version)
    if row is None:
        return VersionFacts(known=False)
    mine = row.methodology
    return VersionFacts(known=True, organisation=mine.organisation_id, retired=mine.retired_at is not None)


def methodologies_of(user: User) -> QuerySet[CustomMethodology]:
    """Of one's organisation, with what is published of each, newest first."""
    versions = Prefetch("versions", CustomVersion.objects.defer("content").select_related("published_by"))
    mine = CustomMethodology.objects.visible_to(user).select_related("changed_by")
    return mine.defer("draft").prefetch_related(versions)


def version_choices(user: User, *, retired: bool = False) -> list[tuple[str, str]]:
    """What a new project, or a new methodology, may begin with: the supplied ones, newest first, then one's own."""
    found = [(version, supplied_words(version)) for version in reversed(supplied_versions())]
    mine = [one for one in methodologies_of(user) if retired or one.retired_at is None]
    return found + [(str(v.uid), version_words(one, v.number)) for one in mine for v in one.versions.all()]


def supplied_words(version: str) -> str:
    return _("Supplied, %(version)s") % {"version": version}


def version_words(mine: CustomMethodology, number: int) -> str:
    return _("%(name)s, version %(number)d") % {"name": mine.name, "number": number}


def _row_of(version: str) -> CustomVersion | None:
    try:
        uid = UUID(version)
    except ValueError:
        return None
    return CustomVersion.objects.select_related("methodology").filter(uid=uid).first()
