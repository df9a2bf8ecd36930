"""Taking the list along: what stands in the file, for whom, how much, and that it is known who took it."""

import csv
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from golive.audit.models import AuditRow
from golive.programme.actions import set_number
from projects.portfolio.actions.projects import note
from projects.portfolio.rules.exporting import ExportFacts, may_export
from tests.builders import client_of, make_user
from tests.builders_projects import call, codes_of, make_project, plan_dates, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast = make_project("Halden Dairy")
    days = plan_dates(cast)
    note(start("=1+1", owner=cast.owner), predicted_risk=4, answered=3, asked=5)
    cast.go_live = days["go_live"]
    return cast


def lines_of(response):
    assert response.status_code == 200, response.content
    return list(csv.reader(b"".join(response.streaming_content).decode().splitlines()))


def test_a_file_holds_every_project_of_the_filter_in_its_order(cast):
    lines = lines_of(client_of(cast.owner).post("/projects/export/csv/", {"query": "state=active"}))

    assert lines[0][:3] == ["Project", "Key", "Customer"]
    assert [line[0] for line in lines[1:]] == ["Halden Dairy", "'=1+1"]
    told = dict(zip(lines[0], lines[1], strict=True))
    assert (told["Go-live"], told["Phase"], told["Waits for"]) == (cast.go_live.isoformat(), "Analysis", "the team")
    assert told["Partner"] == cast.project.partner.name
    risky = dict(zip(lines[0], lines[2], strict=True))
    assert (risky["Worst risk"], risky["Answered"], risky["Questions"]) == ("Critical", "3", "5")


def test_the_api_gives_the_same_file(cast):
    page = lines_of(client_of(cast.owner).post("/projects/export/csv/", {"query": "risk=4"}))

    assert lines_of(call(cast.owner, "get", "projects/export/csv/?risk=4", Accept="text/csv")) == page
    assert len(page) == 2


def test_xlsx_holds_the_same_as_text(cast):
    answer = client_of(cast.owner).post("/projects/export/xlsx/")

    sheet = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0)
    assert [row[0] for row in sheet.to_python()] == ["Project", "Halden Dairy", "=1+1"]
    assert answer["Content-Disposition"] == 'attachment; filename="projects.xlsx"'


def test_nobody_takes_along_what_they_do_not_see(cast):
    assert len(lines_of(client_of(cast.stranger).post("/projects/export/csv/"))) == 1
    assert len(lines_of(call(cast.stranger, "get", "projects/export/csv/"))) == 1
    assert len(lines_of(call(cast.lead, "get", "projects/export/csv/"))) == 3


def test_it_is_known_who_took_how_much_and_not_what_was_searched(cast):
    client_of(cast.owner).post("/projects/export/csv/", {"query": "words=halden&risk=0"})

    row = AuditRow.objects.get(act="projects.exported")
    assert (row.chain, row.actor) == ("site", cast.owner)
    assert row.after == {"form": "csv", "rows": 1, "by": ["words", "risk"]}


def test_too_many_are_refused_and_never_cut(cast):
    ada = make_user("Ada", is_administrator=True)
    set_number("export_rows", 100, by=ada, because="Small files.", at=timezone.now())
    for number in range(99):
        start(f"P{number}", owner=cast.owner)

    page = client_of(cast.owner).post("/projects/export/csv/", headers={"Accept": "application/json"})
    answer = call(cast.owner, "get", "projects/export/xlsx/")

    assert (page.status_code, answer.status_code) == (409, 409)
    assert codes_of(page) == codes_of(answer) == ["too_many_rows"]
    assert not AuditRow.objects.filter(act="projects.exported").exists()


def test_a_list_of_exactly_the_most_is_whole():
    assert may_export(ExportFacts(count=100, most=100)).codes == []
    assert may_export(ExportFacts(count=101, most=100)).codes == ["too_many_rows"]


@pytest.mark.parametrize("query", ["state=asleep", "first=0001-01-01", "words=a%00b", "words=%ff%fe"])
def test_a_filter_that_is_none_is_no_reason_to_export_everything(cast, query):
    assert client_of(cast.owner).post("/projects/export/csv/", {"query": query}).status_code in {200, 422}
    assert call(cast.owner, "get", f"projects/export/csv/?{query}").status_code in {200, 400}


def test_another_form_is_no_address(cast):
    assert client_of(cast.owner).post("/projects/export/pdf/").status_code == 404
    assert call(cast.owner, "get", "projects/export/pdf/").status_code == 404
