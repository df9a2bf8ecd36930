"""What a tagged PDF must hold so that a screen reader finds its way; read with pikepdf."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

STRUCTURE = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "NonStruct"}
TEXT = {"P", "H1", "H2", "H3", "H4", "Caption", "Span", "Link", "Figure"}
LISTS = {"L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody"}
STANDARD = STRUCTURE | TEXT | LISTS
PARENTS = {
    "TR": {"Table", "THead", "TBody"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
}


def elements(document: pikepdf.Pdf) -> Iterator[tuple[Any, str, str]]:
    """Every element of the structure tree in reading order: itself, its kind, its parent's kind."""
    todo = [(kid, "StructTreeRoot") for kid in reversed(list(document.Root.StructTreeRoot.K))]
    while todo:
        element, parent = todo.pop()
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            continue
        kind = str(element.S)[1:]
        yield element, kind, parent
        kids = element.get("/K", [])
        todo += [(kid, kind) for kid in reversed(list(kids) if isinstance(kids, pikepdf.Array) else [kids])]


def faults(data: bytes) -> list[str]:
    with pikepdf.open(BytesIO(data)) as document:
        tree = list(elements(document))
        return [*_of_document(document), *_of_tree(document, tree), *_of_pages(document), *_of_fonts(document)]


def _of_document(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    with document.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "no pdfuaid part"
        if not metadata.get("dc:title"):
            yield "no title"
    if not root.ViewerPreferences.DisplayDocTitle:
        yield "title not displayed"
    if not str(root.Lang):
        yield "no language"
    if not root.MarkInfo.Marked:
        yield "not marked"
    if "/OpenAction" in root or "/JavaScript" in root.get("/Names", {}):
        yield "script"


def _of_tree(document: pikepdf.Pdf, tree: list[tuple[Any, str, str]]) -> Iterator[str]:
    level = 0
    named = set(_names(document.Root.StructTreeRoot))
    for element, kind, parent in tree:
        if kind not in STANDARD:
            yield f"kind {kind}"
        if parent not in PARENTS.get(kind, {parent}):
            yield f"{kind} in {parent}"
        if kind in ("H1", "H2", "H3", "H4"):
            if int(kind[1]) > level + 1:
                yield f"{kind} after H{level}"
            level = int(kind[1])
        if kind == "Figure" and not (str(element.get("/Alt", "")) and "/BBox" in element.A):
            yield "figure without alt or box"
        if kind == "TH" and str(element.A.get("/Scope", "")) != "/Column":
            yield "header without scope"
        if kind == "TH" and bytes(element.ID) not in named:
            yield "header not in IDTree"
        if kind == "TD" and any(bytes(header) not in named for header in element.A.get("/Headers", [])):
            yield "unknown header"
        if kind == "Table" and len(set(_widths(element))) != 1:
            yield "rows of different width"


def _names(root: Any) -> Iterator[bytes]:
    for kid in root.IDTree.Kids:
        yield from (bytes(name) for name in list(kid.Names)[::2])


def _widths(table: Any) -> Iterator[int]:
    for group in table.K:
        for row in group.K:
            yield len(row.K)


def _of_pages(document: pikepdf.Pdf) -> Iterator[str]:
    numbers = list(document.Root.StructTreeRoot.ParentTree.Nums)
    parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    for page in document.pages:
        if str(page.get("/Tabs", "")) != "/S":
            yield "no tab order"
        marks = [_mark(operands) for operands, operator in pikepdf.parse_content_stream(page)
                 if str(operator) in ("BDC", "BMC")]  # fmt: skip
        marks = [mark for mark in marks if mark is not None]
        if len(marks) != len(set(marks)) or len(marks) != len(parents[int(page.StructParents)]):
            yield "marked content and parent tree differ"
        for note in page.get("/Annots", []):
            if str(note.Subtype) == "/Link" and "/Contents" not in note:
                yield "link without words"
            if str(parents[int(note.StructParent)].S) != "/Link":
                yield "link outside of Link"


def _mark(operands: Any) -> int | None:
    found = operands[1].get("/MCID") if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else None
    return None if found is None else int(found)


def _of_fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and str(thing.get("/Subtype", "")) == "/Type0":
            face = thing.DescendantFonts[0].FontDescriptor
            if not {"/FontFile2", "/FontFile3"} & set(face.keys()):
                yield "font not embedded"
            if "/ToUnicode" not in thing:
                yield "font without ToUnicode"
