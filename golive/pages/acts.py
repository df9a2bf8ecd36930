"""An act of the history in words. The history holds ids and codes; words are made where it is read."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from golive.audit.models import AuditRow
from golive.pages.dates import day_words
from projects.portfolio.states import Milestone

MOST = 120
TELLING = {"step", "phase", "answer", "round", "view"}
OPAQUE = re.compile(r"[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f-]{27}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
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
    before, after = row.before or {}, row.after or {}
    return ActLine(
        seq=row.seq,
        at=row.at,
        by=row.actor.name if row.actor else _("the system"),
        act=row.act,
        words=act_words(row.act),
        object=object_words(row.object, after, people or {}),
        changes=tuple(changes_of(before, after)),
        hash=f"{row.hash[:4]} {row.hash[4:8]}",
        icon=ICONS.get(row.act.rpartition(".")[2], "check"),
    )


def object_words(obj: str, after: Mapping[str, Any], people: Mapping[str, str]) -> str:
    """`step:T03` is T03; a person is named while they are on the project; what the act says already is not repeated."""
    kind, _colon, name = obj.partition(":")
    if kind == "user":
        return people.get(name, "")
    if kind == "milestonemove":
        return str(dict(Milestone.choices).get(after.get("milestone", ""), ""))
    return name.replace("_", " ") if kind in TELLING else ""


def changes_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    names = [*after, *(name for name in before if name not in after)]
    changes = [Change(name.replace("_", " "), plain(before.get(name)), plain(after.get(name))) for name in names]
    return [change for change in changes if (change.before or change.after) and change.name != "milestone"]


def plain(value: Any) -> str:
    """One value of the record in a few words: a digest or an id by its first signs, a long list cut."""
    if value in (None, "", [], {}, False):
        return ""
    if value is True:
        return _("yes")
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        value = ", ".join(str(one) for one in value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if DAY.fullmatch(text):
        return day_words(date.fromisoformat(text))
    if OPAQUE.fullmatch(text):
        return f"{text[:8]}…"
    text = text.replace("_", " ")
    return text if len(text) <= MOST else text[: MOST - 1] + "…"
