"""One line a step: number, who, what, the status of the answer, and of a refusal its own reason codes."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from golive.scenes.doors import Answer, Api, Browser
from golive.scenes.players import PLAYERS, Player

PATIENCE = 60  # seconds that the outbox may take for what it was told
STEP_UP = "step_up_needed"


class Surprise(Exception):
    """An answer that the process does not give."""


@dataclass
class Walk:
    """The doors of each person, and what was said so far. `denied` counts what the history must have noted."""

    apis: dict[str, Api]
    browsers: dict[str, Browser]
    say: Callable[[str], Any]
    steps: int = 0
    denied: int = 0

    @staticmethod
    def person(who: str) -> Player:
        return PLAYERS[who]

    def api(
        self,
        who: str,
        what: str,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        *,
        seen: int | None = None,
        expect: int = 200,
        codes: Sequence[str] = (),
    ) -> Any:
        """A call of the API, and what its answer holds."""
        answer = self.apis[who].call(method, path, body, seen=seen)
        self.told(who, what, answer, expect, codes)
        return answer.json if answer.status != 204 else None

    def many(
        self, who: str, what: str, method: str, calls: Iterable[tuple[str, dict[str, Any]]], *, seen: int | None = None
    ) -> None:
        """Calls of one kind as one step, told by the worst of their answers."""
        answers = (self.apis[who].call(method, path, body, seen=seen) for path, body in calls)
        worst = max(answers, key=lambda answer: answer.status)
        self.told(who, what, worst, 200, ())

    def page(
        self, who: str, what: str, path: str, fields: dict[str, Any], *, page: str = "", expect: int = 302, codes=()
    ) -> Answer:
        """A form sent from a page."""
        answer = self.browsers[who].post(path, fields, page=page)
        self.told(who, f"{what} (page)", answer, expect, codes)
        return answer

    def told(self, who: str, what: str, answer: Answer, expect: int, codes: Sequence[str]) -> None:
        self.steps += 1
        outcome = self.outcome(answer)
        self.say(f"{self.steps:>3}  {PLAYERS[who].name:<15} {what:<62} {answer.status}  {outcome}".rstrip())
        if answer.status != expect or answer.codes != list(codes):
            raise Surprise(
                f"Step {self.steps}: expected {expect} {list(codes)}, got {answer.status} {answer.codes}\n"
                f"{answer.content[:1500].decode(errors='replace')}"
            )

    def outcome(self, answer: Answer) -> str:
        if answer.codes == [STEP_UP]:
            return "asked to prove who it is"
        if answer.status in {403, 409} and answer.codes:
            self.denied += 1
            return f"refused: {', '.join(answer.codes)}"
        return ", ".join(answer.codes)

    def sees(self, what: str, fact: bool) -> None:
        """Something that the last answer shows, and that the next steps rest on."""
        if not fact:
            raise Surprise(f"After step {self.steps}: not so: {what}")
        self.say(f"     {'':<15} -> {what}")

    def look(self, who: str, path: str) -> Any:
        """Reads, without being a step of the journey."""
        answer = self.apis[who].call("GET", path)
        if answer.status != 200:
            raise Surprise(f"GET {path}: {answer.status} {answer.content[:500].decode(errors='replace')}")
        return answer.json

    def until(self, what: str, who: str, path: str, fact: Callable[[Any], bool]) -> Any:
        """Waits for what the outbox does by itself."""
        stop = time.monotonic() + PATIENCE
        while time.monotonic() < stop:
            if fact(seen := self.look(who, path)):
                self.sees(what, True)
                return seen
            time.sleep(0.2)
        raise Surprise(f"After step {self.steps}: not within {PATIENCE} s: {what}")
