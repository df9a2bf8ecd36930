"""Small files that are what they say, and files that are not: each made here, byte by byte."""

import io
import struct
import zipfile
import zlib

MAIN = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "docx": ("wordprocessingml.document", "word/document.xml"),
    "xlsx": ("spreadsheetml.sheet", "xl/workbook.xml"),
    "pptx": ("presentationml.presentation", "ppt/presentation.xml"),
}
WORD = f"{MAIN}wordprocessingml.document.main+xml"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
PNG_HEAD, PNG_END = b"\x89PNG\r\n\x1a\n", b"\x00\x00\x00\x00IEND\xaeB`\x82"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int = 1, height: int = 1, *, behind: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return PNG_HEAD + head + chunk(b"IDAT", zlib.compress(b"\x00\x00")) + PNG_END + behind


def jpeg(width: int = 1, height: int = 1, *, behind: bytes = b"") -> bytes:
    app = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + app + frame + b"\xff\xda\x00\x02\x00\xff\xd9" + behind


def types(main: str, *, more: str = "") -> str:
    part = f'<Override PartName="/main.xml" ContentType="{main}"/>{more}'
    return f'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{part}</Types>'


def package(kind: str = "docx", *, types_text: str | bytes = "", **parts: bytes | str) -> bytes:
    """`parts` by name, `__` for `/` and `_dot_` for a dot."""
    main, place = KINDS[kind]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types_text or types(f"{MAIN}{main}.main+xml"))
        archive.writestr(place, "<document>As planned.</document>")
        for name, held in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), held)
    return content.getvalue()


def macro(kind: str = "docx") -> bytes:
    return package(kind, word__vbaProject_dot_bin=b"\xd0\xcf\x11\xe0code")


def renamed_docm() -> bytes:
    return package(types_text=types("application/vnd.ms-word.document.macroEnabled.main+xml"))


