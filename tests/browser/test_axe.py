"""Every page of ours, as somebody whose page it is, in the states it has: accessible, and no wider than the screen."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.access import DOORS
from tests.browser.look import faults_of
from tests.browser.site import Site, Visit

pytestmark = pytest.mark.browser

# For machines, for the disk, or a part of a page that is looked at with its page.
NOT_PAGES = {
    "calendar_feed", "checklist_blank", "checklist_filled", "checklist_panel", "checklist_presence", "checklist_sent",
    "evidence_file", "healthz", "history_export", "portfolio_export", "quality_gate_pdf", "readyz", "report_pdf",
    "reports", "roster_sheet",
}  # fmt: skip
OURS = {
    name
    for name, door in DOORS.items()
    if "GET" in door.methods and not name.startswith("api_") and name not in NOT_PAGES
}
BESIDE_OURS = {"account_change_password", "account_login", "account_reset_password", "mfa_activate_totp", "mfa_index"}
PAGES = sorted(OURS | BESIDE_OURS | {"api_docs"})
MOST = {
    "project": 4,
    "checklist": 2,
    "review": 4,
    "production": 4,
    "methodology": 2,
    "onboarding_step": 9,
    "home": 3,
    "service_request": 2,
}
# What no link leads to in the demo, because the act is refused there or has been done; {} by the name of the project.
BESIDE = {
    "account_login": [("", "/account/login/")],
    "account_reset_password": [("", "/account/password/reset/")],
    "account_reauthenticate": [("sigrid", "/account/again/?next=/")],
    "api_docs": [("", "/api/docs/")],
    "checklist_submit": [("sigrid", "/projects/{Halden Warehouse}/checklist/submit/")],
    "invitation": [("", "/account/invitation/nothing-here/")],
    "production_sign_off": [
        ("amara", "/projects/{Brightwater Grain}/production/sign-off/"),
        ("sigrid", "/projects/{Halden Dairy}/production/sign-off/"),
    ],
    "report_deliver": [("nadia", "/projects/{Halden Logistics}/review/deliver-report/")],
    "saved_views": [("sigrid", "/projects/views/")],
    "search": [("sigrid", "/search/?q=ha"), ("sigrid", "/search/?q=nobody+here"), ("sigrid", "/search/?q=%25")],
    "review_assign": [("nadia", "/projects/{Halden Logistics}/review/assign/")],
    "review_not_ready": [("imke", "/projects/{Halden Dairy}/review/not-ready/")],
    "review_reconfirm": [("imke", "/projects/{Halden Dairy}/review/reconfirm/")],
    "review_sign_off": [("imke", "/projects/{Halden Dairy}/review/sign-off/")],
}

# Where nothing of the demo is in that state: the door beside it, and what differs in its address.
LIKE = {"organisation_enable": ("organisation_disable", "/disable/", "/enable/")}


def named(path: str, keys: dict[str, str]) -> str:
    for name, key in keys.items():
        path = path.replace(f"{{{name}}}", key)
    return path


def visits_to(site: Site, door: str) -> list[Visit]:
    """Each time in another project or by another person, as far as there are any."""
    chosen = [Visit(who, named(path, site.keys)) for who, path in BESIDE.get(door, ())]
    unlike: dict[str, Visit] = {}
    near, here, there = LIKE.get(door, (door, "", ""))
    for visit in [Visit(who, path.replace(here, there)) for who, path in site.links.get(near, ())]:
        unlike.setdefault(visit.path, visit)
    return chosen + list(unlike.values())[: MOST.get(door, 1)]


@pytest.mark.parametrize("door", PAGES)
def test_a_page_is_clean(site, door):
    visits = visits_to(site, door)

    assert visits, f"{door} is reached by no link of the demo and has no row in BESIDE"
    for who, path in visits:
        page = site.page_of(who)
        answer = page.goto(path)
        assert (answer.status < 500, page.locator("h1").count()) == (True, 1), path
        assert (path, faults_of(page), site.faults) == (path, [], [])


def nothing_there(site: Site):
    page = site.page_of("sigrid")
    assert page.goto("/projects/HALD-000/").status == 404
    return page


def not_mine(site: Site):
    page = site.page_of("sigrid")
    assert page.goto("/reviews/").status == 403
    return page


def unreadable(site: Site):
    page = site.page_of("sigrid")
    assert page.goto("/projects/?q=%00").status == 400
    return page


def wrong_form(site: Site):
    page = site.page_of("sigrid")
    page.goto("/projects/new/")
    with page.expect_response("**/projects/new/") as answer:
        page.locator("main form button[type=submit]").last.click()
    assert answer.value.status == 422
    assert page.locator("[data-errors] a").count()
    return page


def wrong_password(site: Site):
    page = site.new_page()
    page.goto("/account/login/")
    page.fill("[name=login]", "nobody@example.com")
    page.fill("[name=password]", "not-a-password")
    page.press("[name=password]", "Enter")
    page.locator("[data-errors]").wait_for()
    return page


def found_nothing(site: Site):
    page = site.page_of("sigrid")
    page.goto("/projects/?words=nothing-of-that-name")
    page.locator(".empty").wait_for()
    return page


def question(site: Site):
    """The page that asks, standing over the one it was asked from."""
    page = site.page_of("sigrid")
    page.goto(f"/projects/{site.keys['Halden Logistics']}/checklist/")
    page.locator("a[data-ask]").first.click()
    page.locator("dialog:modal").wait_for()
    return page


def keys(site: Site):
    page = site.page_of("sigrid")
    page.goto(f"/projects/{site.keys['Halden Warehouse']}/checklist/")
    page.keyboard.press("?")
    page.locator("dialog:modal").wait_for()
    return page


def refused(site: Site):
    """Refused by the answer, told in the live region: the page did not know yet."""
    page = site.page_of("sigrid")
    page.goto(f"/projects/{site.keys['Halden Farm Shops']}/methodology/")
    script = (
        "htmx.ajax('POST', location.pathname + 'analysis/complete/', {source: '#main', headers: {'X-CSRFToken': %s}})"
    )
    page.evaluate(script % "document.querySelector('[name=csrfmiddlewaretoken]').value")
    page.locator("#live .flash").wait_for()
    return page


def two_texts(site: Site):
    """Somebody else answered first."""
    page = site.page_of("jonas")
    page.goto(f"/projects/{site.keys['Halden Warehouse']}/checklist/")
    page.evaluate("document.querySelector('#UA-10 [name=revision]').value = 7")
    page.locator("#UA-10 input[type=radio][value=yes]").click()
    page.locator("#UA-10 .diff").wait_for()
    return page


def plan_of(site: Site, name: str):
    """The plan, with go-live three months later typed in and nothing saved."""
    page = site.page_of("sigrid")
    page.goto(f"/projects/{site.keys[name]}/plan/")
    later = date.fromisoformat(page.input_value("[name=go_live_day]")) + timedelta(days=90)
    page.fill("[name=go_live_day]", later.isoformat())
    page.locator("#try .tri").wait_for()
    return page


def what_follows(site: Site):
    """The panel follows the form as one types; the field that is typed in keeps the focus."""
    page = plan_of(site, "Halden Logistics")
    assert page.evaluate("document.activeElement.name") == "go_live_day"
    assert "Ready, at the latest" in page.locator("#try").inner_text()
    return page


def what_follows_as_a_page(site: Site):
    page = plan_of(site, "Halden Logistics")
    with page.expect_navigation():
        page.locator("[formaction]").click()
    return page


def two_dates(site: Site):
    """Somebody else moved the date first."""
    page = plan_of(site, "Halden Logistics")
    page.evaluate("document.querySelector('[name=revision]').value = 0")
    with page.expect_response("**/plan/") as answer:
        page.locator("#dates button:not([formaction])").last.click()
    assert answer.value.status == 409
    page.locator("[data-errors]").wait_for()
    return page


def private_address(site: Site):
    page = site.page_of("sigrid")
    page.goto(f"/projects/{site.keys['Halden Logistics']}/plan/")
    page.locator("form[action$='/plan/calendar/'] button").click()
    page.locator(".hash").wait_for()
    return page


STATES = (
    nothing_there,
    not_mine,
    unreadable,
    wrong_form,
    wrong_password,
    found_nothing,
    question,
    keys,
    refused,
    two_texts,
    what_follows,
    what_follows_as_a_page,
    two_dates,
    private_address,
)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_a_state_is_clean(site, state: Callable):
    assert (faults_of(state(site)), site.faults) == ([], [])
