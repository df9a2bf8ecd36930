"""One demo of its own for all browser tests, and one Chromium a module (two of its loops cannot run at once)."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.site import Site
from tests.tools.chromium import chromium
from tests.tools.pictures import demo


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the product writes; GOLIVE_SITE_VAR: of the one that GOLIVE_SITE names."""
    return Path(os.environ.get("GOLIVE_SITE_VAR") or tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """Where the filled product is served; GOLIVE_SITE: by whoever started it for several runs."""
    if served := os.environ.get("GOLIVE_SITE"):
        yield served
        return
    with demo(str(folder)) as address:
        yield address


@pytest.fixture(scope="session")
def letters(folder: Path) -> Path:
    """The folder of the letters: without a mail server each is a file."""
    return folder / "mail"


@pytest.fixture(scope="module")
def site(address: str) -> Iterator[Site]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield Site(started, address)
        started.close()
