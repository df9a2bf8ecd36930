import socket
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller
from django.db import transaction

from golive.letters.actions import send_letter
from golive.letters.content import letter
from golive.letters.models import LetterRow
from golive.outbox.drain import drain
from tests.builders import make_user

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
GUIDANCE, SECURITY = "request_commented", "request_denied"


def words_of(key: str) -> dict[str, str]:
    """Some word for each placeholder of a letter."""
    return {name: f"the {name}" for name in letter(key).words | letter(key).optional}


NO_CHECKS: dict = {}


@pytest.fixture(autouse=True)
def _asks_the_account_alone(settings):
    """Here letters stand for any letter: what a slice asks of its own is proved beside the slice."""
    settings.LETTER_CHECKS = "tests.letters.conftest.NO_CHECKS"


class Server:
    """A mail server that answers by script: one verb a message, then it accepts. Remembers what it took."""

    def __init__(self) -> None:
        self.script: list[str] = []
        self.took: list[str] = []
        self.recipients: dict[str, str] = {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.recipients:
            return self.recipients[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        verb = self.script.pop(0) if self.script else "accept"
        if verb[:3].isdigit():
            return verb
        self.took.append(envelope.content.decode())
        if verb == "drop":
            server.transport.abort()
        return "250 OK"


@pytest.fixture
def server(settings):
    script = Server()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(script, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield script
    controller.stop(no_assert=True)


@pytest.fixture(autouse=True)
def no_celery(settings):
    settings.REDIS_URL = ""


@pytest.fixture
def write(db):
    """Queues one letter."""

    def write(key: str = SECURITY, *, to=None, matter: str = "project:HALD-7Q2", cycle: str = "", url: str = "") -> int:
        people = to if to is not None else [make_user()]
        with transaction.atomic():
            return send_letter(key, to=people, words=words_of(key), matter=matter, cycle=cycle, url=url, at=MORNING)

    return write


@pytest.fixture
def deliver():
    """Drains at a moment after the letters were queued."""

    def deliver(after: timedelta = timedelta()) -> int:
        return drain(now=MORNING + after)

    return deliver


def only_row() -> LetterRow:
    return LetterRow.objects.get()
