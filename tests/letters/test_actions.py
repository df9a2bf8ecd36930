import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from golive.audit.models import AuditRow
from golive.core.decision import Refused
from golive.letters.actions import Guest, leave_letter, send_again, send_letter
from golive.letters.models import LetterRow
from golive.letters.queries import letters_in_doubt, letters_waiting
from golive.outbox.models import Outbox, Priority
from tests.builders import make_user
from tests.letters.conftest import GUIDANCE, MORNING, SECURITY, only_row, words_of

pytestmark = pytest.mark.django_db


def test_each_recipient_has_one_row_and_one_piece_of_work(write):
    mara, bela = make_user("Mara"), make_user("Béla")

    assert write(to=[mara, bela, mara]) == 2

    assert set(LetterRow.objects.values_list("address", "state")) == {(mara.email, "queued"), (bela.email, "queued")}
    assert Outbox.objects.filter(priority=Priority.SECURITY).count() == 2
    assert letters_waiting("project:HALD-7Q2") == 2


def test_a_letter_is_written_once_for_its_matter_and_cycle(write):
    mara, bela = make_user("Mara"), make_user("Béla")

    counts = [write(to=[mara]), write(to=[mara, bela]), write(to=[mara], cycle="2"), write(to=[mara], matter="x")]

    assert counts == [1, 1, 1, 1]
    assert LetterRow.objects.count() == 4


def test_the_database_refuses_the_same_letter_twice(write):
    write()
    row = only_row()
    row.pk, row.message_id, row.uid = None, "<other@example.com>", "0190f0f0-0000-7000-8000-000000000000"

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    "columns",
    [{"state": "sent"}, {"sent_at": MORNING}, {"state": "skipped"}, {"skipped_because": "x"}, {"state": "lost"}],
    ids=lambda columns: "-".join(columns),
)
def test_the_database_refuses_an_illegal_row(write, columns):
    write()

    with pytest.raises(IntegrityError), transaction.atomic():
        LetterRow.objects.update(**columns)


def test_guidance_waits_behind_everything_else(write):
    write(GUIDANCE)

    assert Outbox.objects.get().priority == Priority.GUIDANCE


def test_a_guest_without_an_account_gets_a_letter(write, deliver):
    write("invitation", to=[Guest("Ivo@Example.com", "Ivo")], url="https://golive.example/join/secret")

    deliver()

    assert mail.outbox[0].to == ["Ivo <ivo@example.com>"]


def test_an_address_that_opens_an_account_is_forgotten_once_sent(write, deliver):
    write("password_reset", url="https://golive.example/reset/secret")
    assert only_row().url.endswith("secret")

    deliver()

    assert only_row().url == ""
    assert "https://golive.example/reset/secret" in mail.outbox[0].body


def test_a_letter_needs_its_words_and_keeps_no_others(write):
    words = words_of(SECURITY)
    with pytest.raises(ValueError, match=r"needs the words \['because'\]"), transaction.atomic():
        send_letter(SECURITY, to=[make_user()], words=words | {"because": ""}, matter="x", at=MORNING)

    with transaction.atomic():
        send_letter(SECURITY, to=[make_user("Mara")], words=words | {"password": "x"}, matter="x", at=MORNING)

    assert only_row().words == words | {"name": "Mara"}


def unknown(write, deliver, server) -> LetterRow:
    server.script = ["drop"]
    write(GUIDANCE)
    deliver()
    [row] = letters_in_doubt()
    assert row.state == "unknown"
    return row


def test_a_person_sends_a_doubtful_letter_again_under_the_same_id(write, deliver, server):
    row, administrator = unknown(write, deliver, server), make_user(is_administrator=True)

    send_again(row, by=administrator, at=MORNING)
    deliver()

    row.refresh_from_db()
    assert (row.state, row.twins, len(server.took)) == ("sent", 1, 2)
    assert all(f"Message-ID: {row.message_id}" in text for text in server.took)
    assert AuditRow.objects.get(act="letter.sent_again").actor == administrator
    assert letters_in_doubt() == []


def test_a_person_leaves_a_doubtful_letter_as_it_is(write, deliver, server):
    row, administrator = unknown(write, deliver, server), make_user(is_administrator=True)

    leave_letter(row, by=administrator, at=MORNING)

    row.refresh_from_db()
    assert (row.state, letters_in_doubt(), len(server.took)) == ("unknown", [], 1)
    with pytest.raises(Refused) as refused:
        send_again(row, by=administrator, at=MORNING)
    assert refused.value.decision.codes == ["not_in_doubt"]


def test_nobody_else_decides_about_a_doubtful_letter(write, deliver, server):
    row = unknown(write, deliver, server)

    with pytest.raises(Refused) as refused:
        send_again(row, by=make_user(is_lead=True), at=MORNING)

    assert refused.value.decision.codes == ["not_administrator"]
