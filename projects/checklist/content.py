"""How a checklist stands before it is sent, and its quality gates, as badges with their words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from projects.checklist.models.gates import QualityGate
from projects.checklist.rules.deadlines import ChecklistDeadlines, Press, press_of
from projects.checklist.rules.gates import GateTopic, TopicDifference
from projects.checklist.states import GateDecision, TopicStatus
from projects.portfolio.content import Badge

SIGNS = {
    Press.EARLY: ("mute", "ring"),
    Press.SHOWN: ("accent", "next"),
    Press.ASKED: ("accent", "clock"),
    Press.BEST: ("good", "check"),
    Press.AMBER: ("notice", "dia"),
    Press.RED: ("critical", "stop"),
}


@dataclass(frozen=True)
class PressShown:
    press: Press
    badge: Badge
    text: str


def press_shown(deadlines: ChecklistDeadlines, today: date) -> PressShown:
    press = press_of(deadlines, today)
    words, text = _words(press, deadlines)
    return PressShown(press, Badge(*SIGNS[press], words), text)


def _words(press: Press, days: ChecklistDeadlines) -> tuple[str, str]:
    asked, opens, closes = _day(days.asked_on), _day(days.opens_on), _day(days.closes_on)
    best = _("The best time to send it is from %(opens)s to %(closes)s.") % {"opens": opens, "closes": closes}
    return {
        Press.EARLY: (_("Not asked for yet"), _("Asked for on %(day)s; it may be sent earlier.") % {"day": asked}),
        Press.SHOWN: (_("Time to begin"), _("Asked for on %(day)s.") % {"day": asked} + f" {best}"),
        Press.ASKED: (_("Asked for"), _("Since %(day)s.") % {"day": asked} + f" {best}"),
        Press.BEST: (_("Best time to send"), _("Until %(day)s.") % {"day": closes}),
        Press.AMBER: (_("Late"), _("The best time to send it ended on %(day)s.") % {"day": closes}),
        Press.RED: (
            _("Too late for the review"),
            _("Since %(day)s the review may not end in time.") % {"day": _day(days.red_on)},
        ),
    }[press]


def _day(day: date) -> str:
    return date_format(day, _("j M Y"))


STATUS_SIGNS = {
    TopicStatus.NOT_STARTED: ("mute", "ring"),
    TopicStatus.ON_TRACK: ("accent", "next"),
    TopicStatus.AT_RISK: ("serious", "tri"),
    TopicStatus.OFF_TRACK: ("critical", "stop"),
    TopicStatus.DONE: ("good", "check"),
}
DECISION_SIGNS = {
    GateDecision.GO: ("good", "check"),
    GateDecision.CONDITIONAL: ("notice", "dia"),
    GateDecision.NO_GO: ("critical", "stop"),
}


@dataclass(frozen=True)
class GateShown:
    number: int
    held_on: date
    go_live_on: date | None
    decision: str
    badge: Badge
    remark: str
    by: str


@dataclass(frozen=True)
class GateLine:
    topic: GateTopic
    badge: Badge


@dataclass(frozen=True)
class GatePair:
    """One topic at two gates; `cells`: what it is, before, after, whether it differs."""

    name: str
    cells: tuple[tuple[str, str, str, bool], ...]


def gate_shown(gate: QualityGate) -> GateShown:
    decision = GateDecision(gate.decision)
    badge = Badge(*DECISION_SIGNS[decision], str(decision.label))
    return GateShown(gate.number, gate.held_on, gate.go_live_on, decision.value, badge, gate.remark, str(gate.by))


def lines_shown(topics: Iterable[GateTopic]) -> list[GateLine]:
    return [GateLine(topic, status_badge(topic.status)) for topic in topics]


def status_badge(status: str) -> Badge:
    known = TopicStatus(status)
    return Badge(*STATUS_SIGNS[known], str(known.label))


def pairs_shown(found: Iterable[TopicDifference]) -> list[GatePair]:
    labels = {
        "status": _("Status"),
        "readiness": _("Ready, %"),
        "completeness": _("Complete, %"),
        "maturity": _("Mature, 1 to 5"),
        "owner": _("Owner"),
        "remark": _("Remark"),
    }
    return [
        GatePair(
            one.name,
            tuple(
                (labels[name], _said(one.before, name), _said(one.after, name), name in one.changed) for name in labels
            ),
        )
        for one in found
    ]


def _said(topic: GateTopic | None, name: str) -> str:
    if topic is None:
        return "–"
    value = getattr(topic, name)
    return str(TopicStatus(value).label) if name == "status" else str(value) if value != "" else "–"
