"""The README's pictures: a demo of its own under a temporary folder, its main pages seen by Chromium, light.

Usage: python -m tests.tools.pictures. Pages are named below; who looks is somebody whom the demo made.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.tools.chromium import chromium
from tests.tools.packages import say
from tests.tools.services import end, free_port

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "pictures"
SIZE = {"width": 1280, "height": 860}
# Name of the picture and its address; {key} is the first project that the portfolio shows.
PAGES = {
    "home": "/",
    "portfolio": "/projects/",
    "project": "/projects/{key}/",
    "methodology": "/projects/{key}/methodology/",
    "checklist": "/projects/{key}/checklist/",
    "review": "/projects/{key}/review/",
    "production": "/projects/{key}/production/",
    "desk": "/reviews/",
}


def manage(*words: str, env: dict[str, str]) -> str:
    command = [sys.executable, "manage.py", *words]
    answer = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    if answer.returncode:
        sys.exit(f"manage.py {' '.join(words)}\n{answer.stdout}{answer.stderr}")
    return answer.stdout


@contextmanager
def demo(folder: str) -> Iterator[tuple[str, str]]:
    """A filled product on a port of its own: its address, and what filling it printed."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    env = os.environ | {"GOLIVE_DEMO": "1", "GOLIVE_VAR": folder, "DATABASE_URL": "", "REDIS_URL": ""}
    env |= {"SITE_URL": address, "GOLIVE_BIND": f"127.0.0.1:{port}"}
    for words in (["migrate", "-v", "0"], ["createcachetable"], ["collectstatic", "--noinput", "-v", "0"]):
        manage(*words, env=env)
    printed = manage("demo", "--no-serve", env=env)
    command = [sys.executable, "-m", "gunicorn", "-c", "golive/gunicorn.py", "golive.wsgi"]
    server = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        wait_for(f"{address}/healthz", server)
        yield address, printed
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


def credentials(printed: str) -> tuple[str, str]:
    """The person to look with: GOLIVE_LOOKER as `mail password`, else the first line of the demo that has both."""
    words = os.environ.get("GOLIVE_LOOKER", "").split()
    for line in [words] if words else [line.split() for line in printed.splitlines()]:
        mails = [number for number, word in enumerate(line) if "@" in word]
        if mails and len(line) > mails[0] + 1:
            return line[mails[0]], line[-1]
    sys.exit("The demo printed nobody to sign in as; set GOLIVE_LOOKER='mail password'.")


def sign_in(page: Page, address: str, person: tuple[str, str]) -> None:
    page.goto(f"{address}/")
    page.fill("input[name=login]", person[0])
    page.fill("input[name=password]", person[1])
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")


def first_key(page: Page, address: str) -> str:
    page.goto(f"{address}/projects/")
    link = page.locator("main a[href^='/projects/']:not([href='/projects/new/'])").first
    return (link.get_attribute("href") or "").strip("/").split("/")[1]


def take(page: Page, address: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    key = os.environ.get("GOLIVE_PROJECT") or first_key(page, address)
    for name, where in PAGES.items():
        answer = page.goto(address + where.format(key=key))
        status = answer.status if answer else 0
        say(f"{name}: {status}")
        if status == 200:
            page.screenshot(path=FOLDER / f"{name}.png")


def main() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="golive-pictures-") as folder,
        demo(folder) as (address, printed),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, color_scheme="light", locale="en-GB")
        sign_in(page, address, credentials(printed))
        take(page, address)
        browser.close()


if __name__ == "__main__":
    main()
