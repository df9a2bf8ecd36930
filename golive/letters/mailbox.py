"""Handing a letter to the mail server, and what is known afterwards: sent, refused, not yet, or doubtful."""

import smtplib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

TOTAL = 60  # seconds for one whole talk: half the lease


class Answer(Enum):
    SENT = "sent"
    REFUSED = "refused"  # for good: this recipient will not have it
    NOT_YET = "not yet"  # it certainly did not arrive
    DOUBTFUL = "doubtful"  # it was given away and the server did not say what it did with it


@dataclass(frozen=True)
class Outcome:
    answer: Answer
    reason: str = ""


class PatientSMTP(smtplib.SMTP):
    """Every answer within `timeout`, the whole talk within TOTAL, however slowly the server drips its bytes."""

    def __init__(self, *args, **kwargs) -> None:
        self.ends_at = time.monotonic() + TOTAL
        super().__init__(*args, **kwargs)

    def getreply(self) -> tuple[int, bytes]:
        seconds = max(0.1, min(self.timeout or TOTAL, self.ends_at - time.monotonic()))
        with cut_after(seconds, self.sock):
            return super().getreply()


class PatientSMTPS(PatientSMTP, smtplib.SMTP_SSL):
    pass


class PatientBackend(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return PatientSMTPS if self.use_ssl else PatientSMTP


@contextmanager
def cut_after(seconds: float, sock: socket.socket | None) -> Iterator[None]:
    def cut() -> None:
        with suppress(OSError):
            if sock:
                sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut) if sock else None
    if timer:
        timer.daemon = True
        timer.start()
    try:
        yield
    finally:
        if timer:
            timer.cancel()


def hand_over(message: EmailMessage) -> Outcome:
    backend = get_connection()
    try:
        if isinstance(backend, EmailBackend):
            return talk(message, PatientBackend(timeout=settings.EMAIL_TIMEOUT))
        backend.send_messages([message])
    except OSError as error:  # the folder of the file backend
        return Outcome(Answer.NOT_YET, words(error))
    except ValueError as error:  # an address that no mail can carry; nothing was given away yet
        return Outcome(Answer.REFUSED, words(error))
    return Outcome(Answer.SENT)


def talk(message: EmailMessage, backend: PatientBackend) -> Outcome:
    try:
        backend.open()
        envelope(message, backend.connection)
    except smtplib.SMTPRecipientsRefused as error:
        return refusal(*next(iter(error.recipients.values())))
    except (smtplib.SMTPException, OSError) as error:  # before the content was given: nothing can have arrived
        close(backend)
        return Outcome(Answer.NOT_YET, words(error))
    try:
        return content(message, backend.connection)
    except smtplib.SMTPDataError as error:
        return refusal(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        return Outcome(Answer.DOUBTFUL, words(error))
    finally:
        close(backend)


def envelope(message: EmailMessage, smtp: Any) -> None:
    smtp.ehlo_or_helo_if_needed()
    code, reply = smtp.mail(sanitize_address(message.from_email, "utf-8"))
    if code != 250:
        raise smtplib.SMTPSenderRefused(code, reply, message.from_email)
    [recipient] = message.recipients()
    address = sanitize_address(recipient, "utf-8")
    code, reply = smtp.rcpt(address)
    if code not in {250, 251}:
        raise smtplib.SMTPRecipientsRefused({address: (code, reply)})


def content(message: EmailMessage, smtp: Any) -> Outcome:
    mail: Any = message.message()
    code, reply = smtp.data(mail.as_bytes(linesep="\r\n"))
    return Outcome(Answer.SENT) if code == 250 else refusal(code, reply)


def refusal(code: int, reply: bytes | str) -> Outcome:
    """5xx is for good; 4xx, and an answer that no server should give, is tried again."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else str(reply)
    answer = Answer.REFUSED if 500 <= code < 600 else Answer.NOT_YET
    return Outcome(answer, f"{code} {' '.join(text.split())}"[:300])


def words(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:300]


def close(backend: PatientBackend) -> None:
    """Without QUIT: a hung server would make us wait once more."""
    if backend.connection is not None:
        backend.connection.close()
        backend.connection = None
