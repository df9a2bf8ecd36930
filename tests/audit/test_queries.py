import random

import pytest
from django.db import connection

from golive.audit.models import BEGINNING, AuditRow, ChainHead
from golive.audit.queries import Broken, heads, history, verify_all, verify_chain
from tests.builders import make_user

CHAIN = "project:HALD-7Q2"


def run(sql: str, *params) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_history_comes_newest_first_by_pages(db, write):
    write(CHAIN, 5)
    write("site", 2)

    first = history(CHAIN, size=3)
    second = history(CHAIN, before=first[-1].seq, size=3)

    assert [row.seq for row in first + second] == [5, 4, 3, 2, 1]
    assert {row.chain for row in first + second} == {CHAIN}
    assert history(CHAIN, before=1) == []


def test_history_of_one_act_or_one_person(mara, write):
    other = make_user("Ole")
    write(CHAIN, 2, by=mara)
    write(CHAIN, 1, by=other)
    write(CHAIN, 1, by=mara, act="phase.completed")

    assert [row.seq for row in history(CHAIN, act="phase.completed")] == [4]
    assert [row.seq for row in history(CHAIN, person=mara)] == [4, 2, 1]
    assert [row.seq for row in history(CHAIN, act="step.completed", person=other)] == [3]


@pytest.mark.parametrize("rows", [1, 50])
def test_a_page_of_history_with_its_people_is_one_query(mara, write, django_assert_num_queries, rows):
    write(CHAIN, rows, by=mara)

    with django_assert_num_queries(1):
        assert [row.actor.name for row in history(CHAIN)] == ["Mara"] * rows


def test_heads_say_where_each_chain_stands(db, write):
    write("site", 2)
    write(CHAIN, 1)

    assert list(heads().values_list("name", "seq")) == [(CHAIN, 1), ("site", 2)]


def test_whole_chains_are_proved(mara, write):
    write(CHAIN, 30, by=mara, before={"state": "open"}, after={"codes": ["GR-01"], "ratio": 0.1})
    write("site", 3)

    assert verify_chain(CHAIN) is None
    assert verify_chain("project:NONE-222") is None
    assert list(verify_all()) == []


COLUMNS = ["chain", "act", "object", "request_id", "body", "prev_hash", "hash"]


def flipped(value: str, chance: random.Random) -> str:
    """Another sign in one place: one bit of one byte is different, and the database still takes it as text."""
    place = chance.randrange(len(value))
    sign = chr(ord(value[place]) ^ chance.choice([1, 2, 4]))
    return value[:place] + (sign if sign.isprintable() else "~") + value[place + 1 :]


def test_two_hundred_flips_are_found_each_with_its_row(db, write, unguarded):
    rows = write(CHAIN, 25, by=make_user(), before={"state": "open"})
    chance, missed = random.Random(20_260_302), []
    with unguarded():
        for _turn in range(200):
            row, column = chance.choice(rows), chance.choice(COLUMNS)
            old = getattr(row, column) or "~"
            new = flipped(old, chance)
            run(f"UPDATE audit_auditrow SET {column} = %s WHERE id = %s", new, row.pk)
            broken = verify_chain(CHAIN)
            if broken is None or broken.seq != row.seq:
                missed.append((row.seq, column, broken))
            run(f"UPDATE audit_auditrow SET {column} = %s WHERE id = %s", getattr(row, column), row.pk)

    assert missed == []
    assert verify_chain(CHAIN) is None


NO_TEXT = "UPDATE audit_auditrow SET act = CAST(x'ff41' AS TEXT) WHERE seq = 3"


@pytest.mark.parametrize(
    ("tampering", "broken"),
    [
        ("UPDATE audit_auditrow SET at = '2026-03-02 08:33:00.000001+00:00' WHERE seq = 3", (3, "column_changed")),
        ("UPDATE audit_auditrow SET actor_id = NULL WHERE seq = 3", (3, "column_changed")),
        ("UPDATE audit_auditrow SET act = 'other' WHERE seq = 3", (3, "column_changed")),
        ("UPDATE audit_auditrow SET body = '[]' WHERE seq = 3", (3, "changed")),
        ("UPDATE audit_auditrow SET hash = 'x' WHERE seq = 3", (3, "changed")),
        ("UPDATE audit_auditrow SET prev_hash = 'x' WHERE seq = 3", (3, "not_linked")),
        ("UPDATE audit_auditrow SET seq = 9 WHERE seq = 3", (3, "missing")),
        ("DELETE FROM audit_auditrow WHERE seq = 3", (3, "missing")),
        ("DELETE FROM audit_auditrow WHERE seq = 1", (1, "missing")),
        ("DELETE FROM audit_auditrow WHERE seq > 3", (4, "missing")),
        ("DELETE FROM audit_auditrow", (1, "missing")),
        ("UPDATE audit_chainhead SET hash = 'x'", (5, "head_differs")),
        ("UPDATE audit_chainhead SET seq = 6", (6, "missing")),
        ("UPDATE audit_chainhead SET seq = 4", (4, "head_differs")),
        ("DELETE FROM audit_chainhead", (1, "without_head")),
        (NO_TEXT, (3, "unreadable")),
        ("UPDATE audit_auditrow SET at = '2026-13-02 08:33:00' WHERE seq = 3", (3, "unreadable")),
    ],
)
def test_every_kind_of_tampering_is_named_with_its_first_row(mara, write, unguarded, tampering, broken):
    if broken[1] == "unreadable" and connection.vendor == "postgresql":
        pytest.skip("PostgreSQL keeps no such bytes")
    write(CHAIN, 5, by=mara)
    with unguarded():
        run(tampering)

    assert verify_chain(CHAIN) == Broken(CHAIN, *broken)
    assert list(verify_all()) == [Broken(CHAIN, *broken)]
    assert verify_chain(CHAIN).sentence.startswith(f"Chain {CHAIN}: row {broken[0]} ")


def test_a_row_after_the_end_is_found(db, write, unguarded):
    rows = write(CHAIN, 3)
    with unguarded():
        run("UPDATE audit_chainhead SET seq = 2, hash = %s", rows[1].hash)

    assert verify_chain(CHAIN) == Broken(CHAIN, 3, "without_head")


def test_a_chain_written_anew_from_its_middle_is_betrayed_by_its_head(db, write, unguarded):
    rows = write(CHAIN, 3)
    last = rows[-1]
    with unguarded():
        run("DELETE FROM audit_auditrow WHERE seq = 3")
        run("UPDATE audit_chainhead SET seq = 2, hash = %s", rows[1].hash)
    write(CHAIN, 1, act="other.act")

    # Whoever holds the whole database may rewrite it all: only the anchor, kept elsewhere, tells.
    assert verify_chain(CHAIN) is None
    assert ChainHead.objects.get().hash != last.hash


def test_an_empty_chain_has_a_head_and_no_fault(db):
    ChainHead.objects.create(name="site")

    assert ChainHead.objects.get().hash == BEGINNING
    assert list(verify_all()) == []
    assert not AuditRow.objects.exists()
