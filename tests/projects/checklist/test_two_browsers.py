"""Two people at once, one on a bad line: what was acknowledged is there, what was overwritten was shown first."""

import random
import re
import time
from contextlib import suppress
from urllib.parse import parse_qs

import pytest
from django.utils import timezone
from playwright.sync_api import Error

from projects.checklist.actions.answering import save_answer
from projects.checklist.models.answers import AnswerRevision
from projects.checklist.rules.answers import AnswerContent
from tests.builders_projects import Cast, make_project, plan_dates
from tests.scale import times

pytestmark = [pytest.mark.browser, pytest.mark.race, pytest.mark.django_db(transaction=True)]
QUESTIONS = ("SC-02", "UA-10")
REVISION = re.compile(r'name="revision" value="(\d+)"')


@pytest.fixture
def cast(db) -> Cast:
    cast = make_project()
    plan_dates(cast)
    for question in QUESTIONS:
        content = AnswerContent(value="yes", note="At first.")
        save_answer(cast.project, question, content, revision=0, by=cast.partner_member, at=timezone.now())
    return cast


def revision_in(answer) -> tuple[str, int]:
    found = REVISION.search(answer.text())
    return answer.url.split("/")[-2], int(found[1])


class Typist:
    """Somebody who types without end, and decides between two texts when asked."""

    def __init__(self, page, name: str, chance: random.Random) -> None:
        self.page, self.name, self.chance = page, name, chance
        self.answers, self.typed, self.online = [], 0, True
        page.on("response", lambda answer: self.answers.append(answer) if "/answers/" in answer.url else None)

    def connect(self, online: bool) -> None:
        self.online = online
        self.page.context.set_offline(not online)

    def type(self) -> None:
        question = self.chance.choice(QUESTIONS)
        self.decide(question)
        self.typed += 1
        field = self.page.locator(f"#{question}-note")
        field.fill(f"{self.name} {self.typed}")
        field.blur()

    def decide(self, question: str) -> None:
        keep = self.page.locator(f"#{question} .diff button")
        if self.online and keep.count() == 2:
            with suppress(Error):  # what came meanwhile has redrawn it
                keep.nth(self.chance.randrange(2)).click(timeout=2_000)

    def settle(self) -> None:
        """Until nothing waits: not sent, not answered, not decided."""
        for _time in range(60):
            for question in QUESTIONS:
                self.decide(question)
            if self.page.evaluate("Object.keys(localStorage).filter((one) => one.includes('kept')).length") == 0:
                return
            self.page.wait_for_timeout(500)
        raise AssertionError(f"{self.name} still waits")

    @property
    def acknowledged(self) -> set[tuple[str, int, str]]:
        """Question, revision and text of every save that was answered as saved."""
        saves = [one for one in self.answers if one.status == 200 and "note=" in one.request.post_data]
        return {(*revision_in(one), parse_qs(one.request.post_data)["note"][0]) for one in saves}

    @property
    def seen(self) -> set[tuple[str, int]]:
        """What the page showed of others: as it was opened, beside one's own text, and when theirs was kept."""
        shown = [one for one in self.answers if one.status == 409 or "keep=theirs" in one.request.post_data]
        return {(question, 1) for question in QUESTIONS} | {revision_in(one) for one in shown}


def test_what_was_acknowledged_is_there_and_what_was_overwritten_was_shown_first(cast, workbench):
    chance = random.Random(12)
    steady, shaky = (Typist(workbench(one), one.name, chance) for one in (cast.owner, cast.member))
    began = time.monotonic()

    for _time in range(times(400) // 2):
        shaky.connect(chance.random() > 0.3)
        shaky.type()
        steady.type()
    shaky.connect(True)
    took = time.monotonic() - began
    shaky.settle()
    steady.settle()

    columns = ("answer__question", "revision", "content__note", "by__name")
    rows = list(AnswerRevision.objects.values_list(*columns))
    texts, whose = {row[:3] for row in rows}, {row[:2]: row[3] for row in rows}
    for typist in (steady, shaky):
        mine = {(question, revision) for (question, revision), name in whose.items() if name == typist.name}
        before = {(question, revision - 1) for question, revision in mine}
        assert typist.acknowledged - texts == set()
        assert {one for one in before if whose[one] != typist.name} - typist.seen == set()
    assert len(rows) > times(400) // 2
    assert took < 150
