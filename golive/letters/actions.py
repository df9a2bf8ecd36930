"""Write letters in the transaction of the act; the outbox delivers them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Protocol

from django.conf import settings

from golive.core.ids import uuid7
from golive.letters.content import Letter, letter
from golive.letters.models import LetterRow
from golive.outbox.actions import announce
from golive.outbox.models import Priority

KIND = "letter.queued"
PRIORITIES = {"security": Priority.SECURITY, "guidance": Priority.GUIDANCE}


class Addressee(Protocol):
    email: str
    name: str


@dataclass(frozen=True)
class Guest:
    """Somebody without an account yet: an invited address."""

    email: str
    name: str = ""


def send_letter(
    key: str,
    *,
    to: Iterable[Addressee],
    words: Mapping[str, str],
    matter: str,
    cycle: str = "",
    url: str = "",
    at: datetime,
) -> int:
    """Queue one letter for each person, once for this matter and cycle; tells how many are new.

    `to` takes users and, for people without an account, `Guest(email, name)`. `url` is the whole address.
    """
    kind = letter(key)
    wanted = words_for(kind, words)
    known = set(LetterRow.objects.filter(letter=key, matter=matter, cycle=cycle).values_list("address", flat=True))
    people = {person.email.lower(): person for person in to}
    fresh = [person for address, person in people.items() if address not in known]
    for person in fresh:
        row = queue(kind, person, wanted, matter=matter, cycle=cycle, url=url, at=at)
        announce(KIND, row, after=str(row.uid), priority=PRIORITIES[kind.delivery_class], letter=key)
    return len(fresh)


def words_for(kind: Letter, words: Mapping[str, str]) -> dict[str, str]:
    """Only what the text uses is kept: a letter's row is no second home for what people wrote."""
    wanted = {name: str(words[name]) for name in kind.words | kind.optional if words.get(name)}
    if missing := kind.words - set(wanted):
        raise ValueError(f"letter {kind.key!r} needs the words {sorted(missing)}")
    return wanted


def queue(
    kind: Letter, person: Addressee, words: dict[str, str], *, matter: str, cycle: str, url: str, at: datetime
) -> LetterRow:
    uid = uuid7()
    return LetterRow.objects.create(
        uid=uid,
        letter=kind.key,
        matter=matter,
        cycle=cycle,
        recipient_id=getattr(person, "pk", None),
        address=person.email.lower(),
        delivery_class=kind.delivery_class,
        words=words | {"name": person.name or person.email},
        url=url,
        message_id=f"<{uid}@{sending_domain()}>",
        queued_at=at,
    )


def sending_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
