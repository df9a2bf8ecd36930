"""Deliver one letter to one recipient.

Exactly-once mail does not exist. Between the server's *250* and our commit a process may die, and a server may take a
letter without saying so. Then security and sign-off letters are sent again under the same Message-ID, and guidance is
marked unknown for a person to decide.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.utils.module_loading import import_string

from golive.core.failpoints import reach
from golive.letters.content import letter
from golive.letters.mailbox import Answer, Outcome, hand_over
from golive.letters.message import build, is_writable
from golive.letters.models import DeliveryClass, LetterRow, LetterState
from golive.outbox.job import Job, Later
from golive.outbox.reasons import scrub

GIVE_UP = timedelta(hours=48)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240))
DIED = "The worker was lost while the mail server was taking the letter."
UNWRITABLE = "No mail can be written to this address."

Check = Callable[[LetterRow], str]


def deliver(job: Job) -> None:
    row = LetterRow.objects.select_related("recipient").get(pk=job.payload["id"])
    if row.state != LetterState.QUEUED:
        return
    if why := unwanted(row):
        end(job, row, LetterState.SKIPPED, skipped_because=why)
    elif row.handed_at and row.delivery_class == DeliveryClass.GUIDANCE:
        end(job, row, LetterState.UNKNOWN, reason=DIED)
    elif not is_writable(row.address):
        end(job, row, LetterState.FAILED, reason=UNWRITABLE)
    else:
        send(job, row)


def unwanted(row: LetterRow) -> str:
    """Asked again at every try: people leave projects while their letters wait."""
    checks: Mapping[str, Check] = import_string(settings.LETTER_CHECKS)
    return checks.get(row.letter, recipient_is_active)(row)


def recipient_is_active(row: LetterRow) -> str:
    return "" if row.recipient is None or row.recipient.is_active else "inactive"


def send(job: Job, row: LetterRow) -> None:
    message = build(row)
    job.extend()
    # Committed before the talk: whoever comes after a crash must know that the letter may be out.
    again = 1 if row.handed_at else 0
    mine = LetterRow.objects.filter(pk=row.pk, state=LetterState.QUEUED)
    if not mine.update(handed_at=job.now, tries=F("tries") + 1, twins=F("twins") + again):
        return  # dropped a moment ago: its matter has ended
    outcome = hand_over(message)
    reach("letters.after_handover")
    conclude(job, row, outcome)


def conclude(job: Job, row: LetterRow, outcome: Outcome) -> None:
    reason = scrub(outcome.reason)
    if outcome.answer is Answer.SENT:
        end(job, row, LetterState.SENT, sent_at=job.now, reason="")
    elif outcome.answer is Answer.REFUSED:
        end(job, row, LetterState.FAILED, reason=reason)
    elif outcome.answer is Answer.DOUBTFUL and row.delivery_class == DeliveryClass.GUIDANCE:
        end(job, row, LetterState.UNKNOWN, reason=reason)
    elif job.now - row.queued_at >= GIVE_UP:
        end(job, row, LetterState.FAILED, reason=f"Not delivered within 48 hours. {reason}"[:300])
    else:
        wait(row, outcome, reason)


def wait(row: LetterRow, outcome: Outcome, reason: str) -> None:
    """What certainly did not arrive is no longer in doubt; what may have arrived stays marked."""
    marked = {} if outcome.answer is Answer.DOUBTFUL else {"handed_at": None}
    LetterRow.objects.filter(pk=row.pk, state=LetterState.QUEUED).update(reason=reason, **marked)
    raise Later(reason, wait=WAITS[min(row.tries, len(WAITS) - 1)])


def end(job: Job, row: LetterRow, state: LetterState, **columns: object) -> None:
    done = state in {LetterState.SENT, LetterState.SKIPPED}
    if done and letter(row.letter).once:
        columns["url"] = ""
    if done or state == LetterState.FAILED:
        columns["handed_at"] = None
    with job.finishing():
        LetterRow.objects.filter(pk=row.pk, state=LetterState.QUEUED).update(state=state, **columns)
