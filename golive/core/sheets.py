"""Tables for a spreadsheet, as CSV and as xlsx: a cell is what it says and is never calculated with."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from tempfile import TemporaryFile
from typing import IO, Any

from xlsxwriter import Workbook

Cell = str | int | date | None
# What a spreadsheet takes for a formula, or for the end of a cell.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST = 32_000  # signs that a cell of xlsx holds, rounded down
WIDE, NARROW = 28, 14
# Nothing in a text is a number, an address or a formula, whatever it looks like; rows leave memory as they are written.
AS_TEXT = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Line by line: a long table takes no more memory than a short one."""
    writer = csv.writer(_Echo())
    yield writer.writerow([harmless(column) for column in columns])
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def xlsx_file(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, widths: Sequence[int] = ()
) -> IO[bytes]:
    """A file without a name, gone when it is closed. With `widths`, long texts are wrapped in their columns."""
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with Workbook(file, AS_TEXT) as book:
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 1)
        for place, width in enumerate(widths or (WIDE, *[NARROW] * (len(columns) - 1))):
            sheet.set_column(place, place, width)
        wrapped = book.add_format({"text_wrap": True, "valign": "top"}) if widths else None
        bold = book.add_format({"bold": True})
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, bold)
        for line, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write(sheet, line, place, cell, wrapped)
    file.seek(0)
    return file


def harmless(cell: Cell) -> str:
    """A sign that a spreadsheet would calculate with is quoted; a number of our own is none of these."""
    if isinstance(cell, int | date):
        return str(cell)
    text = cell or ""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _write(sheet: Any, line: int, place: int, cell: Cell, wrapped: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(line, place, cell[:LONGEST], wrapped)
    elif isinstance(cell, int):
        sheet.write_number(line, place, cell)
    elif cell is not None:
        sheet.write_datetime(line, place, cell)


class _Echo:
    """Hands each written line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line
