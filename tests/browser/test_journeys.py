"""The core acts by keyboard alone, and without any script: the same pages, the same outcome."""

import pytest

from tests.browser.look import keeps_focus
from tests.browser.site import Site, sign_in

pytestmark = pytest.mark.browser
PROJECT = "Halden Farm Shops"


@pytest.fixture
def path(site: Site) -> str:
    """Of a project that is just begun."""
    return f"/projects/{site.keys[PROJECT]}/"


def tab_to(page, what: str) -> None:
    """By the tab key alone, as far as one page reaches."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    pytest.fail(f"{what} is not reached by the tab key")


def follow(page, href: str) -> None:
    tab_to(page, f"a[href='{href}']")
    page.keyboard.press("Enter")
    page.wait_for_url(href)


def test_by_keyboard_alone(site, path):
    page = site.new_page()
    page.goto("/account/login/")
    sign_in_by_keyboard(page, "jonas")
    follow(page, "/projects/")
    follow(page, path)
    follow(page, f"{path}methodology/")

    tab_to(page, "#do-D01 button")
    page.keyboard.press("Enter")
    page.locator("#D01", has_text="Done").wait_for()
    assert keeps_focus(page)
    follow(page, f"{path}checklist/")
    answer_by_keyboard(page)
    assert site.faults == []


def sign_in_by_keyboard(page, who: str) -> None:
    from golive.scenes.people import PLAYERS

    tab_to(page, "[name=login]")
    page.keyboard.type(PLAYERS[who].email)
    tab_to(page, "[name=password]")
    page.keyboard.type(PLAYERS[who].password)
    page.keyboard.press("Enter")
    page.wait_for_url("/")


def answer_by_keyboard(page) -> None:
    tab_to(page, "#topics a[href='#SC']")
    page.keyboard.press("Enter")
    tab_to(page, "#SC-02 input[name=value]")
    page.keyboard.press("Space")
    page.locator("#SC-02 .save", has_text="Saved").wait_for()
    assert keeps_focus(page)


def test_a_question_is_asked_and_left_by_keyboard(site):
    page = site.new_page("sigrid")
    page.goto(f"/projects/{site.keys['Halden Logistics']}/checklist/")

    tab_to(page, "a.skip[href='#submit']")
    page.keyboard.press("Enter")
    tab_to(page, "a[data-ask]")
    page.keyboard.press("Enter")
    page.locator("dialog:modal").wait_for()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    page.locator("dialog:modal").wait_for(state="detached")

    assert page.evaluate("document.activeElement.matches('a[data-ask]')")
    assert site.faults == []


def test_without_script(site, path):
    page = site.new_page(java_script_enabled=False)
    sign_in(page, "luis")

    page.goto(f"{path}methodology/")
    page.locator("#do-T02 button").click()
    assert "Done" in page.locator("#T02").inner_text()

    page.goto(f"{path}checklist/")
    page.locator("#PF-12-value").fill("85")
    page.locator("#PF-12 button", has_text="Save").click()
    assert "Saved" in page.locator("#PF-12 .save").inner_text()

    page.goto(f"{path}checklist/submit/")
    assert page.locator("dialog[open]").is_visible()
    assert page.locator(".reasons a").count() > 0


def test_a_question_without_script_is_a_page(site):
    page = site.new_page("sigrid", java_script_enabled=False)
    page.goto(f"/projects/{site.keys['Halden Logistics']}/checklist/")

    page.locator("a[data-ask]").first.click()
    assert page.locator("dialog[open] textarea").is_visible()
    page.get_by_text("Not yet").click()

    assert page.url.endswith("/checklist/")


def test_two_texts_without_script_are_both_on_the_page(site, path):
    page = site.new_page("jonas", java_script_enabled=False)
    page.goto(f"{path}checklist/")
    other = site.new_page("luis", java_script_enabled=False)
    other.goto(f"{path}checklist/")

    for one, value in ((page, "yes"), (other, "no")):
        one.locator(f"#UA-10 input[value={value}]").check()
        one.locator("#UA-10 button", has_text="Save").click()

    assert other.locator(".diff").is_visible()


@pytest.mark.req("S0-10")
def test_the_figure_of_the_stages_opens_enlarged_and_closes_by_keyboard(site, path):
    page = site.new_page("jonas")
    page.goto(path)
    href = f"{path}stages/"
    tab_to(page, f"a[href='{href}']")
    small = page.locator(f"main a[href='{href}'] svg").bounding_box()["width"]

    page.keyboard.press("Enter")
    page.wait_for_selector("dialog:modal")
    large = page.locator("dialog:modal svg[role=img]").bounding_box()["width"]
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog:modal", state="detached")

    assert large > small * 1.5
    assert page.evaluate("href => document.activeElement.matches(`a[href='${href}']`)", href)
