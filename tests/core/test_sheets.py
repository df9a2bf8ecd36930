"""Tables for spreadsheets: no cell is a formula, an address or a number that it was not."""

import csv
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from golive.core.sheets import csv_lines, harmless, xlsx_file

HOSTILE = [
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_formula_is_quoted_in_csv(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["Halden - North", "a=b", "", "O'Neill", "\u6d77"])
def test_other_text_is_left_as_it_is(cell):
    assert harmless(cell) == cell


def test_csv_holds_each_cell_whole():
    rows = [["a,b", 'say "x"', None, 3, -4, date(2026, 12, 4)]]

    lines = list(csv_lines(["=A", "B", "C", "D", "E", "F"], rows))

    assert list(csv.reader(lines)) == [
        ["'=A", "B", "C", "D", "E", "F"],
        ["a,b", 'say "x"', "", "3", "-4", "2026-12-04"],
    ]


def test_xlsx_keeps_text_as_text_and_days_as_days():
    rows = [[text, "https://evil.example", "007", 7, date(2026, 12, 4), None] for text in HOSTILE]

    with xlsx_file("Projects", list("ABCDEF"), rows) as file:
        held = file.read()

    sheet = CalamineWorkbook.from_filelike(BytesIO(held)).get_sheet_by_name("Projects").to_python()
    assert sheet[0] == list("ABCDEF")
    assert [row[0].strip() for row in sheet[1:]] == [text.strip() for text in HOSTILE]
    assert sheet[1][1:] == ["https://evil.example", "007", 7.0, date(2026, 12, 4), ""]
    assert b"<f>" not in held


def test_xlsx_takes_signs_that_xml_does_not():
    with xlsx_file("Projects", ["A"], [["a\x0bb\ufffe"]]) as file:
        assert CalamineWorkbook.from_filelike(BytesIO(file.read())).sheet_names == ["Projects"]
