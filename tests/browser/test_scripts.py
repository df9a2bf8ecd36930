"""Our scripts in a real browser, under the real content security policy: each is an addition to a page that works."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import django_htmx
import pytest
from django.template import Context, engines
from django.test import RequestFactory

from tests.architecture.code import ROOT
from tests.tools.chromium import chromium

pytestmark = pytest.mark.browser

POLICY = "default-src 'none'; form-action 'self'; " + "; ".join(
    f"{kind}-src 'self'" for kind in ("script", "style", "img", "connect")
)
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
QUESTION = """<article class="question" id="{0}" data-item>
 <form id="f-{0}" data-save hx-post="/save/{0}" hx-trigger="change" hx-swap="none">
 <input type="hidden" name="revision" value="3"><span class="save">old</span>
 <fieldset class="choice">{1}</fieldset><textarea name="text" aria-label="Text"></textarea></form></article>"""
RADIO = '<label><input type="radio" name="answer" value="{0}">{0}</label>'
PAGES = {
    "/answers": "".join(QUESTION.format(q, "".join(map(RADIO.format, ("yes", "partly", "no")))) for q in ("Q1", "Q2"))
    + '{% include "components/save_states.html" only %}',
    "/act": """<a id="act" href="/question" data-ask>Submit</a><a id="other" href="/answers" data-ask>Plain</a>
 <form id="refused" hx-post="/refuse" hx-target="#refused"><button class="button" id="go">Go</button></form>
 <span class="dated"><input type="date" id="day"><output for="day" data-words></output></span>""",
    "/question": '{% include "components/dialog.html" with title="Sure?" url="/x" label="Go" cancel="/act" only %}',
    "/errors": '<div class="errors" role="alert" tabindex="-1" data-errors><h2>One thing to mend</h2></div>',
}
ANSWERS = {"/save/Q1": 200, "/save/Q2": 503, "/refuse": 409}


def page_of(path: str) -> str:
    source = (
        '{% extends "base.html" %}{% block title %}Test{% endblock %}{% block main %}' + PAGES[path] + "{% endblock %}"
    )
    person = SimpleNamespace(uid="p1", name="Mara", email="mara@example.com")
    shell = {"programme": "Golive", "person": person, "menu": (), "places": (), "people": (), "zone": "UTC"}
    context = {"shell": shell, "request": RequestFactory().get(path), "csrf_token": "t", "messages": []}
    return engines["django"].engine.from_string(source).render(Context(context))


class Site(BaseHTTPRequestHandler):
    def log_message(self, *args) -> None:
        """Says nothing."""

    def answer(self, status: int, kind: str, body: bytes, **headers: str) -> None:
        with suppress(BrokenPipeError):  # the browser went elsewhere
            self.send(status, kind, body, headers)

    def send(self, status: int, kind: str, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Security-Policy": POLICY, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path in PAGES:
            return self.answer(200, "text/html; charset=utf-8", page_of(path).encode())
        for folder in (ROOT, Path(django_htmx.__file__).parent):
            file = folder / path.lstrip("/")
            if file.is_file():
                return self.answer(200, TYPES[file.suffix], file.read_bytes())
        return self.answer(404, "text/plain", b"")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        status = ANSWERS.get(self.path, 200)
        refusal = b'<div class="flash" role="alert"><p>Not done.</p></div>'
        to_live = {"HX_Retarget": "#live", "HX_Reswap": "innerHTML"} if status == 409 else {}
        self.answer(status, "text/html", refusal if status == 409 else b"ok", **to_live)


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def visit(browser) -> Iterator[Callable]:
    """Opens a page; at the end, nothing may have been refused by the policy or thrown by a script."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    faults: list[str] = []

    def opened(path: str):
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Security Policy" in said.text else None)
        page.goto(f"http://127.0.0.1:{server.server_port}{path}")
        return page

    yield opened
    context.close()
    server.shutdown()
    assert faults == []


def focused(page) -> str:
    return page.evaluate("document.activeElement.closest('[id]')?.id")


def test_j_and_k_walk_and_a_digit_answers(visit) -> None:
    page = visit("/answers")

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("2")

    assert page.locator("#Q2 input[value=partly]").is_checked()
    page.keyboard.press("k")
    assert page.locator("#Q1[data-focus]").count() == 1


def test_keys_do_nothing_while_one_types_or_when_off(visit) -> None:
    page = visit("/answers")

    page.locator("#Q1 textarea").press("j")
    assert page.locator("#Q1 textarea").input_value() == "j"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.get_by_label("Use these keys in this browser").uncheck()
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("2")

    assert page.locator("input:checked:visible").count() == 0


def test_a_saved_answer_is_forgotten_by_the_browser(visit) -> None:
    page = visit("/answers")

    with page.expect_response("**/save/Q1"):
        page.locator("#Q1 input[type=radio][value=yes]").click()

    page.wait_for_function("Object.keys(localStorage).length === 0")


def test_an_answer_that_was_not_taken_is_kept_through_a_reload(visit) -> None:
    page = visit("/answers")

    with page.expect_response("**/save/Q2"):
        page.locator("#Q2 input[type=radio][value=no]").click()
    page.get_by_text("Kept on this device").wait_for()
    with page.expect_response("**/save/Q2"):
        page.reload()

    assert page.locator("#Q2 input[value=no]").is_checked()
    assert page.locator("#live").inner_text().startswith("That did not work.")


def test_a_question_stands_over_the_page_and_gives_focus_back(visit) -> None:
    page = visit("/act")

    page.locator("#act").click()
    page.locator("dialog:modal").wait_for()
    page.get_by_text("Not yet").click()

    page.locator("dialog.dialog:not(#keys)").wait_for(state="detached")  # its close is told a moment later
    assert focused(page) == "act"


def test_a_link_without_a_question_is_followed(visit) -> None:
    page = visit("/act")

    page.locator("#other").click()

    page.wait_for_url("**/answers")


def test_a_refused_act_is_told_in_the_live_region_and_the_form_stays(visit) -> None:
    page = visit("/act")

    page.locator("#go").click()
    page.get_by_text("Not done.").wait_for()
    assert page.locator("#go").is_visible()
    page.get_by_role("button", name="Close").click()

    assert page.locator("#live .flash").count() == 0


def test_a_date_is_told_in_words_as_one_types(visit) -> None:
    page = visit("/act")

    page.locator("#day").fill("2026-11-04")

    assert page.locator("output[for=day]").inner_text() == "Wed 4 Nov 2026"


def test_errors_are_met_first(visit) -> None:
    page = visit("/errors")

    assert page.evaluate("document.activeElement.matches('[data-errors]')")
