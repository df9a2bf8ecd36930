"""The catalogue of letters: one TOML file a letter, read once, its placeholders checked."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from golive.core.catalogue import load_toml

FOLDER = Path(__file__).parent / "catalogue"
CLASSES = {"security", "guidance"}
SENDERS = {"guidance", "review", "system"}
ALWAYS = {"name"}  # the recipient's own name, known for every letter
FIELDS = {"class", "sender", "audience", "subject", "body", "action", "words", "optional", "once"}


class BadLetter(Exception):
    """A file of the catalogue that must not be used, with what is wrong in it."""


@dataclass(frozen=True)
class Letter:
    key: str
    delivery_class: str
    sender: str
    audience: str
    subject: str
    body: tuple[str, ...]
    action: str
    words: frozenset[str]  # must be given
    optional: frozenset[str]  # may be missing or empty: their paragraph is then left out
    once: bool  # its address opens something by itself, so it is forgotten once the letter is gone

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.subject, *self.body, self.action)


def placeholders(text: str) -> set[str]:
    """The plain names in braces; anything cleverer (attributes, indexes, formats) is refused."""
    names = set()
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError as error:
        raise BadLetter(f"{error}: {text!r}") from error
    for _text, name, spec, conversion in parts:
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise BadLetter(f"only plain names may stand in braces: {text!r}")
        names.add(name)
    return names


def fill(text: str, words: Mapping[str, str]) -> str:
    return text.format_map({name: words.get(name, "") for name in placeholders(text)})


def load(path: Path) -> Letter:
    raw = load_toml(path)
    check_fields(path.stem, raw)
    letter = Letter(
        key=path.stem,
        delivery_class=raw["class"],
        sender=raw["sender"],
        audience=raw["audience"],
        subject=raw["subject"],
        body=tuple(raw["body"]),
        action=raw.get("action", ""),
        words=frozenset(raw.get("words", [])),
        optional=frozenset(raw.get("optional", [])),
        once=raw.get("once", False),
    )
    check_placeholders(letter)
    return letter


def check_fields(key: str, raw: Mapping[str, Any]) -> None:
    if unknown := set(raw) - FIELDS:
        raise BadLetter(f"{key}: unknown {sorted(unknown)}")
    if missing := {field for field in ("class", "sender", "audience", "subject", "body") if not raw.get(field)}:
        raise BadLetter(f"{key}: missing {sorted(missing)}")
    if raw["class"] not in CLASSES or raw["sender"] not in SENDERS:
        raise BadLetter(f"{key}: unknown class or sender")


def check_placeholders(letter: Letter) -> None:
    used = set().union(*(placeholders(text) for text in letter.texts))
    known = letter.words | letter.optional | ALWAYS
    if used - known:
        raise BadLetter(f"{letter.key}: nobody gives {sorted(used - known)}")
    if known - used - ALWAYS:
        raise BadLetter(f"{letter.key}: never used: {sorted(known - used - ALWAYS)}")
    if placeholders(letter.subject) & letter.optional:
        raise BadLetter(f"{letter.key}: the subject needs words that are always there")


@cache
def letters() -> Mapping[str, Letter]:
    return {path.stem: load(path) for path in sorted(FOLDER.glob("*.toml"))}


def letter(key: str) -> Letter:
    try:
        return letters()[key]
    except KeyError:
        raise BadLetter(f"there is no letter {key!r}") from None
