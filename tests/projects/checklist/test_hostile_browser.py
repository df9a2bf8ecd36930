"""A hundred hostile texts in every field of a checklist and on every page of it, in a real browser: they stay text."""

import html
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from golive.accounts.actions import keep_words
from golive.accounts.models import User
from projects.checklist.actions.answering import save_answer
from projects.checklist.actions.assigning import assign
from projects.checklist.actions.contradicting import settle_contradiction
from projects.checklist.actions.evidence import attach_evidence
from projects.checklist.actions.header import save_header
from projects.checklist.actions.talking import comment_on_answer
from projects.checklist.queries.sheet import Sheet, sheet_of
from projects.checklist.rules.answers import details_of, read_answer
from projects.checklist.rules.assigning import Asked
from projects.checklist.rules.gates import OWNER, TOPIC_REMARK
from projects.checklist.rules.header import HeaderContent, RolloutLine
from projects.evidence.actions.evidence import add_evidence
from projects.portfolio.actions.projects import keep_project
from tests.browser.site import is_fault
from tests.builders import client_of, make_organisation, make_user
from tests.builders_projects import Cast, describe, make_project, plan_dates, reload, submit
from tests.projects.checklist.bulk import EVERYTHING, answered_at_once
from tests.projects.checklist.holding import hold
from tests.projects.checklist.hostile import FILE_NAMES, PAYLOADS, Pool, numbers_in
from tests.projects.evidence.ways import add
from tests.tools.chromium import chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("files")]
SAID = {"yn": "yes", "ynp": "partly", "ynpa": "na", "text": "", "file_or_text": ""}
LISTEN = """
window.refused = [];
addEventListener('securitypolicyviolation', (event) =>
  window.refused.push(`${event.violatedDirective} ${event.sample}`));
"""
# What a text became where it became more than text: a handler, or an address of its own or of no page.
ALIVE = """() => [...document.querySelectorAll('*')].flatMap((one) => [...one.attributes]
  .filter(({name, value}) => /^on|^(data-)?hx-on/.test(name)
    || (/(^|:)(href|src|srcdoc|action|formaction|data|style)$|hx-/.test(name)
      && /pwned|^\\s*(javascript|data|vbscript):/i.test(value)))
  .map(({name, value}) => `${one.tagName} ${name}=${value}`))"""
# What somebody reads: the words of the page and those in its fields, also where a part is folded.
SHOWN = """() => [document.body.innerText, ...[...document.querySelectorAll('input, textarea')].map((one) => one.value),
  ...[...document.querySelectorAll('details:not([open])')].map((one) => one.textContent)].join('\\n')"""


# --- a project whose people write nothing but these ------------------------------------------------------------------
def hostile_project(pool: Pool) -> Cast:
    organisation = make_organisation("customer", name=pool.line())
    flags = {"is_org_admin": True, "joined_at": timezone.now(), "email": "owner@example.com"}
    owner = make_user(pool.line(), organisation=organisation, **flags)
    cast = make_project(pool.line(), owner=owner, partner=make_organisation("partner", name=pool.line()))
    for person in (cast.member, cast.viewer, cast.partner_member, cast.architect):
        person.name = pool.line()
        person.save(update_fields=["name"])
        keep_words(person)
    keep_project(reload(cast.project))
    plan_dates(cast)
    describe(cast, **EVERYTHING, vision=pool.block(), isv_names=pool.line())
    return cast


def sheet(cast: Cast) -> Sheet:
    return sheet_of(reload(cast.project), at=timezone.now())


def answer_everything(cast: Cast, pool: Pool) -> None:
    """Each answer with a note; where its question takes it, of words, partly or not applicable, which say more."""
    today = timezone.localdate()
    answered_at_once(cast)
    for question in sheet(cast).questions:
        if question.answer not in SAID:
            continue
        value = SAID[question.answer] or pool.block()
        said = {name: pool.line() for name in details_of(question, value)}
        days = {"pending_due": today.isoformat()} if "pending_due" in said else {}
        raw = {"value": value, "note": pool.block(), **said, **days}
        content = read_answer(question, raw, today=today)
        save_answer(cast.project, question.id, content, revision=1, by=cast.member, at=timezone.now())


def say_everything_else(cast: Cast, pool: Pool) -> None:
    at, soon = timezone.now(), timezone.localdate() + timedelta(days=9)
    lines = [RolloutLine(on, 5, pool.line(), pool.line()) for on in (None, soon)]
    header = HeaderContent(pool.line(), pool.line(), tuple(lines))
    save_header(cast.project, header, completed_by=cast.member, revision=1, by=cast.member, at=at)
    for audience in ("team", "customer"):
        for _time in range(6):
            said = {"audience": audience, "text": pool.block(), "mentions": [cast.viewer]}
            comment_on_answer(cast.project, "SC-02", **said, by=cast.member, at=at)
    for asked in (Asked(question="SC-02"), Asked(question="UA-10"), Asked(topic="PF")):
        assign(cast.project, asked, person=cast.member, due_on=soon, by=cast.owner, at=at)
    for name in FILE_NAMES:
        lay(cast, add(cast, pool.line(), content=b"Plan", name=name))
    for n in range(4):
        link = {"title": pool.line(), "url": f"https://proof.example/{n}?'onclick='alert(1)"}
        lay(cast, add_evidence(cast.project, **link, by=cast.member, at=at))
    for _time in range(2):
        hold(cast, owner=pool.line(OWNER), remark=pool.line(TOPIC_REMARK))


