"""Content files: load a TOML file, hold it to its keys, hash a published folder. A complaint names file and key."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


class CatalogueError(ValueError):
    """A content file breaks its format. Found when the process starts, never while somebody waits."""

    def __init__(self, file: str | Path, key: str, problem: str) -> None:
        self.file, self.key, self.problem = Path(file).name, key, problem
        super().__init__(f"{self.file}: {key}: {problem}")


def load_toml(path: str | Path) -> dict[str, Any]:
    try:
        return tomllib.loads(Path(path).read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(path, "-", str(error)) from error


def folder_hash(path: str | Path) -> str:
    """sha256 over every file of a folder, by name. Line ends count as written by a checkout on any system."""
    folder, digest = Path(path), hashlib.sha256()
    files = sorted((file.relative_to(folder).as_posix(), file) for file in folder.rglob("*") if file.is_file())
    if not files:
        raise CatalogueError(path, "-", "no files in this folder")
    for name, file in files:
        content = file.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


Kinds = type | tuple[type, ...]


def check_keys(
    table: Any,
    *,
    file: str | Path,
    at: str,
    required: Mapping[str, Kinds],
    optional: Mapping[str, Kinds] | None = None,
) -> Mapping[str, Any]:
    """The table itself, once every key is known, of the right kind, and none is missing or empty."""
    if not isinstance(table, Mapping):
        raise CatalogueError(file, at, "a table is expected")
    known = {**required, **(optional or {})}
    for key in sorted(set(table) - set(known)):
        raise CatalogueError(file, f"{at}.{key}", "unknown key")
    for key in sorted(set(required) - set(table)):
        raise CatalogueError(file, f"{at}.{key}", "is missing")
    for key, value in table.items():
        _check_kind(value, known[key], file=file, at=f"{at}.{key}")
    return table


def _check_kind(value: Any, kinds: Kinds, *, file: str | Path, at: str) -> None:
    allowed = kinds if isinstance(kinds, tuple) else (kinds,)
    # In Python True is a number; in a content file it never is one.
    if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
        raise CatalogueError(file, at, f"{' or '.join(kind.__name__ for kind in allowed)} is expected")
    if isinstance(value, str | list) and not value:
        raise CatalogueError(file, at, "is empty")
    if isinstance(value, list) and not all(isinstance(entry, str | Mapping) for entry in value):
        raise CatalogueError(file, at, "a list of texts or tables is expected")


def check_choice(value: str, choices: Iterable[str], *, file: str | Path, at: str) -> str:
    if value not in set(choices):
        raise CatalogueError(file, at, f"{value!r} is not one of {', '.join(sorted(choices))}")
    return value


def check_unique(ids: Iterable[str], *, file: str | Path, at: str) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise CatalogueError(file, at, f"{one!r} stands there twice")
        seen.add(one)
