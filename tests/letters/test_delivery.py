import socket
import threading
import time
from datetime import timedelta

import pytest
from django.core import mail

from golive.letters import mailbox
from golive.letters.models import LetterRow
from golive.letters.queries import letters_in_doubt
from golive.outbox.drain import take
from golive.outbox.models import Outbox
from tests.builders import make_user
from tests.letters.conftest import GUIDANCE, MORNING, SECURITY, only_row

pytestmark = pytest.mark.django_db


def test_each_recipient_gets_the_letter_once(write, deliver):
    people = [make_user(f"Person {n}") for n in range(3)]
    write(to=people)

    deliver()
    deliver(timedelta(days=3))
    write(to=people)
    deliver(timedelta(days=3))

    assert sorted(message.to[0] for message in mail.outbox) == sorted(f"{one.name} <{one.email}>" for one in people)
    assert set(LetterRow.objects.values_list("state", "tries", "sent_at")) == {("sent", 1, MORNING)}


def test_a_person_who_left_meanwhile_gets_nothing_and_the_row_says_why(write, deliver):
    mara = make_user("Mara")
    write(to=[mara])
    mara.is_active = False
    mara.save()

    deliver()

    row = only_row()
    assert (row.state, row.skipped_because, row.sent_at, mail.outbox) == ("skipped", "inactive", None, [])


CHECKS = {SECURITY: lambda row: "" if row.matter == "project:HALD-7Q2" else "left_project"}


def test_a_letter_may_ask_its_own_question_about_the_recipient(write, deliver, settings):
    settings.LETTER_CHECKS = "tests.letters.test_delivery.CHECKS"
    gone = make_user(is_active=False)
    write(to=[gone])
    write(to=[gone], matter="project:GONE-222")

    deliver()

    assert set(LetterRow.objects.values_list("matter", "state", "skipped_because")) == {
        ("project:HALD-7Q2", "sent", ""),
        ("project:GONE-222", "skipped", "left_project"),
    }


def test_the_recipient_is_asked_about_at_every_try(write, deliver, server):
    mara = make_user("Mara")
    write(to=[mara])
    server.script = ["451 try later"]
    deliver()
    mara.is_active = False
    mara.save()

    deliver(timedelta(hours=1))

    assert (only_row().state, server.took) == ("skipped", [])


@pytest.mark.parametrize("key", [SECURITY, GUIDANCE])
def test_not_yet_is_tried_again_without_doubt(write, deliver, server, key):
    write(key)
    server.script = ["451 try later", "421 closing"]

    for minutes in (0, 1, 4, 7, 30):
        deliver(timedelta(minutes=minutes))

    row = only_row()
    assert (row.state, row.tries, row.twins, len(server.took)) == ("sent", 3, 0, 1)


def test_a_recipient_that_is_refused_is_not_tried_again_and_the_others_are_not_sent_again(write, deliver, server):
    good, bad, slow = make_user("Good"), make_user("Bad"), make_user("Slow")
    server.recipients = {bad.email: "550 no such mailbox", slow.email: "450 greylisted"}
    write(to=[good, bad, slow])

    deliver()
    server.recipients.pop(slow.email)
    deliver(timedelta(days=1))

    assert set(LetterRow.objects.values_list("address", "state", "reason")) == {
        (good.email, "sent", ""),
        (bad.email, "failed", "550 no such mailbox"),
        (slow.email, "sent", ""),
    }
    assert len(server.took) == 2
    assert [row.address for row in letters_in_doubt()] == [bad.email]


def test_after_48_hours_a_letter_is_given_up_with_the_reason(write, deliver, settings, server):
    write()
    server.script = ["451 no disk"] * 100

    for hours in range(60):
        deliver(timedelta(hours=hours))

    row = only_row()
    assert (row.state, row.reason) == ("failed", "Not delivered within 48 hours. 451 no disk")
    assert 12 <= row.tries <= 20
    assert (Outbox.objects.get().state, server.took) == ("done", [])


def test_no_server_at_all_is_not_yet(write, deliver, settings, unused_port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_port
    write(GUIDANCE)

    deliver()

    row = only_row()
    assert (row.state, row.tries, row.handed_at) == ("queued", 1, None)
    assert row.reason.startswith("ConnectionRefusedError")


@pytest.fixture
def unused_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def test_on_doubt_a_security_letter_is_sent_again_under_the_same_id(write, deliver, server):
    write(SECURITY)
    server.script = ["drop"]

    deliver()
    assert only_row().state == "queued"
    deliver(timedelta(hours=1))

    row = only_row()
    assert (row.state, row.twins, len(server.took)) == ("sent", 1, 2)
    assert all(f"Message-ID: {row.message_id}" in text for text in server.took)


def test_on_doubt_guidance_is_marked_unknown_and_not_sent_again(write, deliver, server):
    write(GUIDANCE)
    server.script = ["drop"]

    deliver()
    deliver(timedelta(days=1))

    row = only_row()
    assert (row.state, row.twins, len(server.took)) == ("unknown", 0, 1)
    assert [row.pk for row in letters_in_doubt()] == [row.pk]


@pytest.mark.parametrize(("key", "state", "taken"), [(SECURITY, "sent", 1), (GUIDANCE, "unknown", 0)])
def test_a_worker_lost_during_the_talk_leaves_a_doubt(write, deliver, server, key, state, taken):
    write(key)
    take(MORNING)
    LetterRow.objects.update(handed_at=MORNING)

    deliver(timedelta(minutes=5))

    row = only_row()
    assert (row.state, row.twins, len(server.took)) == (state, taken, taken)


def dripping(port_of: list[int], stop: threading.Event) -> None:
    """A server that is never silent for long and never gets to an end."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port_of.append(listener.getsockname()[1])
        client, _address = listener.accept()
        with client:
            while not stop.wait(0.1):
                try:
                    client.sendall(b"2")
                except OSError:
                    return


def test_a_server_that_drips_is_left_after_the_time_limit(write, deliver, settings):
    port_of, stop = [], threading.Event()
    thread = threading.Thread(target=dripping, args=(port_of, stop))
    thread.start()
    while not port_of:
        time.sleep(0.01)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port_of[0], 1
    write(SECURITY)

    began = time.monotonic()
    deliver()
    took = time.monotonic() - began
    stop.set()
    thread.join()

    assert 0.9 <= took < 3
    assert (only_row().state, only_row().handed_at) == ("queued", None)


def test_the_time_limits_are_in_order(settings):
    assert settings.EMAIL_TIMEOUT == 20
    assert settings.EMAIL_TIMEOUT < mailbox.TOTAL


def test_an_address_that_no_mail_can_carry_is_refused_and_stops_nobody(write, deliver, server):
    odd, good = make_user("Odd", email="\u00fc@example.com"), make_user("Good")
    write(to=[odd, good])

    deliver()

    assert LetterRow.objects.get(address=good.email).state == "sent"
    assert LetterRow.objects.get(address=odd.email).state == "failed"
    assert len(server.took) == 1


def test_letters_are_files_when_no_server_is_configured(write, deliver, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    write()

    deliver()

    [written] = tmp_path.iterdir()
    assert only_row().message_id in written.read_text()