def bomb() -> bytes:
    """Half a megabyte that unpacks to five hundred."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types(f"{MAIN}spreadsheetml.sheet.main+xml"))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _megabyte in range(260):
                part.write(b"\0" * 1_000_000)
    return content.getvalue()


def lying_bomb() -> bytes:
    """It says that a part unpacks to ten bytes."""
    raw = bytearray(package("xlsx", xl__sheet_dot_xml=b"\0" * 5_000_000))
    place = raw.rindex(b"PK\x01\x02")
    raw[place + 24 : place + 28] = struct.pack("<I", 10)
    return bytes(raw)


def overlapping() -> bytes:
    """Two dozen entries of the directory over one part: what is unpacked is many times what is there."""
    raw = package(xl__a_dot_bin=bytes(range(256)) * 40)
    start, entry, end = raw.index(b"PK\x01\x02"), raw.rindex(b"PK\x01\x02"), raw.rindex(b"PK\x05\x06")
    copies = [raw[entry:end].replace(b"a.bin", b"%c.bin" % letter) for letter in b"bcdefghijklmnopqrstuvwxyz"]
    directory, tail = raw[start:end] + b"".join(copies), bytearray(raw[end:])
    tail[8:12] = struct.pack("<HH", 3 + len(copies), 3 + len(copies))
    tail[12:16] = struct.pack("<I", len(directory))
    return raw[:start] + directory + bytes(tail)


def many_parts() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for n in range(10_001):
            archive.writestr(f"xl/{n}", b"")
    return content.getvalue()


def said_to_be(entries: int) -> bytes:
    """A directory that says it is longer than the file."""
    raw = bytearray(package())
    place = raw.rindex(b"PK\x05\x06")
    raw[place + 12 : place + 16] = struct.pack("<I", entries)
    return bytes(raw)


def encrypted() -> bytes:
    raw = bytearray(package())
    place = raw.rindex(b"PK\x01\x02")
    raw[place + 8 : place + 10] = struct.pack("<H", 1)
    return bytes(raw)


def slipping() -> bytes:
    return package(**{"..__..__etc__passwd": b"root"})


GOOD = {
    "minutes.pdf": PDF,
    "screen.png": png(),
    "photo.jpg": jpeg(),
    "photo.JPEG": jpeg(),
    "notes.txt": "Grüße, 日本\r\n\f".encode(),
    "bom.csv": b"\xef\xbb\xbfa;b\n=1+1;2\n",
    "read.md": b"# Plan\n<script>alert(1)</script>\n",
    "plan.docx": package("docx"),
    "data.xlsx": package("xlsx"),
    "deck.pptx": package("pptx"),
    "many words of a name.final.v2.pdf": PDF,
}
# Name, content, and the code of the sentence.
BAD = [
    ("empty.pdf", b"", "empty"),
    ("page.html", b"<html><script>alert(1)</script></html>", "kind"),
    ("page.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "kind"),
    ("tool.exe", b"MZ\x90", "kind"),
    ("minutes.pdf.exe", PDF, "kind"),
    ("archive.zip", package(), "kind"),
    ("macro.docm", macro(), "kind"),
    ("script.js", b"alert(1)", "kind"),
    ("nothing", PDF, "kind"),
    ("trailing.pdf.", PDF, "name"),
    (".pdf", PDF, "name"),
    ("con.pdf", PDF, "name"),
    ("LPT1.final.pdf", PDF, "name"),
    ("a/b.pdf", PDF, "name"),
    ("..\\..\\b.pdf", PDF, "name"),
    ("../../etc/passwd.pdf", PDF, "name"),
    ("b.exe:c.pdf", PDF, "name"),
    ("a\r\nContent-Type: text/html\r\n.pdf", PDF, "control"),
    ("a\0.pdf", PDF, "nul"),
    ("a\u202efdp.exe.pdf", PDF, "bidi"),
    ("a\u200b.pdf", PDF, "invisible"),
    ("a\ud800.pdf", PDF, "surrogate"),
    ("a" * 117 + ".pdf", PDF, "too_long"),
    ("a" * 5_000 + ".pdf", PDF, "too_long"),
    ("lie.pdf", b"<html><body>%PDF-1.7</body></html>%%EOF", "content"),
    ("behind.pdf", b"GIF89a" + PDF, "content"),
    ("cut.pdf", PDF[:40], "content"),
    ("old.pdf", b"%PDF-9.9" + PDF[8:], "content"),
    ("jar.pdf", PDF + package() + b"%%EOF", "content"),
    ("lie.png", jpeg(), "content"),
    ("lie.jpg", png(), "content"),
    ("page.png", b"<html>" + png(), "content"),
    ("cut.png", png()[:30], "content"),
    ("tail.png", png(behind=b"<script>alert(1)</script>"), "content"),
    ("gifar.png", png(behind=package()), "content"),
    ("gifar.jpg", jpeg(behind=package()), "content"),
    ("flood.png", png(60_000, 60_000), "content"),
    ("none.png", png(0, 1), "content"),
    ("flood.jpg", jpeg(65_000, 65_000), "content"),
    ("cut.jpg", jpeg()[:12], "content"),
    ("loop.jpg", b"\xff\xd8" + b"\xff\xe0\x00\x02" * 3_000, "content"),
    ("short.jpg", b"\xff\xd8\xff\xe0\x00\x00", "content"),
    ("latin.txt", "Grüße".encode("latin-1"), "content"),
    ("wide.txt", "Plan".encode("utf-16"), "content"),
    ("zero.txt", b"a\0b", "content"),
    ("cut.txt", "日".encode()[:2], "content"),
    ("escape.csv", b"a\x1b[31m;b", "content"),
    ("program.md", b"MZ\x90\x00\x03", "content"),
    ("lie.docx", PDF, "content"),
    ("sheet.docx", package("xlsx"), "content"),
    ("before.docx", b"#!/bin/sh\n" + package(), "content"),
    ("behind.docx", package() + b"<script>", "content"),
    ("half.docx", package()[:200], "content"),
    ("none.docx", b"PK\x05\x06" + b"\0" * 18, "content"),
    ("macro.docx", macro(), "macros"),
    ("macro.xlsx", package("xlsx", xl__VBAPROJECT_dot_BIN=b"x"), "macros"),
    ("macro4.xlsx", package("xlsx", xl__macrosheets__sheet1_dot_xml=b"x"), "macros"),
    ("control.docx", package(word__activeX__activeX1_dot_xml=b"x"), "macros"),
    ("renamed.docx", renamed_docm(), "macros"),
    (
        "hidden.docx",
        package(
            types_text=types(
                WORD,
                more='<Override PartName="/x" ContentType="application/vnd.ms-office.vbaProject"/>',
            )
        ),
        "macros",
    ),
    ("entity.docx", package(types_text="<!DOCTYPE a [<!ENTITY b 'c'>]>" + types(WORD)), "content"),
    ("spelt.docx", package(types_text=types(WORD, more="&#118;")), "content"),
    ("wide.docx", package(types_text=types(WORD).encode("utf-16")), "content"),
    ("slip.docx", slipping(), "content"),
    ("locked.docx", encrypted(), "content"),
    ("long.xlsx", said_to_be(3_000_000), "bomb"),
    ("longer.docx", said_to_be(60_000), "content"),
    ("bomb.xlsx", bomb(), "bomb"),
    ("lying.xlsx", lying_bomb(), "bomb"),
    ("parts.xlsx", many_parts(), "bomb"),
    ("over.docx", overlapping(), "bomb"),
]  # fmt: skip
