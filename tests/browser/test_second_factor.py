"""The pages of the second factor, in the order in which somebody meets them."""

import time
from collections.abc import Iterator

import pytest

from tests.accounts.signing import plain_code
from tests.browser.look import faults_of
from tests.browser.site import Site, begin_sign_in

pytestmark = pytest.mark.browser


def walk(site: Site) -> Iterator:
    """Set up with a wrong code and a right one, asked for it before what has weight, and at the next sign-in."""
    page = site.new_page("hanna")
    page.goto("/account/second-factor/on/")
    secret = page.locator("form code").inner_text()
    yield page
    page.fill("[name=code]", "000000")
    page.locator("main form button").click()
    page.locator("[data-errors]").wait_for()
    yield page
    page.fill("[name=code]", plain_code(secret))
    page.locator("main form button").click()
    page.wait_for_url(lambda url: not url.endswith("/on/"))
    page.goto("/account/second-factor/")
    page.get_by_text("On: after the password").wait_for()
    yield page
    page.goto("/account/again/code/?next=/account/recovery-codes/")
    page.locator("[name=code]").wait_for()
    yield page
    time.sleep(30 - time.time() % 30)  # each code counts once
    page.fill("[name=code]", plain_code(secret))
    page.locator("main form button").click()
    page.wait_for_url("**/account/recovery-codes/")
    yield page
    for address in ("/account/recovery-codes/new/", "/account/second-factor/off/"):
        page.goto(address)
        yield page
    another = site.new_page()
    begin_sign_in(another, "hanna")
    another.locator("[name=code]").wait_for()
    yield another


def test_the_second_factor_is_clean(site):
    for page in walk(site):
        assert (page.url, page.locator("h1").count(), faults_of(page), site.faults) == (page.url, 1, [], [])
