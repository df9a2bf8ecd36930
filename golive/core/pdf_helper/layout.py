"""What WeasyPrint may read, and how a document becomes bytes. Imported by the helper only."""

import logging
from pathlib import Path
from urllib.request import DataHandler, Request

import pydyf
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse, iri_to_uri

STATIC = Path(__file__).resolve().parents[3] / "static"
PLACE = "https://packaged.invalid/"  # never resolved: a name for "one of the files below"
FONTS = ("GoliveSans-Regular.otf", "GoliveSans-SemiBold.otf", "GoliveSans-Bold.otf")
SHEETS = ("report", "report-ua", "paper")
PACKAGED = {f"{PLACE}fonts/{name}": STATIC / "fonts" / name for name in FONTS}
SAMPLE = "<html lang='en'><title>t</title><h1>Warm</h1><table><thead><tr><th>a</th></tr></thead></table>◆▲●○✓"


class PackagedOnly(URLFetcher):
    """Packaged fonts by name, and data: addresses. No file, no host, no redirect, no proxy."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if path := PACKAGED.get(url):
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/otf"})
        if url[:5].lower() != "data:":
            raise ValueError("only packaged files and data: addresses are read")
        response = DataHandler().data_open(Request(iri_to_uri(url)))  # noqa: S310  a data: address, checked above
        return URLFetcherResponse(url, response, response.headers)


class Document(weasyprint.HTML):
    """With the short user agent sheet: the stock one styles parts that our documents never have.

    `_ua_stylesheets` is private to WeasyPrint: look at each upgrade.
    """

    def _ua_stylesheets(self, forms: bool = False) -> list[weasyprint.CSS]:
        return [warmed.sheets["report-ua"]]


class Complaints(logging.Handler):
    """WeasyPrint logs an error and goes on: a picture that is missing is a failure to us."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


class Warmed:
    """Parsed once, used by every child: the sheets, the fonts, the fetcher."""

    def __init__(self) -> None:
        self.fetcher = PackagedOnly()
        self.fonts = FontConfiguration()
        self.sheets = {name: self.sheet(name) for name in SHEETS}

    def sheet(self, name: str) -> weasyprint.CSS:
        text = (STATIC / "css" / f"{name}.css").read_text()
        base = f"{PLACE}css/{name}.css"
        return weasyprint.CSS(string=text, base_url=base, url_fetcher=self.fetcher, font_config=self.fonts)


warmed: Warmed


def warm() -> None:
    global warmed
    complaints = listen(logging.WARNING)
    warmed = Warmed()
    pdf_of(SAMPLE, ["report"])
    if complaints.texts:
        raise RuntimeError(complaints.texts[0])
    weasyprint.LOGGER.removeHandler(complaints)


def listen(level: int) -> Complaints:
    complaints = Complaints(level)
    weasyprint.LOGGER.handlers = [complaints]
    return complaints


def pdf_of(html: str, stylesheets: list[str]) -> bytes:
    complaints = listen(logging.ERROR)
    document = Document(string=html, base_url=PLACE, url_fetcher=warmed.fetcher)
    data = document.write_pdf(
        stylesheets=[warmed.sheets[name] for name in stylesheets],
        font_config=warmed.fonts,
        finisher=complete_tags,
        pdf_variant="pdf/ua-1",
        presentational_hints=False,
    )
    if complaints.texts:
        raise ValueError("; ".join(complaints.texts)[:2000])
    return data


def complete_tags(document: weasyprint.Document, pdf: pydyf.PDF) -> None:
    """What WeasyPrint leaves out: the direction of a header cell, and the tree by which `Headers` finds it."""
    names: list[tuple[bytes, pydyf.String, bytes]] = []
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Dictionary) and thing.get("S") == "/TH":
            thing["A"]["Scope"] = "/Column"  # our tables have no row headers
            if "ID" in thing:
                names.append((thing["ID"].data, thing["ID"], thing.reference))
    if not names:
        return
    names.sort(key=lambda name: name[0])
    leaf = pydyf.Dictionary(
        {
            "Limits": pydyf.Array([names[0][1], names[-1][1]]),
            "Names": pydyf.Array([part for _, key, reference in names for part in (key, reference)]),
        }
    )
    pdf.add_object(leaf)
    root = next(o for o in pdf.objects if isinstance(o, pydyf.Dictionary) and o.get("Type") == "/StructTreeRoot")
    root["IDTree"] = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})
