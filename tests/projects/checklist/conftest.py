"""A project whose checklist is to be answered, and its pages in a real browser, as each person sees them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings

from tests.builders import client_of
from tests.builders_projects import Cast, make_project, plan_dates
from tests.tools.chromium import chromium


@pytest.fixture
def cast(db: None) -> Cast:
    """A project with its dates; what it says of itself is still to come."""
    cast = make_project()
    plan_dates(cast)
    return cast


@pytest.fixture
def workbench(cast, live_server, monkeypatch) -> Iterator[Callable]:
    """Opens a page of the checklist as this person, in a browser of their own."""
    from playwright.sync_api import sync_playwright

    # The browser's own loop runs in this thread; the database is asked between its calls.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])

        def opened(user: Any, path: str = "") -> Any:
            session = client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
            context = started.new_context(base_url=live_server.url, locale="en-GB")
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
            page = context.new_page()
            page.goto(f"/projects/{cast.key}/checklist/{path}")
            return page

        yield opened
        started.close()
