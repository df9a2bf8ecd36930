"""The demo as its people see it: signed in once each, every address that a link of theirs leads to."""

import re
from collections import Counter
from functools import cached_property
from html import unescape
from typing import Any, NamedTuple

from django.urls import Resolver404, resolve

from golive.scenes.people import PLAYERS

LINK = re.compile(r'href="(/[^"#?]*)')
NOT_PAGES = ("/static/", "/api/", "/admin/")
# Who walks along all links: a customer and a partner, FastTrack, an engineer, and the administrator.
WALKERS = ("sigrid", "amara", "imke", "ada", "henrik")
ENOUGH = 12  # pages of one door that a walker opens: the hundreds of steps lead nowhere else
ENOUGH_OF = {"checklist_answer_history": 2, "checklist_question": 2}  # one of each question, and each like the other


class Visit(NamedTuple):
    who: str  # of golive/scenes/people.py; nobody: not signed in
    path: str


def door_of(path: str) -> str:
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return "nowhere"


class Site:
    def __init__(self, browser: Any, address: str) -> None:
        self.browser = browser
        self.address = address
        self.faults: list[str] = []
        self._pages: dict[str, Any] = {}

    def page_of(self, who: str = "") -> Any:
        """The one page of this person, signed in by password."""
        if who not in self._pages:
            self._pages[who] = self.new_page(who)
        return self._pages[who]

    def new_page(self, who: str = "", **options: Any) -> Any:
        page = self.browser.new_context(base_url=self.address, locale="en-GB", **options).new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if is_fault(said) else None)
        if who:
            sign_in(page, who)
        return page

    @cached_property
    def keys(self) -> dict[str, str]:
        """Of each project, by its name."""
        return {name: key for who in ("sigrid", "amara") for name, key in self._projects_of(who)}

    def _projects_of(self, who: str) -> list[tuple[str, str]]:
        body = self.page_of(who).request.get("/projects/").text()
        found = re.findall(r'<a href="/projects/([A-Z]+-\w+)/">(?:<bdi>)?([^<]+)<', body)
        return [(unescape(name).strip(), key) for key, name in found]

    @cached_property
    def links(self) -> dict[str, list[Visit]]:
        """By door: who may go there, and by which address."""
        found: dict[str, list[Visit]] = {}
        for who in WALKERS:
            for path in self.walk(who):
                found.setdefault(door_of(path), []).append(Visit(who, path))
        return found

    def walk(self, who: str) -> list[str]:
        request = self.page_of(who).request
        todo, seen, opened = ["/"], {"/"}, Counter[str]()
        for path in todo:
            opened[door_of(path)] += 1
            if opened[door_of(path)] > ENOUGH_OF.get(door_of(path), ENOUGH):
                continue
            answer = request.get(path)
            assert answer.status < 400, f"{who} was led to {path}: {answer.status}"
            if "text/html" in answer.headers["content-type"]:
                new = dict.fromkeys(unescape(link) for link in LINK.findall(answer.text()))
                todo += [link for link in new if link not in seen and not link.startswith(NOT_PAGES)]
                seen.update(todo)
        return todo


def is_fault(said: Any) -> bool:
    """That a page answered 403 or 409 is told in the console too; it is what the visit asked for."""
    return said.type in {"error", "warning"} and not said.text.startswith("Failed to load resource")


def begin_sign_in(page: Any, who: str) -> None:
    page.goto("/account/login/")
    page.fill("[name=login]", PLAYERS[who].email)
    page.fill("[name=password]", PLAYERS[who].password)
    page.press("[name=password]", "Enter")


def sign_in(page: Any, who: str) -> None:
    begin_sign_in(page, who)
    page.wait_for_url("/")
