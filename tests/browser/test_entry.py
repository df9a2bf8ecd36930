"""A new customer, from the letter that invites her to a complete first phase: by keyboard alone, light and dark."""

import re
import time
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.browser.look import SCHEMES, axe_script, keeps_focus, violations
from tests.browser.site import Site
from tests.browser.test_journeys import follow, tab_to

pytestmark = pytest.mark.browser
NAME, PASSWORD = "Ingrid Holm", "quiet-harbour-of-nine"
EMAIL = f"ingrid.{int(time.time())}@halden.example"  # another one in each run over the same site
LINK = re.compile(r"https?://\S+/account/invitation/[-\w]+/")
PATIENCE = 30


def press(page, what: str, key: str = "Enter") -> None:
    tab_to(page, what)
    page.keyboard.press(key)


def write(page, name: str, text: str) -> None:
    tab_to(page, f"[name={name}]")
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def choose(page, name: str, down: int = 0) -> None:
    """A radio: the first one by the space bar, another by the arrow."""
    tab_to(page, f"[name={name}]")
    page.keyboard.press("Space")
    for _ in range(down):
        page.keyboard.press("ArrowDown")


def assert_clean(page, state: str) -> None:
    page.evaluate(axe_script())
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert (state, scheme, violations(page)) == (state, scheme, [])


def invited(site: Site, letters: Path) -> str:
    """The link of the letter that asks her in as an administrator of her organisation."""
    page = site.new_page("sigrid")
    page.goto("/people-and-organisations/")
    page.fill("[name=invite-email]", EMAIL)
    page.fill("[name=invite-name]", NAME)
    page.check("[name=invite-is_org_admin]")
    page.press("[name=invite-email]", "Enter")
    page.locator(".flash").first.wait_for()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for path in letters.glob("*"):
            if found := link_in(path.read_bytes()):
                return found
        time.sleep(0.2)
    pytest.fail(f"No letter to {EMAIL} within {PATIENCE} seconds")


def link_in(letter: bytes) -> str:
    message = message_from_bytes(letter, policy=policy.default)
    body = message.get_body(("plain",)) if EMAIL in str(message["To"]) else None
    found = LINK.search(body.get_content()) if body else None
    return found[0] if found else ""


def test_from_the_invitation_to_a_complete_phase(site, letters):
    page = site.new_page()
    page.goto(invited(site, letters))

    join(page)
    path = start_project(page)
    onboard(page, path)
    complete_analysis(page)

    assert site.faults == []


def join(page) -> None:
    """Error: the password is too short. Empty: nothing waits for her yet."""
    write(page, "password", "short")
    page.keyboard.press("Enter")
    page.locator("[data-errors]").wait_for()
    assert_clean(page, "password refused")

    write(page, "password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("/")
    page.locator(".empty").first.wait_for()
    assert_clean(page, "nothing to do")


def start_project(page) -> str:
    follow(page, "/projects/")
    follow(page, "/projects/new/")
    press(page, "main form button[type=submit]")
    page.locator("[data-errors]").wait_for()
    assert_clean(page, "project without a name")

    write(page, "name", "Halden Cheese")
    choose(page, "infrastructure", 1)
    tab_to(page, "[name=job]")
    page.keyboard.press("ArrowDown")
    press(page, "main form button[type=submit]")
    page.wait_for_url("**/onboarding/overview/")
    return page.url.removesuffix("onboarding/overview/")


def onboard(page, path: str) -> None:
    refused(page)
    write(page, "vision", "Every cheese is found from the cow to the counter.")
    go_on(page, "partner")
    choose(page, "partner_choice", 2)
    go_on(page, "licences")
    write(page, "user_count", "40")
    write(page, "licence_finance", "12")
    go_on(page, "scope")
    say_scope(page)
    go_on(page, "team")
    press(page, "a[href$='/onboarding/milestones/'].button")
    page.wait_for_url("**/onboarding/milestones/")
    set_dates(page)
    go_on(page, "tracking")
    choose(page, "tracking_choice", 1)
    go_on(page, "contacts")
    choose(page, "contact_choice", 1)
    go_on(page, "finish")
    assert_clean(page, "nothing is lacking")
    press(page, "form[action$='/onboarding/complete/'] button")
    page.wait_for_url("**/methodology/")


def refused(page) -> None:
    """Complete is off and says why; trying it leads nowhere. What is not hers is refused with a sentence."""
    press(page, "main button[aria-disabled=true]")
    assert page.url.endswith("/onboarding/overview/")
    assert page.locator("#complete-act-reasons li").count() > 3
    assert_clean(page, "complete is off")
    here = page.url
    assert page.goto("/reviews/").status == 403
    assert_clean(page, "refused")
    follow(page, "/")
    press(page, f"a[href^='{here.removesuffix('overview/').removeprefix(page.url.rstrip('/'))}']")
    page.wait_for_url(here)


def go_on(page, place: str) -> None:
    press(page, "main form button[type=submit]:not([name])")
    page.wait_for_url(f"**/onboarding/{place}/")


def say_scope(page) -> None:
    press(page, "[name=products]", "Space")
    write(page, "country_count", "2")
    for name in ("has_customizations", "has_isv", "has_integrations", "has_database_copy"):
        choose(page, name, 1)
    choose(page, "upgrade_from")


def set_dates(page) -> None:
    """A day and a month of the same number are typed alike wherever a browser puts them."""
    year = date.today().year + 1
    for place, name in enumerate(("analysis_end", "design_develop_end", "test_end", "go_live"), start=4):
        tab_to(page, f"[name={name}_day]")
        page.keyboard.type(f"{place:02}{place:02}{year}")
        assert page.input_value(f"[name={name}_day]") == f"{year}-{place:02}-{place:02}"


def complete_analysis(page) -> None:
    """Each step that can be marked, until nothing is in the way of the phase; the dialog of the keys on the way."""
    page.keyboard.press("Shift+?")
    page.locator("dialog:modal").wait_for()
    assert_clean(page, "keys")
    page.keyboard.press("Escape")
    page.locator("dialog:modal").wait_for(state="detached")

    complete = "form[action$='/analysis/complete/'] button"
    while not page.locator(complete).count():
        mark_next(page)
    assert_clean(page, "every step is done")
    press(page, complete)
    page.locator(complete).wait_for(state="detached")
    assert "Complete" in page.locator("#analysis header").inner_text()
    assert keeps_focus(page)
    assert_clean(page, "the phase is complete")


def mark_next(page) -> None:
    step = page.locator("#analysis form[action$='/done/']").first.get_attribute("id").removeprefix("do-")
    press(page, f"#do-{step} button")
    page.locator(f"tr#{step} td", has_text=re.compile(r"^\s*Done\s*$")).wait_for()
    assert keeps_focus(page)
