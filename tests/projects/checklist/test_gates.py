"""Quality gates: held early and often by those who lead, kept as they were, compared, printed on one page."""

import uuid
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from golive.audit.models import AuditRow
from golive.core.pdf import available
from projects.checklist.models.gates import QualityGate
from projects.checklist.queries.gates import next_topics
from projects.checklist.queries.proof import false_counters
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.gates import OWNER, REMARK, TOPIC_REMARK, GateTopic, begun_with, differences
from tests.builders import client_of
from tests.builders_projects import Cast, call, codes_of, fill_checklist, reload, submit
from tests.projects.checklist.bulk import everything_asked
from tests.projects.checklist.holding import gate_body, hold, names_of, typed_gate
from tests.reviews.report.printed import text_of

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(bool(available()), reason="PDFs need Pango")


def page(cast: Cast, name: str = "quality_gates", **parts: int) -> str:
    return reverse(name, kwargs={"key": cast.key, **parts})


def post(cast: Cast, who, fields: dict[str, str]) -> HttpResponse:
    return client_of(who).post(page(cast, "quality_gate_hold"), fields)


@pytest.mark.once
def test_the_next_gate_begins_with_what_is_answered_and_what_was_said_before():
    said = GateTopic("SC", "Scope", "at_risk", readiness=70, completeness=10, maturity=4, owner="Ida", remark="Late.")

    scope, cutover, pilot = begun_with(
        {"SC": "Scope", "CU": "Cutover", "PF": "Pilot"}, {"SC": 50, "CU": 25}, {"SC": said}
    )

    assert (scope.completeness, scope.readiness, scope.status, scope.owner) == (50, 70, "at_risk", "Ida")
    assert (cutover.completeness, cutover.readiness, cutover.status) == (25, 25, "on_track")
    assert (pilot.completeness, pilot.status) == (0, "not_started")


@pytest.mark.once
@pytest.mark.req("S4-7")
def test_two_gates_differ_in_what_was_said_otherwise():
    was, now = GateTopic("SC", "Scope", maturity=2), GateTopic("SC", "Scope", maturity=3, owner="Ida")

    same, other = differences({"SC": was, "CU": was}, {"SC": now, "CU": was})
    alone = next(differences({}, {"SC": now}))

    assert (sorted(same.changed), sorted(other.changed)) == (["maturity", "owner"], [])
    assert len(alone.changed) == 6


@pytest.mark.req("S4-6")
def test_gates_are_held_at_any_time_and_as_often_as_wanted(cast):
    first = post(cast, cast.owner, typed_gate(gate_body(cast)))
    fill_checklist(cast)
    submit(cast)
    second = call(cast.owner, "post", f"projects/{cast.key}/checklist/quality-gates/", gate_body(cast, decision="go"))

    body = client_of(cast.viewer).get(page(cast)).content.decode()
    assert (first.status_code, first["Location"]) == (302, page(cast, "quality_gate", number=1))
    assert (second.status_code, second.json()["number"]) == (201, 2)
    assert list(QualityGate.objects.values_list("number", "decision")) == [(2, "go"), (1, "conditional")]
    assert "Gate 1" in body
    assert "Gate 2" in body
    assert list(false_counters()) == []
    assert AuditRow.objects.filter(chain=cast.project.chain, act="quality_gate.held").count() == 2


@pytest.mark.req("S4-7")
def test_a_gate_shows_for_each_topic_how_it_stands_and_the_decision(cast):
    hold(cast)

    shown = client_of(cast.viewer).get(page(cast, "quality_gate", number=1)).content.decode()
    told = call(cast.viewer, "get", f"projects/{cast.key}/checklist/quality-gates/1/").json()

    for words in (*names_of(cast).values(), "On track", "60 %", "40 %", "3 of 5", "Ida Moe", "Go with conditions"):
        assert words in shown
    assert [line["topic"] for line in told["topics"]] == list(names_of(cast))
    assert (told["decision"], told["topics"][0]["maturity"]) == ("conditional", 3)


def test_the_form_begins_with_what_the_gate_before_said(cast):
    hold(cast, owner="Ola Vik")
    fill_checklist(cast)

    topics = next_topics(sheet_of(reload(cast.project), at=timezone.now()), QualityGate.objects.get())
    body = client_of(cast.owner).get(page(cast, "quality_gate_hold")).content.decode()

    assert {(topic.owner, topic.completeness) for topic in topics} == {("Ola Vik", 100)}
    assert body.count('value="Ola Vik"') == len(topics)


