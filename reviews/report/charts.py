"""Pictures of the report, as data addresses; the numbers stand in the alternative text as well."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date

from django.utils.html import escape
from django.utils.translation import gettext as _

from reviews.report.content import Milestone, ReportContent
from reviews.report.derivations import STEPS, burn_down, severity_counts
from reviews.report.wording import SEVERITY, STEP_WORDS, day

INK, GREY, LINE, ACCENT = "#1a2029", "#4f5661", "#d9d7d2", "#1b589e"
COLOURS = {"critical": "#a20711", "high": "#9e3800", "medium": "#784e00", "low": GREY}
SHADES = ("#ffffff", "#f1efeb", "#e3e0da", "#d3cfc7")  # one ink: more findings, darker
FONT = "font-family='Golive Sans, Inter, Lato, sans-serif'"
MARKS = {
    "critical": "M{x} {y}m-2.6 0l2.6 -2.6l2.6 2.6l-2.6 2.6z",
    "high": "M{x} {y}m-2.5 2.1l2.5 -4.4l2.5 4.4z",
    "medium": "M{x} {y}m-2.1 0a2.1 2.1 0 1 0 4.2 0a2.1 2.1 0 1 0 -4.2 0z",
    "low": "M{x} {y}m-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z",
}
MOST_DOTS = 9


@dataclass(frozen=True)
class Picture:
    source: str
    alt: str


def picture(width: int, height: int, parts: list[str], alt: str) -> Picture:
    head = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' height='{height}' "
    svg = f"{head}{FONT}>{''.join(parts)}</svg>"
    return Picture(f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}", alt)


def label(x: float, y: float, text: str, *, size: float = 6.4, fill: str = GREY, at: str = "start", bold: bool = False):
    weight = 600 if bold else 400
    place = f"x='{x:.1f}' y='{y:.1f}' font-size='{size}' fill='{fill}' text-anchor='{at}' font-weight='{weight}'"
    return f"<text {place}>{escape(text)}</text>"


def severity_grid(content: ReportContent) -> Picture:
    """Findings by severity and by how far they are."""
    counts = severity_counts(content)
    parts, told = [], []
    for row, count in enumerate(counts):
        y = 14 + row * 21
        fill = "none" if count.severity == "low" else COLOURS[count.severity]
        shape = MARKS[count.severity].format(x=5, y=y + 10.5)
        parts.append(f"<path d='{shape}' fill='{fill}' stroke='{COLOURS[count.severity]}' stroke-width='.9'/>")
        parts.append(label(11, y + 12.7, str(SEVERITY[count.severity]), fill=COLOURS[count.severity]))
        for column, number in enumerate(count.steps):
            parts += _cell(48 + column * 42, y, number, closed=column == len(STEPS) - 1)
        numbers = ", ".join(f"{n} {STEP_WORDS[step]}" for n, (step, _states) in zip(count.steps, STEPS, strict=True))
        told.append(f"{SEVERITY[count.severity]}: {numbers}")
    for column, (step, _states) in enumerate(STEPS):
        parts.append(label(69 + column * 42, 9, str(STEP_WORDS[step]), size=5.8, at="middle"))
    alt = _("Findings by severity and progress. %(numbers)s.") % {"numbers": "; ".join(told)}
    return picture(217, 100, parts, alt)


def _cell(x: float, y: float, number: int, *, closed: bool) -> list[str]:
    shade = SHADES[0] if closed else SHADES[min(number, len(SHADES) - 1)]
    box = f"<rect x='{x}' y='{y}' width='42' height='21' fill='{shade}' stroke='{LINE}' stroke-width='.5'/>"
    fill, bold = (GREY, False) if closed or not number else (INK, True)
    return [box, label(x + 21, y + 13.6, str(number or "–"), size=8, fill=fill, at="middle", bold=bold)]


def forecast(content: ReportContent) -> Picture | None:
    """How many findings stay open until go-live, if every owner keeps the date that was promised."""
    line = burn_down(content)
    end = content.go_live_on
    if not end or end <= line[0][0] or not line[0][1]:
        return None
    last = max(end, line[-1][0])
    span, most = (last - line[0][0]).days, line[0][1]
    steps = [(16 + 192 * (when - line[0][0]).days / span, 76 - 60 * n / most) for when, n in line]
    path = f"M{steps[0][0]:.1f} {steps[0][1]:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in steps[1:]) + "H208"
    gate = 16 + 192 * (end - line[0][0]).days / span
    parts = [
        f"<path d='M16 76H208' stroke='{LINE}' stroke-width='.5'/>",
        f"<path d='M{gate:.1f} 8V76' stroke='{GREY}' stroke-width='.5' stroke-dasharray='1 1.4'/>",
        f"<path d='{path}' fill='none' stroke='{ACCENT}' stroke-width='1.1' stroke-dasharray='2.6 1.8'/>",
        f"<circle cx='16' cy='{steps[0][1]:.1f}' r='2.2' fill='{INK}'/>",
        label(14, 11, _("%(n)d open") % {"n": most}, fill=INK, bold=True),
        label(16, 86, day(line[0][0], short=True), size=5.8),
        *_end_labels(gate, _("go-live %(day)s") % {"day": day(end, short=True)}),
        label(211, steps[-1][1] + 2, str(line[-1][1]), fill=INK, bold=True),
    ]
    told = "; ".join(f"{day(when)}: {n}" for when, n in line)
    alt = _("Open findings by the owners’ dates, until go-live on %(end)s. %(numbers)s.")
    return picture(220, 90, parts, alt % {"end": day(end), "numbers": told})


def _end_labels(x: float, text: str) -> list[str]:
    return [label(x, 86, text, size=5.8, at="end" if x > 110 else "start")]


def journey(milestones: tuple[Milestone, ...], today: date) -> Picture | None:
    """Milestones on one line, in the order of the plan."""
    if not 2 <= len(milestones) <= MOST_DOTS:
        return None
    places = [32 + 406 * n / (len(milestones) - 1) for n in range(len(milestones))]
    reached = max((n for n, milestone in enumerate(milestones) if milestone.done), default=-1)
    parts = [f"<path d='M32 11H438' stroke='{ACCENT}' stroke-width='1' stroke-dasharray='2.6 2'/>"]
    if reached >= 0:
        parts.append(f"<path d='M32 11H{places[reached]:.1f}' stroke='{INK}' stroke-width='1.2'/>")
    for x, milestone in zip(places, milestones, strict=True):
        parts += _dot(x, milestone, room=int(120 / (len(milestones) - 1)))
    told = "; ".join(
        f"{m.name} {day(m.planned_on) or _('no date')}{_(' (done)') if m.done else ''}" for m in milestones
    )
    return picture(470, 38, parts, _("Milestones of the project. %(list)s.") % {"list": told})


def _dot(x: float, milestone: Milestone, *, room: int) -> list[str]:
    tick = f"<path d='M{x - 1.6:.1f} 11l1.2 1.3 2.1-2.6' fill='none' stroke='#fff' stroke-width='.8'/>"
    done = [f"<circle cx='{x:.1f}' cy='11' r='3.6' fill='{INK}'/>", tick]
    ahead = [f"<circle cx='{x:.1f}' cy='11' r='3.4' fill='#fff' stroke='{ACCENT}' stroke-width='1'/>"]
    name = milestone.name if len(milestone.name) <= room else milestone.name[: room - 1] + "…"
    words = [
        label(x, 25, name, size=6.6, fill=INK, at="middle"),
        label(x, 34, day(milestone.planned_on, short=True) or _("no date"), size=6.2, at="middle"),
    ]
    return (done if milestone.done else ahead) + words
