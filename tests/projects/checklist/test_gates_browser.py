"""The pages of quality gates and of a round in a real browser: clean in both widths, light and dark."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.browser.look import faults_of
from tests.builders import client_of
from tests.builders_projects import fill_checklist, make_project, plan_dates, submit
from tests.projects.checklist.holding import hold
from tests.tools.chromium import chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACES = ("quality_gates", "quality_gate_hold", "quality_gates_compared", "quality_gate", "checklist_round")


def test_no_page_of_a_gate_or_a_round_has_a_fault(db, live_server, monkeypatch):
    from playwright.sync_api import sync_playwright

    cast = make_project()
    plan_dates(cast)
    hold(cast)
    hold(cast, status="off_track", owner="Ola Vik", remark="Data is late.")
    fill_checklist(cast)
    submit(cast)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "url": live_server.url}
    cookie["value"] = client_of(cast.owner).cookies[settings.SESSION_COOKIE_NAME].value
    found = {}
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        context = browser.new_context()
        context.add_cookies([cookie])
        page = context.new_page()
        for name in PLACES:
            numbered = {"number": 1} if name in ("quality_gate", "checklist_round") else {}
            page.goto(live_server.url + reverse(name, kwargs={"key": cast.key, **numbered}))
            found[name] = faults_of(page)
        browser.close()

    assert {name: faults for name, faults in found.items() if faults} == {}
