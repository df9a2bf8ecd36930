"""An act of the history in words. The history holds ids and codes; words are made where it is read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from golive.audit.models import AuditRow

MOST = 120
ICONS = {"denied": "stop", "reopened": "undo", "undone": "undo", "submitted": "seal", "moved": "flag", "removed": "no"}


@dataclass(frozen=True)
class Change:
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class ActLine:
    seq: int
    at: datetime
    by: str
    act: str
    words: str
    object: str
    changes: tuple[Change, ...]
    hash: str
    icon: str


def act_words(act: str) -> str:
    """`milestone.moved` as people read it."""
    if act == "denied":
        return _("Refused")
    return act.replace(".", " ").replace("_", " ").capitalize()


def act_line(row: AuditRow, people: Mapping[str, str] | None = None) -> ActLine:
    """`people`: names by uid, for objects that are people."""
    return ActLine(
        seq=row.seq,
        at=row.at,
        by=row.actor.name if row.actor else _("the system"),
        act=row.act,
        words=act_words(row.act),
        object=object_words(row.object, people or {}),
        changes=tuple(changes_of(row.before or {}, row.after or {})),
        hash=f"{row.hash[:4]} {row.hash[4:8]}",
        icon=ICONS.get(row.act.rpartition(".")[2], "check"),
    )


def object_words(obj: str, people: Mapping[str, str]) -> str:
    """`step:T03` is T03; a person is named while they are on the project; other rows are told by their kind."""
    kind, _colon, name = obj.partition(":")
    if kind == "user":
        return people.get(name, _("a person"))
    short = kind in {"step", "phase", "answer", "round", "view"}
    return name.replace("_", " ") if short else kind


def changes_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    names = [*after, *(name for name in before if name not in after)]
    return [Change(name.replace("_", " "), plain(before.get(name)), plain(after.get(name))) for name in names]


def plain(value: Any) -> str:
    """One value of the record, cut where a list grows long."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        value = ", ".join(str(one) for one in value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST else text[: MOST - 1] + "…"
