"""What a file must be to be taken: of a known kind by its name, and by what is inside."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from golive.core.text import clean_text
from projects.evidence.rules.packages import check_package, refuse_hidden_archive
from projects.evidence.rules.pictures import check_jpeg, check_png

LONGEST_NAME = 120
CHUNK = 64 * 1024
# Where a name is no name on some system, it would be another file there, a device, or a place.
FORBIDDEN = frozenset('/\\<>:"|?*')
DEVICES = {"con", "prn", "aux", "nul", *(f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10))}
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
PDF_HEAD = re.compile(rb"%PDF-[12]\.[0-9]")
MAIN = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class FileKind:
    """`check` raises where the content is not what the name says."""

    media_type: str
    check: Callable[[BinaryIO, int], None]


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed: only such are stored."""

    name: str
    media_type: str
    size: int
    sha256: str
    stream: BinaryIO = field(repr=False, compare=False)


def check_file(stream: BinaryIO, *, name: str, size: int, most: int) -> CheckedFile:
    """`most`: bytes that one file may have."""
    if size > most:
        limit = {"limit": most // 1_048_576}
        raise ValidationError(_("This file is larger than %(limit)d MB."), code="file_too_large", params=limit)
    if size < 1:
        raise ValidationError(_("This file is empty."), code="empty")
    name = clean_name(name)
    kind = kind_of(name)
    stream.seek(0)
    kind.check(stream, size)
    return CheckedFile(name, kind.media_type, size, hash_of(stream), stream)


def check_pair(file: CheckedFile | None, url: str) -> None:
    """A piece of evidence is one thing: a file, or a link to where it is kept."""
    if file and url:
        raise ValidationError({"url": _("Give a file or a link, not both.")})
    if not file and not url:
        raise ValidationError({"file": _("Choose a file, or give a link.")})


def clean_name(name: str) -> str:
    """The name it is known by to people; it is never the name of a file on our side."""
    name = clean_text(name, limit=LONGEST_NAME)
    if FORBIDDEN & set(name):
        raise ValidationError(_('A file name must not contain any of / \\ < > : " | ? *'), code="name")
    if name.startswith(".") or name.endswith(".") or name.partition(".")[0].strip().lower() in DEVICES:
        raise ValidationError(_("This is no name that a file can have everywhere. Rename it."), code="name")
    return name


def kind_of(name: str) -> FileKind:
    known = KINDS.get(name.rpartition(".")[2].lower()) if "." in name else None
    if known is None:
        accepted = {"kinds": ", ".join(KINDS)}
        raise ValidationError(_("Files of this kind are not taken. Taken are: %(kinds)s."), "kind", accepted)
    return known


def hash_of(stream: BinaryIO) -> str:
    held = sha256()
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        held.update(chunk)
    stream.seek(0)
    return held.hexdigest()


def check_text(stream: BinaryIO, size: int) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        while chunk := stream.read(CHUNK):
            if CONTROLS.search(chunk):
                raise ValidationError(_("This is no text: it contains control signs."), code="content")
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise ValidationError(_("This is no text in UTF-8. Save it as UTF-8."), code="content") from error


def check_pdf(stream: BinaryIO, size: int) -> None:
    """Readers look for the beginning further in, and so find it inside of other things: here it comes first."""
    head = stream.read(8)
    stream.seek(max(0, size - 1024))
    if not PDF_HEAD.fullmatch(head) or b"%%EOF" not in stream.read():
        raise ValidationError(_("This is no whole PDF document, whatever its name says."), code="content")
    refuse_hidden_archive(stream)


def picture(check: Callable[[BinaryIO, int], bool]) -> Callable[[BinaryIO, int], None]:
    def checked(stream: BinaryIO, size: int) -> None:
        if not check(stream, size):
            raise ValidationError(_("This is no picture of the kind that its name says."), code="content")
        refuse_hidden_archive(stream)

    return checked


def package(main: str) -> Callable[[BinaryIO, int], None]:
    """A document of an office product, told by the content type of its main part."""
    return lambda stream, size: check_package(stream, size, main=f"{MAIN}{main}.main+xml")


JPEG = FileKind("image/jpeg", picture(check_jpeg))
KINDS = {
    "pdf": FileKind("application/pdf", check_pdf),
    "png": FileKind("image/png", picture(check_png)),
    "jpg": JPEG,
    "jpeg": JPEG,
    "txt": FileKind("text/plain", check_text),
    "csv": FileKind("text/csv", check_text),
    "md": FileKind("text/markdown", check_text),
    "docx": FileKind(f"{MAIN}wordprocessingml.document", package("wordprocessingml.document")),
    "xlsx": FileKind(f"{MAIN}spreadsheetml.sheet", package("spreadsheetml.sheet")),
    "pptx": FileKind(f"{MAIN}presentationml.presentation", package("presentationml.presentation")),
}
