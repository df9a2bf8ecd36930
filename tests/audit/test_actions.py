import json
import logging
import threading
import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory

from golive.audit.actions import anchor, record
from golive.audit.canonical import chained
from golive.audit.models import BEGINNING, AuditRow, ChainHead
from golive.audit.queries import verify_chain
from golive.core.guards import named_constraint
from golive.core.marks import RequestMarkMiddleware
from tests.builders import make_organisation

CHAIN = "project:HALD-7Q2"
MORNING = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def test_a_row_says_who_did_what_to_which_thing_and_when(mara):
    thing = make_organisation()
    at = datetime(2026, 3, 2, 9, 30, 0, 120, tzinfo=timezone(timedelta(hours=1)))

    row = record(CHAIN, mara, "organisation.disabled", thing, at=at, before={"state": "open"}, after={"days": 3})

    row.refresh_from_db()
    assert json.loads(row.body) == {
        "chain": CHAIN,
        "seq": 1,
        "at": "2026-03-02T08:30:00.000120+00:00",
        "actor": mara.pk,
        "act": "organisation.disabled",
        "object": f"organisation:{thing.uid}",
        "request": "",
        "session": "",
        "before": {"state": "open"},
        "after": {"days": 3},
    }
    assert (row.before, row.after) == ({"state": "open"}, {"days": 3})
    assert (row.chain, row.seq, row.at, row.actor, row.prev_hash) == (CHAIN, 1, at, mara, BEGINNING)


def test_each_row_follows_the_one_before_and_the_head_moves(db, write):
    first, second, third = write(CHAIN, 3)

    assert [row.seq for row in (first, second, third)] == [1, 2, 3]
    assert (second.prev_hash, third.prev_hash) == (first.hash, second.hash)
    assert third.hash == chained(second.hash, third.body)
    head = ChainHead.objects.get()
    assert (head.name, head.seq, head.hash) == (CHAIN, 3, third.hash)


def test_chains_are_apart(db, write):
    write("site", 2)
    write(CHAIN, 1)

    assert list(AuditRow.objects.values_list("chain", "seq")) == [(CHAIN, 1), ("site", 1), ("site", 2)]


def test_the_request_is_noted(mara):
    marked = RequestMarkMiddleware(lambda request: record("site", mara, "invited", "invitation:1", at=MORNING))
    request = RequestFactory().get("/", headers={"X-Request-ID": "abcdef0123456789", "Authorization": "Bearer x"})

    with pytest.raises(TypeError):  # a row is no response; it is written all the same
        marked(request)

    row = AuditRow.objects.get()
    assert row.request_id == row.told["request"] == "abcdef0123456789"
    assert len(row.told["session"]) == 32


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_nothing_is_written():
    with pytest.raises(RuntimeError):
        record("site", None, "invited", "invitation:1", at=MORNING)

    assert not AuditRow.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_leaves_no_row(write):
    write(CHAIN, 1)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(CHAIN, None, "step.completed", "step:1", at=MORNING, after={"done": 1 / 0})

    assert AuditRow.objects.count() == ChainHead.objects.get().seq == 1


KNOWN = uuid.UUID("0190a5c8-0000-7000-8000-000000000001")


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, None),
        (True, True),
        (7, 7),
        (1.5, 1.5),
        (Decimal("2.50"), "2.50"),
        (date(2026, 3, 2), "2026-03-02"),
        (datetime(2026, 3, 2, 8, tzinfo=UTC), "2026-03-02T08:00:00.000000+00:00"),
        (KNOWN, str(KNOWN)),
        ("GR-01", "GR-01"),
        (["b", "a", 1], ["b", "a", 1]),
        ({"b", "a"}, ["a", "b"]),
        ("d" * 120, "d" * 120),
    ],
)
def test_ids_codes_digests_numbers_and_dates_get_in(db, value, kept):
    row = record("site", None, "changed", "thing:1", at=MORNING, before={"x": value}, after={"x": value})

    row.refresh_from_db()
    assert row.before == row.after == {"x": kept}
    assert verify_chain("site") is None


@pytest.mark.parametrize(
    "value",
    [
        "We will go live later",
        "d" * 121,
        "two\nlines",
        "tab\there",
        "no\u00a0break",
        "Zoë",
        "mara@example.com",
        "\x00",
        float("nan"),
        float("inf"),
        datetime(2026, 3, 2, 8),
        {"deep": "er"},
        ["fine", "not fine"],
        [["deep"]],
        b"bytes",
        object(),
    ],
)
def test_free_text_and_other_things_do_not_get_in(db, value):
    for facts in ({"before": {"x": value}}, {"after": {"x": value}}):
        with pytest.raises(ValueError, match=r"History|time zone"):
            record("site", None, "changed", "thing:1", at=MORNING, **facts)

    assert not AuditRow.objects.exists()


@pytest.mark.parametrize("part", ["chain", "act", "obj", "key"])
def test_the_names_of_things_are_codes_too(db, part):
    words = {"chain": "site", "act": "changed", "obj": "thing:1", "key": "x"} | {part: "free text"}

    with pytest.raises(ValueError, match="History"):
        record(words["chain"], None, words["act"], words["obj"], at=MORNING, after={words["key"]: 1})


def test_a_fork_is_refused(db, write):
    _first, second = write(CHAIN, 2)

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        AuditRow.objects.create(chain=CHAIN, seq=3, at=MORNING, prev_hash=second.prev_hash, hash="f" * 64)

    assert named_constraint(caught.value) == "audit_no_fork"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["audit_auditrow", "audit_chainhead"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET hash = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_raw_sql_does_not_change_history(write, table, verb):
    if verb.startswith("TRUNCATE") and connection.vendor == "sqlite":
        pytest.skip("SQLite knows no TRUNCATE")
    write(CHAIN, 2)

    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(verb.format(table))

    assert AuditRow.objects.count() == 2
    assert verify_chain(CHAIN) is None


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_writers_of_one_new_chain_leave_no_gap():
    start, lost = threading.Barrier(8), []

    def append(writer: int) -> None:
        try:
            start.wait(10)
            for n in range(5):
                with transaction.atomic():
                    record("site", None, "changed", f"thing:{writer}.{n}", at=MORNING)
        except Exception as error:
            lost.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=append, args=(n,)) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)

    assert lost == []
    assert list(AuditRow.objects.values_list("seq", flat=True)) == list(range(1, 41))
    assert verify_chain("site") is None


def test_the_anchor_puts_every_head_into_the_log(db, write, caplog):
    site, project = write("site", 2)[-1], write(CHAIN, 1)[-1]

    with caplog.at_level(logging.INFO, logger="golive.anchor"):
        count = anchor()

    assert count == 2
    assert caplog.messages == [f"{CHAIN} 1 {project.hash}", f"site 2 {site.hash}"]
