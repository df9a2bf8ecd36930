"""Which methodology a version names: one that we supply, or one that an organisation published."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from projects.methodology.models.custom import CustomVersion
from projects.methodology.rules.catalogue import Methodology, is_supplied, methodology, parse_methodology

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
