"""The report says what was found, and nothing that a person wrote can be anything but text in it."""

from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from io import BytesIO

import pikepdf
import pytest

from golive.core import pdf
from reviews.report.content import from_json, to_json
from reviews.report.document import STYLESHEETS, document
from tests.reviews.report.printed import text_of
from tests.reviews.report.sample import report
from tests.reviews.report.tags import elements, faults

pytestmark = pytest.mark.once

PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><link rel=stylesheet href=file:///etc/passwd>",
    "'><style>@import url(http://127.0.0.1:9/)</style>", "</title><iframe src=file:///etc/passwd>", "{{ content }}",
    "{% include 'base.html' %}", "</td></tr></table><a rel=attachment href=file:///etc/passwd>a</a>", "]]>&x;<!--",
)  # fmt: skip


@pytest.fixture(scope="module")
def printed() -> bytes:
    return pdf.render(document(report()), stylesheets=STYLESHEETS)


def test_the_report_shows_every_finding_with_its_owner_plan_and_state(printed):
    text = text_of(printed)

    for finding in report().findings:
        assert finding.number in text
        assert finding.title in text
        assert finding.evidence.split(". ")[0] in text
        for plan in finding.plans:
            assert plan.text.split(" and record")[0] in text
            assert plan.owner in text
            assert f"{plan.due_on:%-d %b %Y}" in text


def test_the_report_shows_what_a_sign_off_binds_and_where_the_chain_ended(printed):
    text, content = text_of(printed), report()

    for start in range(0, 64, 16):
        assert content.content_hash[start : start + 16] in text
        assert content.audit.hash[start : start + 16] in text
    assert "project:POLA-7Q2" in text
    assert "1482" in text
    assert "Code K7RM-4XQD-92TB at golive.example/verify" in text
    assert "Marit Solheim" in text
    assert "Signed off 9 December 2026, 14:20 UTC" in text


def test_the_report_shows_every_answer_with_its_wording(printed):
    text = text_of(printed)

    for topic in report().topics:
        for answer in topic.answers:
            assert answer.question in text
    assert text.count("Is there a plan in which every task has an order") == 28


def test_a_draft_says_so_on_every_page_and_a_final_report_never(printed):
    data = pdf.render(document(report(final=False)), stylesheets=STYLESHEETS)

    with pikepdf.open(BytesIO(data)) as draft:
        pages = len(draft.pages)
    assert text_of(data).count("draft, not for decision") == pages
    assert "draft" not in text_of(printed)


def test_a_draft_finding_is_never_printed():
    content = report()
    secret = replace(content.findings[4], number="R-77", title="Nobody may read this", state="draft", is_open=False)

    html = document(replace(content, findings=(*content.findings, secret)))

    assert html == document(content)


def test_the_tags_lead_a_screen_reader_through_the_report(printed):
    assert faults(printed) == []
    with pikepdf.open(BytesIO(printed)) as made:
        headings = [kind for _element, kind, _parent in elements(made) if kind in ("H1", "H2", "H3", "H4")]
        with made.open_outline() as outline:
            assert count(outline.root) == len(headings)
    assert headings.count("H1") == 1
    assert headings.count("H2") == 11


def count(items) -> int:
    return sum(1 + count(item.children) for item in items)


def test_the_file_names_itself(printed):
    with pikepdf.open(BytesIO(printed)) as made:
        assert str(made.docinfo.Title) == "Go-live review: risk report. Polar Route, Norvane Cold Chain"
        assert str(made.docinfo.CreationDate) == "D:20261209142000Z"
        assert str(made.docinfo.Keywords) == "POLA-7Q2"
        assert str(made.Root.Lang) == "en-gb"


def test_the_same_content_gives_the_same_bytes_also_from_the_stored_text(printed):
    stored = from_json(to_json(report()))

    assert stored == report()
    assert to_json(stored) == to_json(report())
    assert pdf.render(document(stored), stylesheets=STYLESHEETS) == printed


def test_stored_text_with_an_unknown_field_is_refused():
    with pytest.raises(ValueError, match="surprise"):
        from_json(to_json(report()).replace('"advice"', '"surprise":1,"advice"'))


class Skeleton(HTMLParser):
    """Tags and the names of their attributes; a payload that became markup would change it."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.data = [], []

    def handle_starttag(self, tag, attrs):
        self.parts.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data):
        self.data.append(data)


def skeleton(html: str) -> Skeleton:
    parser = Skeleton()
    parser.feed(html)
    return parser


KEPT = {  # codes and keys, which no person types
    "kind", "severity", "topic", "state", "key", "question", "nature", "decision", "advice", "number", "language",
    "infrastructure", "side",
}  # fmt: skip


def poisoned(value, payload):
    if is_dataclass(value):
        return type(value)(
            **{f.name: getattr(value, f.name) if f.name in KEPT else poisoned(getattr(value, f.name), payload)
               for f in fields(value)}
        )  # fmt: skip
    if isinstance(value, tuple):
        return tuple(poisoned(item, payload) for item in value)
    return f"{value} {payload}" if isinstance(value, str) and value else value


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_people_write_stays_text_in_every_field(payload):
    clean = skeleton(document(report()))

    made = skeleton(document(poisoned(report(), payload)))

    assert made.parts == clean.parts
    assert payload in " ".join(made.data)


def test_a_poisoned_report_still_prints():
    data = pdf.render(document(poisoned(report(), " ".join(PAYLOADS))), stylesheets=STYLESHEETS)

    assert "<script>alert(1)</script>" in text_of(data)
    assert faults(data) == []


EMPTY = {"findings": (), "topics": (), "milestones": (), "participants": (), "audit": None, "go_live_on": None}


def test_a_report_with_nothing_in_it_prints():
    content = replace(report(advice="ready"), partner="", **EMPTY)

    text = text_of(pdf.render(document(content), stylesheets=STYLESHEETS))

    assert "No date yet" in text
    assert "No issue and no risk was found." in text


LONGEST = {
    "words": ("Many words in a long answer. " * 172, 140),
    "one word": ("x" * 5000, 28),
    "rtl": ("אב" * 2500, 28),
}


@pytest.mark.parametrize("kind", LONGEST)
def test_the_longest_legal_answers_print_within_thirty_seconds_of_work(kind):
    words, answers = LONGEST[kind]

    html = document(report(findings=40, answers=answers, words=words))

    assert pdf.render(html, stylesheets=STYLESHEETS, limits=pdf.Limits(cpu_seconds=30)).startswith(b"%PDF")
