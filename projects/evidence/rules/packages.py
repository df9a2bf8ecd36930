"""Documents of office products are archives: looked into with every number bounded, and never unpacked."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What the largest honest workbooks have is a tenth of each.
MOST_PARTS = 10_000
MOST_DIRECTORY = 2_000_000
MOST_UNPACKED = 250_000_000
MOST_TYPES = 1_000_000
TYPES = "[Content_Types].xml"
CHUNK = 64 * 1024
TAIL = 65_535 + 22  # the end of the directory, behind it a comment
END, LONG_END, PART = b"PK\x05\x06", b"PK\x06\x07", b"PK\x03\x04"
ENCRYPTED = 1
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# Code by the name of its part; what the content types call it is looked for as well.
CODE = ("vbaproject", "vbadata", "/macrosheets/", "/activex/")
CODE_TYPES = ("macroenabled", "vbaproject", "activex")
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, OverflowError, RuntimeError)


def broken() -> ValidationError:
    return ValidationError(_("This is no document of the kind that its name says."), code="content")


def too_much() -> ValidationError:
    return ValidationError(_("This document unpacks to more than is taken."), code="bomb")


def macros() -> ValidationError:
    return ValidationError(_("Documents with macros are not taken. Save it without macros."), code="macros")


@dataclass(frozen=True)
class DirectoryEnd:
    entries: int
    size: int
    offset: int
    at: int


def check_package(stream: BinaryIO, size: int, *, main: str) -> None:
    """`main`: the content type of its main part. The bounds come first: opening reads the whole directory."""
    check_bounds(stream, size)
    try:
        with zipfile.ZipFile(stream) as archive:
            infos = archive.infolist()
            check_parts(infos, size)
            for info in infos:
                check_part(stream, info)
            check_types(archive, main)
    except ValidationError:
        raise
    except (*BROKEN, NotImplementedError) as error:
        raise broken() from error


def check_bounds(stream: BinaryIO, size: int) -> None:
    """From the first part to the end of the directory, with nothing before, between or behind."""
    found = directory_end(stream, size)
    stream.seek(0)
    if found is None or stream.read(4) != PART:
        raise broken()
    if found.entries > MOST_PARTS or found.size > MOST_DIRECTORY:
        raise too_much()
    if found.offset + found.size != found.at:
        raise broken()


def directory_end(stream: BinaryIO, size: int) -> DirectoryEnd | None:
    """None where there is none, where something stands behind it, or where it has the form of very large archives."""
    stream.seek(max(0, size - TAIL))
    tail = stream.read()
    place = tail.rfind(END)
    if place < 0 or len(tail) < place + 22 or LONG_END in tail[max(0, place - 20) : place]:
        return None
    entries, length, offset, comment = struct.unpack("<HIIH", tail[place + 10 : place + 22])
    if place + 22 + comment != len(tail):
        return None
    return DirectoryEnd(entries, length, offset, size - len(tail) + place)


def check_parts(infos: Iterable[zipfile.ZipInfo], size: int) -> None:
    names, packed, unpacked = set(), 0, 0
    for info in infos:
        name = info.filename.replace("\\", "/").lower()
        if name in names or name.startswith("/") or ".." in name.split("/") or info.flag_bits & ENCRYPTED:
            raise broken()
        if any(sign in f"/{name}" for sign in CODE):
            raise macros()
        names.add(name)
        packed, unpacked = packed + info.compress_size, unpacked + info.file_size
    if packed > size:  # parts that lie over each other
        raise too_much()
    if unpacked > MOST_UNPACKED:
        raise too_much()


def check_part(stream: BinaryIO, info: zipfile.ZipInfo) -> None:
    """What it says of its size is true: unpacked piece by piece into nothing."""
    stream.seek(info.header_offset)
    head = stream.read(30)
    if head[:4] != PART or info.compress_type not in PACKINGS:
        raise broken()
    stream.seek(sum(struct.unpack("<HH", head[26:30])), 1)
    if info.compress_type == zipfile.ZIP_STORED:
        if info.compress_size != info.file_size:
            raise broken()
        return
    inflate_bounded(stream, info.compress_size, most=info.file_size)


def inflate_bounded(stream: BinaryIO, left: int, *, most: int) -> None:
    inflate, total = zlib.decompressobj(-zlib.MAX_WBITS), 0
    while left > 0 and not inflate.eof:
        piece = stream.read(min(CHUNK, left))
        if not piece:
            raise broken()
        left -= len(piece)
        while piece and not inflate.eof:
            total += len(inflate.decompress(piece, 16 * CHUNK))
            if total > most:
                raise too_much()
            piece = inflate.unconsumed_tail


def check_types(archive: zipfile.ZipFile, main: str) -> None:
    """Plain XML that names the main part; whatever could spell it otherwise is refused."""
    if TYPES not in archive.namelist():
        raise broken()
    with archive.open(TYPES) as file:
        raw = file.read(MOST_TYPES + 1)
    text = raw.decode("utf-8-sig").lower()
    if any(word in text for word in CODE_TYPES):
        raise macros()
    if len(raw) > MOST_TYPES or "<!" in text or "&#" in text or main.lower() not in text:
        raise broken()


def refuse_hidden_archive(stream: BinaryIO) -> None:
    """A picture or a PDF that is an archive as well, read from its end."""
    stream.seek(0)
    if zipfile.is_zipfile(stream):
        raise ValidationError(_("There is an archive hidden in this file."), code="content")