def lay(cast: Cast, piece: Any) -> None:
    attach_evidence(cast.project, "SC-02", piece, by=cast.member, at=timezone.now())


def settle(cast: Cast, pool: Pool) -> None:
    for one in sheet(cast).contraries:
        said = {"stand": "raised", "text": pool.block(), "revision": one.revision}
        settle_contradiction(cast.project, one.id, **said, by=cast.member, at=timezone.now())


# --- a browser that notices ------------------------------------------------------------------------------------------
@dataclass
class Lookout:
    """What a page did beyond showing: asked for an address, opened a dialog, was refused by its policy, failed."""

    page: Any
    address: str
    noticed: list[str] = field(default_factory=list)
    requests: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.add_init_script(LISTEN)
        self.page.on("request", lambda request: self.look_at(request.url))
        self.page.on("pageerror", lambda error: self.noticed.append(str(error)))
        self.page.on("console", lambda said: self.noticed.append(said.text) if is_fault(said) else None)
        self.page.on("dialog", lambda dialog: (self.noticed.append(f"dialog {dialog.message}"), dialog.dismiss()))

    def look_at(self, url: str) -> None:
        if "pwned" in url.partition("?")[0] or not url.startswith((self.address, "data:image/svg")):
            self.requests.add(url)

    def read(self, path: str) -> set[int]:
        """The numbers of the texts that somebody reads there."""
        answer = self.page.goto(path)
        assert answer.status == 200, path
        return self.seen_now()

    def seen_now(self) -> set[int]:
        self.page.wait_for_timeout(100)  # what a text would start, it has started
        self.noticed += [f"refused {one}" for one in self.page.evaluate("window.refused")]
        self.noticed += self.page.evaluate(ALIVE)
        return numbers_in(self.page.evaluate(SHOWN))


@pytest.fixture
def lookout(live_server, monkeypatch):
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])

        def for_whom(user: User) -> Lookout:
            context = browser.new_context(base_url=live_server.url, locale="en-GB")
            session = client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
            return Lookout(context.new_page(), live_server.url)

        yield for_whom
        browser.close()


DRAFT = {  # at least so many of the texts are read there
    "one/SC-02/": 2,
    "answers/SC-02/history/": 2,
    "answers/SC-02/comments/?audience=team": 6,
    "answers/SC-02/comments/?audience=customer": 6,
    "answers/SC-02/evidence/": 12,
    "assignments/": 2,
    "gates/": 1,
    "gates/hold/": 2,
    "gates/1/": 2,
    "gates/compare/": 4,
    "": 100,
}


def test_every_text_stays_text_on_every_page_of_a_checklist(whole_checklist, lookout):
    pool = Pool()
    cast = hostile_project(pool)
    answer_everything(cast, pool)
    say_everything_else(cast, pool)
    settle(cast, pool)
    owner, member = lookout(cast.owner), lookout(cast.member)
    root = f"/projects/{cast.key}/"

    seen = {path: owner.read(f"{root}checklist/{path}") for path in DRAFT}
    typed = type_into_the_page(owner)  # the last of them
    submit(cast)
    sent = {path: owner.read(f"{root}checklist/{path}") for path in ("", "rounds/1/")}
    around = [owner.read(f"{root}{page}") for page in ("", "people/", "history/", "evidence/")]
    work = [member.read(page) for page in ("/", "/projects/", "/search/?q=pwned")]

    assert [(one.noticed, one.requests) for one in (owner, member)] == [([], set())] * 2
    assert {path: len(seen[path]) for path in DRAFT if len(seen[path]) < DRAFT[path]} == {}
    assert set(range(len(PAYLOADS))) - seen[""] == set()
    assert set(range(len(PAYLOADS))) - sent["rounds/1/"] == set()
    assert typed == {7}
    assert all([*sent.values(), *around, *work])


def type_into_the_page(watched: Lookout) -> set[int]:
    """Saved as it is typed, and taken into the page as the answer draws it anew."""
    note = watched.page.locator("#SC-02-note")
    with watched.page.expect_response("**/answers/SC-02/"):
        note.fill(PAYLOADS[7])
        note.blur()
    watched.seen_now()
    return numbers_in(note.input_value())


def test_the_same_texts_act_where_nothing_holds_them_back(db, lookout, cast):
    """The positive control: on a page that escapes nothing, half of them at least ask for their address."""
    watched = lookout(cast.owner)
    frames = "".join(f'<iframe srcdoc="{html.escape(one)}"></iframe>' for one in PAYLOADS[::2])
    watched.page.route("**/bare/", lambda route: route.fulfill(body=frames, content_type="text/html; charset=utf-8"))

    watched.read("/bare/")
    watched.page.wait_for_timeout(1_000)

    assert len(numbers_in(" ".join(watched.requests))) > 20