def test_two_gates_stand_side_by_side(cast):
    hold(cast)
    hold(cast, status="off_track", owner="Ola Vik")

    body = client_of(cast.viewer).get(page(cast, "quality_gates_compared")).content.decode()
    told = call(cast.viewer, "get", f"projects/{cast.key}/checklist/quality-gates/1/compare/2/").json()

    assert "<b><bdi>Ola Vik</bdi></b>" in body
    assert "<bdi>Ida Moe</bdi>" in body
    assert {tuple(topic["changed"]) for topic in told["topics"]} == {("owner", "status")}
    for wrong in ("?before=9", "?after=x", "?before=" + "9" * 30):
        assert client_of(cast.viewer).get(page(cast, "quality_gates_compared") + wrong).status_code == 404


def test_a_bad_form_keeps_everything_typed(cast):
    topic = next(iter(names_of(cast)))
    wrong = {f"{topic}-readiness": "101", "held_on": "2031-01-01", f"{topic}-remark": "Kept here", "decision": "maybe"}

    answer = post(cast, cast.owner, typed_gate(gate_body(cast)) | wrong)

    body = answer.content.decode()
    assert answer.status_code == 422
    for typed in ('value="101"', 'value="2031-01-01"', "Kept here", "Go when UAT is signed."):
        assert typed in body
    assert QualityGate.objects.count() == 0


def test_what_the_api_is_sent_wrong_is_400(cast):
    lines = gate_body(cast)["topics"]
    for wrong in (
        {"topics": lines[:-1]},
        {"topics": [*lines, lines[0]]},
        {"topics": [{**lines[0], "maturity": 6}, *lines[1:]]},
        {"decision": "maybe"},
        {"held_on": "2031-01-01"},
        {"colour": "red"},
    ):
        answer = call(cast.owner, "post", f"projects/{cast.key}/checklist/quality-gates/", gate_body(cast, **wrong))
        assert answer.status_code == 400, wrong
    assert QualityGate.objects.count() == 0


def test_sent_twice_it_is_held_once_and_who_came_second_is_told(cast):
    fields = typed_gate(gate_body(cast))
    assert [post(cast, cast.owner, fields).status_code for _twice in range(2)] == [302, 302]

    other = post(cast, cast.owner, fields | {"remark": "Another word."})
    key = {"Idempotency-Key": uuid.uuid4().hex}
    path = f"projects/{cast.key}/checklist/quality-gates/"
    twice = [call(cast.owner, "post", path, gate_body(cast), **key).json()["number"] for _again in range(2)]

    assert (other.status_code, "Another word." in other.content.decode()) == (409, True)
    assert 'name="after" value="1"' in other.content.decode()
    assert twice == [2, 2]
    assert QualityGate.objects.count() == 2


def test_only_who_leads_holds_one_and_all_of_the_project_read_it(cast):
    path = f"projects/{cast.key}/checklist/quality-gates/"
    body = gate_body(cast)

    refused = [call(who, "post", path, body) for who in (cast.member, cast.viewer, cast.architect)]

    assert [codes_of(answer) for answer in refused] == [["not_lead"]] * 3
    hold(cast)
    for who in (cast.member, cast.viewer, cast.architect):
        assert client_of(who).get(page(cast, "quality_gate", number=1)).status_code == 200
    assert client_of(cast.stranger).get(page(cast, "quality_gate", number=1)).status_code == 404
    assert client_of(cast.viewer).get(page(cast, "quality_gate", number=7)).status_code == 404


@pytest.mark.parametrize("table", ["qualitygate", "qualitygatetopic"])
def test_what_was_held_never_changes_not_even_by_sql(cast, table):
    hold(cast)

    with pytest.raises(DatabaseError, match="_kept"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM projects_{table}")


@needs_pango
@pytest.mark.req("S4-7")
@pytest.mark.usefixtures("whole_checklist")
def test_the_fullest_gate_is_one_page_with_its_decision():
    cast = everything_asked()
    lines = [
        {**line, "owner": "Wanda " * (OWNER // 6), "remark": "Never ends. " * (TOPIC_REMARK // 12)}
        for line in gate_body(cast)["topics"]
    ]
    body = gate_body(cast, topics=lines, remark="Many words. " * (REMARK // 12))
    assert call(cast.owner, "post", f"projects/{cast.key}/checklist/quality-gates/", body).status_code == 201

    answer = client_of(cast.viewer).get(page(cast, "quality_gate_pdf", number=1))

    printed = b"".join(answer)
    assert answer["Content-Disposition"].startswith("attachment")
    assert len(PdfReader(BytesIO(printed)).pages) == 1
    for words in (*names_of(cast).values(), "Go with conditions", "Quality gate 1"):
        assert words in text_of(printed)
