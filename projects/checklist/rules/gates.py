"""Quality gates: who holds them, what a form begins with, and what differs between two of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from golive.core.decision import Cure, Decision, Reason, because
from projects.checklist.states import TopicStatus
from projects.portfolio.rules.onlooker import Onlooker, not_active

# As much as one printed page holds with every topic.
REMARK, TOPIC_REMARK, OWNER = 300, 120, 40
MATURITY = (1, 5)
COMPARED = ("status", "readiness", "completeness", "maturity", "owner", "remark")


@dataclass(frozen=True)
class GateTopic:
    """One topic at a gate. `maturity` from 1, begun, to 5, proven; the two others in percent."""

    topic: str
    name: str
    status: str = TopicStatus.NOT_STARTED
    readiness: int = 0
    completeness: int = 0
    maturity: int = 1
    owner: str = ""
    remark: str = ""


@dataclass(frozen=True)
class TopicDifference:
    name: str
    before: GateTopic | None
    after: GateTopic | None
    changed: frozenset[str]


def may_hold_gate(person: Onlooker, *, state: str, key: str) -> Decision:
    """The project manager or an owner holds a gate review, at any time and as often as they want."""
    text = _("Only the project manager or an owner of the project may do this.")
    wrong = None if person.leads_team or person.owns else Reason("not_lead", text, Cure("people", {"key": key}))
    return because(who=(wrong,), missing=(not_active(state, key),))


def begun_with(topics: Mapping[str, str], done: Mapping[str, int], last: Mapping[str, GateTopic]) -> list[GateTopic]:
    """How complete each topic is now; what else was said at the gate before stays said until it is changed."""
    return [_begun(topic, name, done.get(topic, 0), last.get(topic)) for topic, name in topics.items()]


def _begun(topic: str, name: str, done: int, last: GateTopic | None) -> GateTopic:
    if last:
        return replace(last, name=name, completeness=done)
    status = TopicStatus.ON_TRACK if done else TopicStatus.NOT_STARTED
    return GateTopic(topic, name, status, readiness=done, completeness=done)


def differences(before: Mapping[str, GateTopic], after: Mapping[str, GateTopic]) -> Iterator[TopicDifference]:
    """Every topic of either gate, with the names of what differs; a topic of one alone differs in all."""
    for topic in dict.fromkeys((*after, *before)):
        was, now = before.get(topic), after.get(topic)
        whole = was is None or now is None
        changed = COMPARED if whole else (name for name in COMPARED if getattr(was, name) != getattr(now, name))
        yield TopicDifference((now or was).name, was, now, frozenset(changed))  # type: ignore[union-attr]  # of either


def topic_to_json(topic: GateTopic) -> dict[str, Any]:
    return {"topic": topic.topic, "name": topic.name} | {name: getattr(topic, name) for name in COMPARED}
