"""What a person can read in a PDF, without any program beside Python."""

from io import BytesIO

from pypdf import PdfReader


def text_of(data: bytes) -> str:
    """All words of all pages; blanks and line ends are one blank."""
    pages = PdfReader(BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
