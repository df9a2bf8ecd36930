"""What an uploaded workbook may be: plain values in a bounded sheet, and nothing that unpacks, evaluates or repeats."""

import io
import struct
import zipfile
from datetime import date

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError

from golive.core.sheet_reader import LARGEST, ROWS, UNPACKED, read_sheet

WORKBOOK = "xl/workbook.xml"
SHEET = "xl/worksheets/sheet1.xml"


def book(*rows, **options):
    file = io.BytesIO()
    with xlsxwriter.Workbook(
        file, {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"} | options
    ) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def changed(raw, **parts):
    """The same workbook with some parts replaced or added; names with `__` for a slash and `_` for a dot."""
    new = io.BytesIO()
    named = {name.replace("__", "/").replace("_", "."): content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in old.namelist():
            if name not in named:
                packed.writestr(name, old.read(name))
        for name, content in named.items():
            packed.writestr(name, content)
    return new.getvalue()


def sheet_of(inner):
    return f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{inner}</sheetData></worksheet>'


def code_of(raw):
    with pytest.raises(ValidationError) as caught:
        read_sheet(raw)
    assert caught.value.message
    return caught.value.code


def test_values_are_read_as_people_see_them():
    raw = book(["E-mail", "Name"], [], ["a@b.example", "Ødegård"], [7, 7.5, True, date(2026, 12, 4)])

    assert read_sheet(raw) == [
        ["E-mail", "Name", "", ""],
        ["", "", "", ""],
        ["a@b.example", "Ødegård", "", ""],
        ["7", "7.5", "yes", "2026-12-04"],
    ]


@pytest.mark.parametrize("raw", [b"", b"PK", b"name;email", b"\x89PNG\r\n", b"PK\x03\x04" + b"\0" * 200])
def test_what_is_no_workbook_is_said_to_be_none(raw):
    assert code_of(raw) == "no_workbook"


def test_every_truncation_is_refused_and_none_is_an_error():
    raw = book(["E-mail"], ["a@b.example"])

    for end in range(0, len(raw), 97):
        assert code_of(raw[:end]) == "no_workbook"


def test_a_formula_is_refused_with_its_row_and_never_evaluated():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet()
        sheet.write(0, 0, "E-mail")
        sheet.write_formula(3, 0, '=HYPERLINK("http://evil.example")', value="a@b.example")

    with pytest.raises(ValidationError, match="Row 4 holds a formula") as caught:
        read_sheet(file.getvalue())

    assert caught.value.code == "formula"


def test_a_formula_in_a_sheet_at_another_place_is_seen():
    hidden = sheet_of('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>')

    assert code_of(changed(book(["x"]), xl__other_xml=hidden)) == "formula"


def test_a_file_that_is_too_large_is_not_even_opened():
    assert code_of(b"PK\x03\x04" + b"\0" * LARGEST) == "too_large"


def test_a_bomb_is_refused_by_what_it_declares():
    assert code_of(changed(book(["x"]), xl__media__a_bin=b"\0" * (UNPACKED + 1))) == "bomb"


def test_a_bomb_that_lies_about_its_size_is_refused_by_what_comes_out():
    raw = bytearray(changed(book(["x"]), xl__media__a_bin=b"\0" * (UNPACKED + 1)))
    size = struct.pack("<I", UNPACKED + 1)
    while (at := raw.find(size)) >= 0:
        raw[at : at + 4] = struct.pack("<I", 10)

    assert code_of(bytes(raw)) in {"bomb", "no_workbook"}


def test_many_parts_are_refused():
    assert code_of(changed(book(["x"]), **{f"xl__p{number}_xml": "<a/>" for number in range(120)})) == "bomb"


@pytest.mark.parametrize("reference", ["A1048576", "XFD1", "AZ1", "A1001"])
def test_two_cells_far_apart_fill_no_memory(reference):
    far = sheet_of(f'<row r="1"><c r="A1"><v>1</v></c><c r="{reference}"><v>1</v></c></row>')

    assert code_of(changed(book(["x"]), xl__worksheets__sheet1_xml=far)) == "too_many_cells"


@pytest.mark.parametrize("row", ["<row>" * 1, '<row r="1001"/>', "<row/>" * (ROWS + 1)])
def test_rows_are_counted_with_and_without_their_numbers(row):
    code = code_of(changed(book(["x"]), xl__worksheets__sheet1_xml=sheet_of(row)))

    assert code == ("no_workbook" if row == "<row>" else "too_many_cells")


@pytest.mark.parametrize("reference", ["1A", "a1", "A0", "ABCD1", "A99999999", "٣"])
def test_a_cell_at_no_place_is_refused(reference):
    odd = sheet_of(f'<row r="1"><c r="{reference}"><v>1</v></c></row>')

    assert code_of(changed(book(["x"]), xl__worksheets__sheet1_xml=odd)) == "no_workbook"


def test_one_long_text_is_not_repeated_by_thousands_of_cells():
    assert code_of(book(["x" * 1_001])) == "too_long"
    assert code_of(book(["x" * 1_001], in_memory=True, constant_memory=True)) == "too_long"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_never_expanded(encoding):
    laughs = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]>'
        "<worksheet><sheetData><row><c><v>&c;</v></c></row></sheetData></worksheet>"
    ).encode(encoding)

    assert code_of(changed(book(["x"]), xl__worksheets__sheet1_xml=laughs)) == "no_workbook"


def test_macros_are_refused():
    assert code_of(changed(book(["x"]), xl__vbaProject_bin=b"x")) == "macros"


def test_two_parts_of_one_name_are_refused():
    raw = io.BytesIO(book(["x"]))
    with zipfile.ZipFile(raw, "a") as packed, pytest.warns(UserWarning, match="Duplicate name"):
        packed.writestr(SHEET, sheet_of(""))

    assert code_of(raw.getvalue()) == "no_workbook"


def test_a_part_of_another_kind_is_no_sheet():
    assert code_of(changed(book(["x"]), xl__sheet_bin=sheet_of(""))) == "no_workbook"
