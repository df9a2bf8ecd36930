"""The first sheet of an xlsx workbook as rows of text. Nothing in it is evaluated, and it may cost no more than we say.

What somebody uploads may be small and unpack to gigabytes, hold two cells a million rows apart, or one long text that
thousands of cells repeat. So every part is unpacked under a limit and looked at before the package that reads it is.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NoReturn
from xml.parsers import expat

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from python_calamine import CalamineWorkbook

LARGEST = 500_000  # bytes of the file
UNPACKED = 4_000_000  # bytes of all its parts
PARTS = 100
ROWS, COLUMNS = 1_000, 30
LONGEST = 1_000  # signs of one cell
CHUNK = 65_536
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def read_sheet(raw: bytes) -> list[list[str]]:
    """Rows of the first sheet, numbered as people see them: row 1 is the first, empty ones are kept in between."""
    for name, part in parts_of(raw).items():
        if name.endswith((".xml", ".rels")):
            Look().at(part)
        elif b"sheetData" in part:
            refuse("no_workbook")
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except Exception as error:  # whatever the package stumbles over, the file is what is wrong
        raise refusal("no_workbook") from error
    return [[plain(cell) for cell in row] for row in rows]


def plain(cell: Any) -> str:
    """A number without its decimals where it has none; a day as it is written in a plan."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)


def parts_of(raw: bytes) -> dict[str, bytes]:
    """Every part unpacked, measured by what really comes out: what is declared may be a lie."""
    if len(raw) > LARGEST:
        refuse("too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            names = packed.namelist()
            if len(names) > PARTS or sum(one.file_size for one in packed.infolist()) > UNPACKED:
                refuse("bomb")
            if len(set(names)) < len(names) or "xl/workbook.xml" not in names:
                refuse("no_workbook")
            return dict(unpacked(packed))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise refusal("no_workbook") from error


def unpacked(packed: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    room = UNPACKED
    for name in packed.namelist():
        if name.lower().endswith("vbaproject.bin"):
            refuse("macros")
        found = io.BytesIO()
        with packed.open(name) as stream:
            while chunk := stream.read(CHUNK):
                found.write(chunk)
                if (room := room - len(chunk)) < 0:
                    refuse("bomb")
        yield name, found.getvalue()


class Look:
    """Goes through one part without keeping it: no types of its own, no formula, nothing outside our rows."""

    def __init__(self) -> None:
        self.row = self.column = self.length = 0
        self.within: list[str] = []

    def at(self, part: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = lambda *_declared: refuse("no_workbook")
        parser.StartElementHandler, parser.EndElementHandler = self.begin, self.end
        parser.CharacterDataHandler = self.text
        try:
            parser.Parse(part, True)
        except expat.ExpatError as error:
            raise refusal("no_workbook") from error

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "row":
            self.row, self.column = number_of(attributes.get("r"), self.row), 0
        elif kind == "c":
            self.cell(attributes.get("r"))
        elif kind == "f" and "c" in self.within:
            refuse("formula", row=self.row)
        if kind in {"c", "si"}:
            self.length = 0
        if self.row > ROWS or self.column > COLUMNS:
            refuse("too_many_cells")
        self.within.append(kind)

    def cell(self, reference: str | None) -> None:
        self.column += 1
        if reference is not None:
            match = REFERENCE.fullmatch(reference)
            if match is None:
                refuse("no_workbook")
            self.column, self.row = column_of(match[1]), int(match[2])

    def end(self, _name: str) -> None:
        self.within.pop()

    def text(self, signs: str) -> None:
        if "c" in self.within or "si" in self.within:
            self.length += len(signs)
            if self.length > LONGEST:
                refuse("too_long", row=self.row)


def number_of(written: str | None, before: int) -> int:
    if written is None:
        return before + 1
    return int(written) if re.fullmatch(r"[1-9][0-9]{0,6}", written) else refuse("no_workbook")


def column_of(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place


def refuse(code: str, *, row: int = 0) -> NoReturn:
    raise refusal(code, row=row)


def refusal(code: str, *, row: int = 0) -> ValidationError:
    sentences = {
        "too_large": _("The file is larger than %(bytes)d kB.") % {"bytes": LARGEST // 1000},
        "bomb": _("The file unpacks to more than a list of people needs."),
        "macros": _("The file holds macros. Save it as a workbook without them."),
        "formula": _("Row %(row)d holds a formula. Only plain values are read; paste the values.") % {"row": row},
        "too_many_cells": _("At most %(rows)d rows and %(columns)d columns are read.")
        % {"rows": ROWS, "columns": COLUMNS},
        "too_long": _("A cell holds more than %(limit)d signs.") % {"limit": LONGEST},
    }
    return ValidationError(sentences.get(code, _("This is no workbook (.xlsx) that can be read.")), code=code)
