"""The record of a project: filtered, paged, proved, and taken along without harm to a spreadsheet."""

import csv
import io
import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from golive.audit.actions import record
from golive.audit.models import AuditRow
from tests.builders import client_of, make_user
from tests.builders_projects import call, make_project, plan_dates

pytestmark = pytest.mark.django_db


def address(cast, rest=""):
    return f"/projects/{cast.key}/history/{rest}"


def acts(page):
    return [act.act for act in page.context["acts"]]


@transaction.atomic
def write(cast, count, *, by=None, act="test.noted"):
    for number in range(count):
        record(cast.project.chain, by or cast.owner, act, f"step:N{number}x", at=timezone.now())


def test_the_newest_act_stands_first_with_who_and_what():
    cast = make_project()
    plan_dates(cast)

    page = client_of(cast.viewer).get(address(cast))
    body = page.content.decode()

    assert acts(page)[:2] == ["step.ticked", "milestone.moved"]
    assert acts(page)[-1] == "project.started"
    for words in ("Milestone moved", "Test ends", "Sigrid Aas", "Jonas Lind", "Member added"):
        assert words in body


def test_it_is_filtered_by_act_and_by_person():
    cast = make_project()
    write(cast, 2, by=cast.member)
    client = client_of(cast.owner)

    by_person = client.get(address(cast), {"person": str(cast.member.uid)})
    by_act = client.get(address(cast), {"act": "member.added", "person": str(cast.owner.uid)})
    nothing = client.get(address(cast), {"person": "no-such-person"})

    assert acts(by_person) == ["test.noted"] * 2
    assert acts(by_act) == ["member.added"] * 3
    assert acts(nothing) == []


def test_pages_show_every_act_once():
    cast = make_project()
    write(cast, 7)
    client, seen, where = client_of(cast.owner), [], address(cast, "?page_size=4")

    while where:
        page = client.get(where)
        seen += [act.seq for act in page.context["acts"]]
        where = page.context["next"]

    assert seen == list(range(AuditRow.objects.filter(chain=cast.project.chain).count(), 0, -1))


def test_a_refused_act_stands_in_it():
    cast = make_project()
    client_of(cast.viewer).post(f"/projects/{cast.key}/methodology/steps/A02/done/")

    page = client_of(cast.owner).get(address(cast))

    assert acts(page)[0] == "denied"
    assert "not of team" in page.content.decode()


def test_a_whole_record_is_proved():
    cast = make_project()

    body = client_of(cast.owner).get(address(cast, "?proof=1")).content.decode()

    assert "none missing, none changed." in body
    assert AuditRow.objects.filter(chain=cast.project.chain).last().hash in body


def test_a_changed_row_is_found(unguarded):
    cast = make_project()
    with unguarded():
        AuditRow.objects.filter(chain=cast.project.chain, seq=2).update(act="member.removed")

    page = client_of(cast.owner).get(address(cast, "?proof=1"))
    proof = call(cast.owner, "get", f"projects/{cast.key}/history/?proof=1").json()["proof"]

    assert "The record is broken." in page.content.decode()
    assert proof["whole"] is False
    assert "row 2" in proof["sentence"]


def test_csv_holds_every_act_and_no_formula():
    cast = make_project()
    attacker = make_user("=cmd|' /C calc'!A0", organisation=cast.owner.organisation)
    write(cast, 1, by=attacker)

    answer = client_of(cast.viewer).get(address(cast, "export/csv/"))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))

    assert answer["Content-Disposition"] == f'attachment; filename="history-{cast.key}.csv"'
    assert [row["seq"] for row in rows] == [str(n + 1) for n in range(len(rows))]
    assert rows[-1]["actor"] == "'=cmd|' /C calc'!A0"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_json_lines_can_be_checked_by_anybody():
    cast = make_project()

    answer = client_of(cast.viewer).get(address(cast, "export/jsonl/"))
    rows = [json.loads(line) for line in b"".join(answer.streaming_content).decode().splitlines()]

    assert [row["prev_hash"] for row in rows[1:]] == [row["hash"] for row in rows[:-1]]
    assert rows[0]["act"] == "project.started"


def test_what_is_taken_along_is_what_was_filtered():
    cast = make_project()

    answer = client_of(cast.owner).get(address(cast, "export/jsonl/?act=member.changed"))

    assert len(b"".join(answer.streaming_content).decode().splitlines()) == 1


def test_another_form_is_missing():
    cast = make_project()

    assert client_of(cast.owner).get(address(cast, "export/xlsx/")).status_code == 404


def test_the_api_tells_the_same():
    cast = make_project()

    answer = call(cast.viewer, "get", f"projects/{cast.key}/history/?page_size=2").json()

    assert [row["seq"] for row in answer["results"]] == [5, 4]
    assert answer["next"]


@pytest.mark.parametrize("rows", [1, 50])
def test_it_costs_the_same_for_one_and_for_fifty(rows):
    cast = make_project()
    write(cast, rows)
    client = client_of(cast.owner)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(address(cast))

    assert len(queries) == 7
    body = page.content.decode()
    assert all(f"N{number}x" in body for number in range(rows))
