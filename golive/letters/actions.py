"""Write letters in the transaction of the act; the outbox delivers them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction

from golive.audit.actions import record
from golive.core.decision import require
from golive.core.ids import uuid7
from golive.letters.content import Letter, letter
from golive.letters.models import LetterRow, LetterState
from golive.letters.rules import may_settle_letter
from golive.outbox.actions import announce
from golive.outbox.models import Priority

KIND = "letter.queued"
PRIORITIES = {"security": Priority.SECURITY, "guidance": Priority.GUIDANCE}


class Addressee(Protocol):
    @property
    def email(self) -> str: ...

    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Guest:
    """Somebody without an account: an invited address, a mailbox."""

    email: str
    name: str = ""


def golive_mailbox() -> Guest:
    """The mailbox of the go-live review, as it is configured."""
    name, address = parseaddr(settings.GOLIVE_MAILBOX)
    return Guest(address, name)


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
        urgency = PRIORITIES[kind.delivery_class]
        announce(KIND, row, after=str(row.uid), priority=urgency, not_before=at, letter=key)
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


def drop_letters(matter: str, *, because: str) -> int:
    """What waits about a matter is not sent any more; what the mail server may have taken already is left alone."""
    waiting = LetterRow.objects.filter(matter=matter, state=LetterState.QUEUED, handed_at=None)
    return waiting.update(state=LetterState.SKIPPED, skipped_because=because, url="")


@transaction.atomic
def send_again(row: LetterRow, *, by: Any, at: datetime) -> LetterRow:
    """A person decided: it goes out once more, under the same Message-ID, with 48 hours anew."""
    row = locked(row, by)
    before = {"state": row.state}
    row.twins += row.state == LetterState.UNKNOWN
    row.state, row.handed_at, row.reason, row.queued_at = LetterState.QUEUED, None, "", at
    row.save(update_fields=["state", "handed_at", "reason", "queued_at", "twins"])
    audit = record("site", by, "letter.sent_again", row, at=at, before=before, after={"state": row.state})
    announce(KIND, row, after=audit, priority=PRIORITIES[row.delivery_class], not_before=at, letter=row.letter)
    return row


@transaction.atomic
def leave_letter(row: LetterRow, *, by: Any, at: datetime) -> LetterRow:
    """A person decided: nothing more is done about it. It stays unknown or failed, as it is."""
    row = locked(row, by)
    row.settled_at = at
    row.save(update_fields=["settled_at"])
    record("site", by, "letter.left", row, at=at, before={"state": row.state}, after={"state": row.state})
    return row


def locked(row: LetterRow, by: Any) -> LetterRow:
    row = LetterRow.objects.select_for_update().get(pk=row.pk)
    require(may_settle_letter(by, row.state, row.settled_at is not None))
    return row
