"""PDFs are made in a limited child of a warm helper: nothing is fetched, nothing harms the process that asks."""

import os
import signal
import subprocess
import threading
import time
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from golive.core import pdf
from tests.reviews.report.printed import text_of

pytestmark = pytest.mark.once

PAGE = "<html lang='en'><head><title>A</title></head><body>{}</body></html>"
SLOW = "<table>" + "<tr>" + "<td>a b c d e f g</td>" * 9 + "</tr>"


@pytest.fixture(scope="module")
def canary():
    """A server on this machine that must never be asked for anything."""
    hits = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self):
            hits.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", hits
    server.shutdown()


def picture(svg: str) -> str:
    return f"<img alt='a' src='data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}'>"


def corpus(web: str, file: str) -> list[str]:
    xlink = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
    pages = []
    for url in (f"{web}/a.png", f"file://{file}", file, f"//{web[7:]}/a", f"https://packaged.invalid/../{file}"):
        pages += [
            f"<img alt='a' src='{url}'>",
            f"<link rel='stylesheet' href='{url}'>",
            f"<link rel='attachment' href='{url}'>",
            f"<a rel='attachment' href='{url}'>a</a>",
            f"<base href='{url}'><img alt='a' src='b.png'>",
            f"<style>@import url('{url}');</style>",
            f"<style>@font-face {{ font-family: x; src: url('{url}') }} p {{ font-family: x }}</style><p>a",
            f"<p style=\"background: url('{url}')\">a",
            f"<p style=\"list-style-image: url('{url}'); display: list-item\">a",
            f"<style>p::before {{ content: url('{url}') }}</style><p>a",
            f"<style>@page {{ background: url('{url}') }}</style><p>a",
            f"<object data='{url}' type='image/svg+xml'></object>",
            f"<embed src='{url}' type='image/png'>",
            f"<svg {xlink} width='9' height='9'><image xlink:href='{url}' width='9' height='9'/></svg>",
            picture(f"<svg {xlink}><image href='{url}' width='9' height='9'/></svg>"),
            picture(f"<svg {xlink}><use href='{url}#a'/></svg>"),
            picture(f"<svg {xlink}><style>@import url({url});</style><text>a</text></svg>"),
            f"<img alt='a' src='data:text/html,<img src={url}>'>",
            f"<iframe src='{url}'></iframe><script src='{url}'></script>",
        ]
    entity = f"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file://{file}'>]><svg {xlink}><text y='9'>&x;</text></svg>"
    return [*pages, picture(entity)]


def test_nothing_is_fetched_and_no_file_is_read(canary, tmp_path):
    web, hits = canary
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text y='9'>CANARYTEXT</text></svg>")

    made = [page for page in corpus(web, str(secret)) if b"CANARYTEXT" in attempt(page)]

    assert hits == []
    assert made == []


def attempt(body: str) -> bytes:
    """Text of the PDF, or nothing when it was refused; an attached file is text too."""
    try:
        data = pdf.render(PAGE.format(body))
    except pdf.RenderFailed:
        return b""
    text = text_of(data).encode()
    with pikepdf.open(BytesIO(data)) as document:
        return text + b"".join(file.get_file().read_bytes() for file in document.attachments.values())


def test_a_missing_picture_is_a_failure(canary):
    with pytest.raises(pdf.RenderFailed, match="image"):
        pdf.render(PAGE.format(f"<img alt='a' src='{canary[0]}/a.png'>"))


def test_the_same_document_gives_the_same_bytes():
    assert pdf.render(PAGE.format("<h1>a</h1>")) == pdf.render(PAGE.format("<h1>a</h1>"))


def test_a_stylesheet_has_a_name():
    with pytest.raises(pdf.RenderFailed, match="KeyError"):
        pdf.render(PAGE.format("a"), stylesheets=("../../secret",))


LIMITS = {
    "memory": (pdf.Limits(memory_mb=300), "<p>word word word " * 60_000),
    "processor": (pdf.Limits(cpu_seconds=1), SLOW * 1500),
    "clock": (pdf.Limits(wall_seconds=1), SLOW * 1500),
    "bytes of the document": (pdf.Limits(html_bytes=100), "a" * 101),
    "bytes of the PDF": (pdf.Limits(pdf_bytes=2000), "a"),
    "depth": (pdf.Limits(), "<div>" * 3_000),
}


CRASHES = {"memory", "depth"}  # native code may end in a segmentation fault there, which says nothing of its cause


@pytest.mark.parametrize("limit", LIMITS)
def test_a_document_over_a_limit_is_too_large_and_the_next_one_works(limit):
    limits, body = LIMITS[limit]

    with pytest.raises((pdf.TooLarge, pdf.RenderFailed) if limit in CRASHES else pdf.TooLarge):
        pdf.render(PAGE.format(body), limits=limits)

    assert pdf.render(PAGE.format("after")).startswith(b"%PDF")


