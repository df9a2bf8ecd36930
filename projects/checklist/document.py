"""The papers of a checklist as files: PDF to print, a workbook and a plain table to work with."""

from collections.abc import Iterator
from io import BytesIO

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from golive.core.attachments import attached
from golive.core.breaking import breakable
from golive.core.pdf import Limits, render
from golive.core.sheets import Cell, csv_lines, xlsx_file
from projects.checklist.content import GateLine, GateShown
from projects.checklist.rules.paper import Paper
from projects.portfolio.models.project import Project

KINDS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
STYLESHEETS = ("report", "paper")
# Somebody waits for it: the largest checklist that can be answered takes 10 seconds on one core.
LIMITS = Limits(cpu_seconds=30, wall_seconds=40)
WIDTHS = (24, 10, 60, 12, 26, 60, 40, 40, 68)


def paper_file(paper: Paper, form: str, *, name: str, blank: bool = False) -> HttpResponseBase:
    """To keep, never shown in a page's place. `form` is one of KINDS."""
    name = f"{paper.key}-{name}.{form}"
    if form == "csv":
        response = StreamingHttpResponse(csv_lines(columns(), rows_of(paper)), content_type=KINDS[form])
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    if form == "xlsx":
        file = xlsx_file(_("Checklist"), columns(), rows_of(paper), widths=WIDTHS)
        return attached(file, name=name, media_type=KINDS[form])
    return attached(BytesIO(pdf_of(paper, blank=blank)), name=name, media_type=KINDS[form])


def pdf_of(paper: Paper, *, blank: bool = False) -> bytes:
    return render(html_of(paper, blank=blank), stylesheets=STYLESHEETS, limits=LIMITS)


def html_of(paper: Paper, *, blank: bool = False) -> str:
    context = {"paper": breakable(paper), "blank": blank, "language": translation.get_language()}
    return render_to_string("projects/checklist/papers/checklist.html", context)


def gate_pdf(project: Project, gate: GateShown, lines: list[GateLine]) -> bytes:
    """One page for the steering committee."""
    context = {"project": project, "gate": breakable(gate), "lines": breakable(tuple(lines))}
    html = render_to_string("projects/checklist/papers/gate.html", context | {"language": translation.get_language()})
    return render(html, stylesheets=STYLESHEETS, limits=LIMITS)


def columns() -> list[str]:
    return [
        _("Part"),
        _("No."),
        _("Question"),
        _("Nature"),
        _("How it is answered"),
        _("Answer"),
        _("Note"),
        _("Evidence"),
        _("SHA-256 of the evidence"),
    ]


def rows_of(paper: Paper) -> Iterator[list[Cell]]:
    """The header first, then every question in order, then what was raised and said; at last what the paper is."""
    for label, words in paper.facts:
        yield _row(_("Header"), text=label, answer=words)
    for n, rollout in enumerate(paper.rollouts, start=1):
        yield _row(_("Header"), text=_("Rollout %(n)d") % {"n": n}, answer=", ".join(rollout))
    for topic, line in paper.lines:
        proof = "\n".join(f"{piece.title}: {piece.source}" for piece in line.evidence)
        digests = "\n".join(piece.sha256 for piece in line.evidence if piece.sha256)
        yield [topic.name, line.id, line.text, line.nature, line.kind, line.answer, line.note, proof, digests]
    for risk in paper.risks:
        yield _row(_("What the answers raise"), risk.place, risk.finding, risk.severity, answer=risk.mitigation)
    for name, words in paper.contradictions:
        yield _row(_("Contradictions"), name, answer=words)
    for label, words in (*paper.seal, *([(_("Hash of all of it"), paper.sha256)] if paper.sha256 else [])):
        yield _row(_("About this paper"), text=label, answer=words)


def _row(part: str, number: str = "", text: str = "", nature: str = "", *, answer: str = "") -> list[Cell]:
    return [part, number, text, nature, "", answer, "", "", ""]
