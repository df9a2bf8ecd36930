"""Pictures of the main pages, from a demo of its own under a temporary folder, seen by Chromium.

Usage: python -m tests.tools.pictures. Every page at two widths, light and dark, goes to var/pictures/ to be looked at;
the few that the README shows are made smaller and kept under static/img/readme/.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from golive.scenes.players import PLAYERS
from tests.tools.chromium import chromium
from tests.tools.packages import say
from tests.tools.services import end, free_port

ROOT = Path(__file__).resolve().parents[2]
ALL = ROOT / "var" / "pictures"
SHOWN = ROOT / "static" / "img" / "readme"
WIDTHS = {360: 780, 1440: 900}
SCHEMES = ("light", "dark")
# Name of the picture: who looks, and at which address; {a project's name} becomes its key.
PAGES = {
    "sign-in": ("", "/account/login/"),
    "home": ("sigrid", "/"),
    "portfolio": ("sigrid", "/projects/"),
    "overview": ("sigrid", "/projects/{Halden Dairy}/"),
    "plan": ("sigrid", "/projects/{Halden Dairy}/plan/"),
    "planner": ("sigrid", "/projects/{Halden Dairy}/planner/"),
    "calendars": ("sigrid", "/account/calendars/"),
    "onboarding": ("sigrid", "/projects/{Halden Farm Shops}/onboarding/"),
    "search": ("sigrid", "/search/?q=ha"),
    "people": ("sigrid", "/projects/{Halden Dairy}/people/"),
    "methodology": ("sigrid", "/projects/{Halden Warehouse}/methodology/"),
    "checklist": ("sigrid", "/projects/{Halden Warehouse}/checklist/"),
    "review": ("imke", "/projects/{Halden Dairy}/review/"),
    "production": ("amara", "/projects/{Brightwater Grain}/production/"),
    "production-held": ("sigrid", "/projects/{Halden Logistics}/production/"),
    "history": ("sigrid", "/projects/{Halden Dairy}/history/"),
    "desk": ("imke", "/reviews/"),
    "service-requests": ("henrik", "/service-requests/"),
    "numbers": ("ada", "/numbers/"),
}
IN_README = ("overview", "checklist", "review", "production", "desk")
README_WIDTH, COLOURS, HEAVIEST = 1440, 96, 200_000
REPORT_DPI = 90


def manage(*words: str, env: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", *words]
    answer = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    if answer.returncode:
        sys.exit(f"manage.py {' '.join(words)}\n{answer.stdout}{answer.stderr}")


@contextmanager
def demo(folder: str) -> Iterator[str]:
    """A filled product on a port of its own: its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    env = os.environ | {"GOLIVE_DEMO": "1", "GOLIVE_VAR": folder, "DATABASE_URL": "", "REDIS_URL": ""}
    env |= {"SITE_URL": address, "GOLIVE_BIND": f"127.0.0.1:{port}"}
    for words in (["migrate", "-v", "0"], ["createcachetable"], ["collectstatic", "--noinput", "-v", "0"]):
        manage(*words, env=env)
    manage("demo", "--no-serve", env=env)
    command = [sys.executable, "-m", "gunicorn", "-c", "golive/gunicorn.py", "golive.wsgi"]
    server = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        wait_for(f"{address}/healthz", server)
        yield address
    finally:
        end(server)


def wait_for(url: str, server: subprocess.Popen) -> None:
    for _ in range(300):
        if server.poll() is not None:
            sys.exit("The server ended before it answered.")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    sys.exit("The server did not answer within 30 seconds.")


def sign_in(page: Page, address: str, who: str) -> None:
    player = PLAYERS[who]
    page.goto(f"{address}/account/login/")
    page.fill("input[name=login]", player.email)
    page.fill("input[name=password]", player.password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{address}/")


def keys_of(browser: Browser, address: str) -> dict[str, str]:
    """The key of each project by its name, as a lead's list shows them."""
    page = browser.new_page()
    sign_in(page, address, "nadia")
    page.goto(f"{address}/projects/")
    links = page.locator("main a[href^='/projects/']")
    found = {link.inner_text().strip(): (link.get_attribute("href") or "") for link in links.all()}
    page.close()
    return {name: href.split("/")[2] for name, href in found.items() if name}


def take(browser: Browser, address: str, keys: dict[str, str], width: int, scheme: str) -> list[str]:
    """One signed-in window a person; answers which pages were not there."""
    wrong, windows = [], {}
    for name, (who, where) in PAGES.items():
        if who not in windows:
            size = {"width": width, "height": WIDTHS[width]}
            windows[who] = browser.new_context(viewport=size, color_scheme=scheme, locale="en-GB").new_page()
            if who:
                sign_in(windows[who], address, who)
        answer = windows[who].goto(address + with_key(where, keys))
        if answer is None or answer.status != 200:
            wrong.append(f"{name}: {answer.status if answer else 'nothing'}")
            continue
        windows[who].screenshot(path=ALL / f"{name}-{width}-{scheme}.png", full_page=True)
    return wrong


def with_key(where: str, keys: dict[str, str]) -> str:
    before, _, rest = where.partition("{")
    name, _, after = rest.partition("}")
    return before + keys[name] + after if name else where


def report(folder: str) -> None:
    """The first pages of the newest report, when the program that draws PDFs is here."""
    files = sorted(Path(folder).glob("files/reports/*/*.pdf"), key=lambda path: path.stat().st_mtime)
    if not files or not shutil.which("pdftoppm"):
        say("report: not drawn; it needs Pango, and pdftoppm of poppler-utils")
        return
    command = ["pdftoppm", "-png", "-r", str(REPORT_DPI), "-l", "3", str(files[-1]), str(ALL / "report")]
    subprocess.run(command, check=True)


def keep_for_readme() -> None:
    """The top of the page, in few colours: small enough to stand in the repository."""
    SHOWN.mkdir(parents=True, exist_ok=True)
    for name in IN_README:
        with Image.open(ALL / f"{name}-{README_WIDTH}-light.png") as whole:
            top = whole.convert("RGB").crop((0, 0, README_WIDTH, min(whole.height, WIDTHS[README_WIDTH])))
        kept = SHOWN / f"{name}.png"
        top.quantize(COLOURS, dither=Image.Dither.NONE).save(kept, optimize=True)
        say(f"{kept.relative_to(ROOT)}: {kept.stat().st_size} bytes")
        if kept.stat().st_size > HEAVIEST:
            sys.exit(f"{kept.name} is heavier than {HEAVIEST} bytes.")


def main() -> None:
    ALL.mkdir(parents=True, exist_ok=True)
    say("Filling a demo, then looking at it (a minute or two)")
    with (
        tempfile.TemporaryDirectory(prefix="golive-pictures-") as folder,
        demo(folder) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        keys = keys_of(browser, address)
        wrong = []
        for width in WIDTHS:
            for scheme in SCHEMES:
                say(f"{width} px, {scheme}")
                wrong += take(browser, address, keys, width, scheme)
        browser.close()
        report(folder)
    if wrong:
        sys.exit("\n".join(["Not every page was there:", *wrong]))
    keep_for_readme()
    say(f"All of them: {ALL.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