def child_of(helper: int) -> int:
    for _try in range(200):
        if text := Path(f"/proc/{helper}/task/{helper}/children").read_text().split():
            return int(text[0])
        time.sleep(0.02)
    raise AssertionError("the helper has no child")


@pytest.mark.parametrize("ending", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL])
def test_a_crash_of_the_child_is_a_clean_error(ending):
    pdf.render(PAGE.format("warm"))
    helper = pdf.desk.helper.process.pid
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(pdf.render, PAGE.format(SLOW * 1500))
        os.kill(child_of(helper), ending)

        error = asked.exception(timeout=20)

    wanted = {signal.SIGSEGV: pdf.RenderFailed, signal.SIGABRT: pdf.TooLarge, signal.SIGKILL: pdf.Lost}
    assert type(error) is wanted[ending]
    assert pdf.render(PAGE.format("after")).startswith(b"%PDF")
    assert pdf.desk.helper.process.pid == helper


def test_a_killed_helper_is_lost_once_and_leaves_no_child():
    pdf.render(PAGE.format("warm"))
    helper = pdf.desk.helper.process.pid
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(pdf.render, PAGE.format(SLOW * 1500))
        child = child_of(helper)
        os.kill(helper, signal.SIGKILL)

        error = asked.exception(timeout=20)

    assert type(error) is pdf.Lost
    assert gone(child)
    assert pdf.render(PAGE.format("after")).startswith(b"%PDF")


def test_works_from_threads_at_once():
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda n: pdf.render(PAGE.format(f"<p>{n}")), range(8)))

    assert len(set(made)) == 8


def test_a_forked_process_has_its_own_helper():
    pdf.render(PAGE.format("warm"))
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        made = pdf.render(PAGE.format("forked"))
        os.write(theirs, made[:4] + str(pdf.desk.helper.process.pid).encode())
        os._exit(0)
    os.waitpid(pid, 0)

    said = os.read(ours, 100)

    assert said[:4] == b"%PDF"
    assert int(said[4:]) != pdf.desk.helper.process.pid
    assert pdf.render(PAGE.format("after")).startswith(b"%PDF")


def test_the_helper_ends_with_its_owner_and_takes_no_secret():
    code = """if True:
        import os
        os.environ["SECRET_KEY"] = "canary"
        from golive.core import pdf
        pdf.render("<html lang='en'><title>t</title>a")
        pid = pdf.desk.helper.process.pid
        print(pid, b"canary" in open(f"/proc/{pid}/environ", "rb").read(), flush=True)
        os.kill(os.getpid(), 9)
    """
    run = subprocess.run([pdf.sys.executable, "-c", code], capture_output=True, text=True, cwd=pdf.ROOT)

    pid, told = run.stdout.split()

    assert told == "False"
    assert gone(int(pid))


def gone(pid: int) -> bool:
    for _try in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":  # ended; nobody reaps it in this container
            return True
        time.sleep(0.05)
    return False


def test_only_some_render_at_once(monkeypatch):
    full = pdf.Desk()
    while full.places.acquire(blocking=False):
        pass
    monkeypatch.setattr(pdf, "desk", full)

    with pytest.raises(pdf.Lost, match="at once"):
        pdf.render(PAGE.format("a"), limits=pdf.Limits(wall_seconds=1))


def test_without_pango_the_error_names_what_to_install(monkeypatch, tmp_path):
    (tmp_path / "weasyprint.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(pdf, "desk", pdf.Desk())

    with pytest.raises(pdf.PdfUnavailable) as refused:
        pdf.render(PAGE.format("a"))

    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in str(refused.value)
    assert "cannot load library 'libpango-1.0-0'" in str(refused.value)


def test_available_says_nothing_or_why_not(monkeypatch):
    assert pdf.available() == ""

    monkeypatch.setattr(pdf, "_found", False)
    monkeypatch.setattr(pdf, "LIBRARIES", ("libpango-that-is-not-here.so.0",))

    assert pdf.APT in pdf.available()


def test_the_helper_imports_nothing_of_django():
    code = "import sys, golive.core.pdf_helper.__main__; print('django' in sys.modules, 'weasyprint' in sys.modules)"
    run = subprocess.run([pdf.sys.executable, "-c", code], capture_output=True, text=True, cwd=pdf.ROOT, check=True)

    assert run.stdout.split() == ["False", "True"]
    code = "import sys, golive.core.pdf; print('weasyprint' in sys.modules)"
    run = subprocess.run([pdf.sys.executable, "-c", code], capture_output=True, text=True, cwd=pdf.ROOT, check=True)
    assert run.stdout.split() == ["False"]
