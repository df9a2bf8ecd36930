"""The checklist as files: blank, as answered, as submitted; hostile text stays text, and strangers get nothing."""

import csv
import io
from io import BytesIO

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from golive.core.pdf import available
from projects.checklist.actions.answering import save_answer
from projects.checklist.actions.contradicting import settle_contradiction
from projects.checklist.actions.rounds import reopen_checklist
from projects.checklist.document import html_of
from projects.checklist.models.answers import AnswerRevision
from projects.checklist.queries.paper import blank_paper, filled_paper
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.answers import AnswerContent
from tests.builders import client_of
from tests.builders_projects import Cast, fill_checklist, reload, submit
from tests.reviews.report.printed import text_of

pytestmark = pytest.mark.django_db
HOSTILE = '=HYPERLINK("http://evil.example","x")<script>alert(1)</script><img src=file:///etc/passwd>'
needs_pango = pytest.mark.skipif(bool(available()), reason="PDFs need Pango")


def got(cast: Cast, who, name: str, form: str, **parts: int) -> HttpResponse:
    return client_of(who).get(reverse(f"checklist_{name}", kwargs={"key": cast.key, "form": form, **parts}))


def rows_in(response: HttpResponse) -> list[list[str]]:
    with CalamineWorkbook.from_filelike(BytesIO(b"".join(response))) as book:
        return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]


def say(cast: Cast, text: str, *, revision: int = 0) -> None:
    content = AnswerContent(value="yes", note=text)
    save_answer(cast.project, "SC-02", content, revision=revision, by=cast.member, at=timezone.now())


@pytest.mark.req("S1-43")
def test_the_blank_paper_has_the_questions_that_are_asked_and_no_answer(cast):
    say(cast, "Nobody reads this here.")

    rows = rows_in(got(cast, cast.viewer, "blank", "xlsx"))

    asked = [row[1] for row in rows if row[1] and row[1] != "No."]
    assert asked == ["GR-01", "CU-01", "SC-02", "UA-10", "PF-12"]
    assert not any("Nobody reads" in cell for row in rows for cell in row)
    assert [row[4] for row in rows if row[1] == "SC-02"] == ["Yes / Partly / No"]


@pytest.mark.req("S1-43")
@needs_pango
def test_the_filled_paper_prints_header_answers_and_what_they_raise(cast):
    fill_checklist(cast, SC_02="no")

    response = got(cast, cast.viewer, "filled", "pdf")

    text = text_of(b"".join(response))
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert response["Content-Disposition"].startswith(f'attachment; filename="{cast.key}-checklist-as-answered')
    for words in (cast.project.customer.name, "HD-17", "Finance 120", "not submitted", "Business has not agreed"):
        assert words in text


@pytest.mark.usefixtures("whole_checklist")
def test_what_the_project_raises_by_itself_stands_in_the_filled_paper_once(cast):
    rows = rows_in(got(cast, cast.viewer, "filled", "xlsx"))

    raised = [cell for row in rows for cell in row if str(cell).startswith("PR-")]
    assert raised
    assert sorted(raised) == sorted(set(raised))


@pytest.mark.usefixtures("whole_checklist")
def test_what_contradicts_stands_in_the_filled_paper_until_it_is_explained(cast):
    finding = "Cases that have not passed are missing from the open ones"
    for question, value in (("UA-03", 99.0), ("UA-11", "none_open")):
        content = AnswerContent(value=value)
        save_answer(cast.project, question, content, revision=0, by=cast.member, at=timezone.now())

    def told() -> list[str]:
        return [cell for row in rows_in(got(cast, cast.viewer, "filled", "xlsx")) for cell in row if cell == finding]

    assert told() == [finding]
    said = {"stand": "explained", "text": "One was dropped.", "revision": 0}
    settle_contradiction(cast.project, "CO-13", **said, by=cast.member, at=timezone.now())
    assert told() == []


@needs_pango
def test_the_submitted_paper_is_made_of_the_frozen_text_alone(cast):
    fill_checklist(cast, SC_02={"value": "yes", "note": "As it was."})
    sent = submit(cast)
    reopen_checklist(cast.project, by=cast.owner, because="A word.", at=timezone.now())
    say(cast, "As it is now.", revision=1)

    rows = rows_in(got(cast, cast.viewer, "sent", "xlsx", number=1))
    text = text_of(b"".join(got(cast, cast.viewer, "sent", "pdf", number=1)))

    cells = {cell for row in rows for cell in row}
    assert "As it was." in cells
    assert sent.sha256 in cells
    assert "As it is now." not in cells
    assert "As it was." in text
    assert sent.sha256 in text
    assert "As it is now." not in text
    assert got(cast, cast.viewer, "sent", "pdf", number=2).status_code == 404


def test_hostile_text_is_text_in_every_file(cast):
    say(cast, HOSTILE)

    rows = rows_in(got(cast, cast.member, "filled", "xlsx"))
    lines = list(csv.reader(io.StringIO(b"".join(got(cast, cast.member, "filled", "csv")).decode())))
    html = html_of(filled_paper(sheet_of(reload(cast.project), at=timezone.now()), at=timezone.now()))

    assert [row[6] for row in rows if row[1] == "SC-02" and row[4]] == [HOSTILE]
    assert [line[6] for line in lines if line[1] == "SC-02" and line[4]] == [f"'{HOSTILE}"]
    assert "<script" not in html
    assert "<img" not in html


def test_a_paper_costs_the_same_however_much_was_said(cast):
    say(cast, "One.")
    found = []
    for more in (0, 30):
        row = AnswerRevision.objects.latest("pk").answer
        for n in range(more):
            AnswerRevision.objects.create(answer=row, revision=n + 2, by=cast.member, at=timezone.now())
        client = client_of(cast.member)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("checklist_filled", kwargs={"key": cast.key, "form": "xlsx"}))
        found.append(len(captured.captured_queries))

    assert found[0] == found[1]
    assert found[0] <= 9


def test_only_who_sees_the_project_gets_a_paper_and_only_known_kinds_are_made(cast):
    assert got(cast, cast.stranger, "filled", "xlsx").status_code == 404
    assert got(cast, cast.viewer, "filled", "exe").status_code == 404
    api = reverse("api_checklist_filled", kwargs={"key": cast.key, "form": "csv"})
    assert client_of(cast.stranger).get(api).status_code == 404
    assert b"SC-02" in b"".join(client_of(cast.viewer).get(api))


def test_a_blank_paper_leaves_room_to_write(cast):
    html = html_of(blank_paper(sheet_of(reload(cast.project), at=timezone.now())), blank=True)

    assert html.count('class="long box"') == 5
    assert "–</td>" not in html
