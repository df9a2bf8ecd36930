"""What the page knows beside the answers: why each finding was raised, what contradicts, how ready all of it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from golive.programme.queries import role_words
from projects.checklist.forms.contradicting import SettleForm
from projects.checklist.queries.knowing import readiness_by_topic, readiness_of
from projects.checklist.queries.sheet import SEVERITY, Sheet
from projects.checklist.rules.answers import NO_ANSWER, counts_as_answered, in_words, to_json
from projects.checklist.rules.contradictions import Contrary
from projects.checklist.rules.questions import Question
from projects.checklist.rules.readiness import Readiness
from projects.checklist.rules.risks import PredictedRisk
from projects.checklist.states import Stand
from projects.portfolio.content import Badge, risk_badge
from projects.portfolio.states import Milestone, Risk

# Where a fact of the project is told or done; the others are told in onboarding.
PLACES = {
    "open_gate_phases": "methodology",
    "uat_signed_version": "methodology",
    "primary_contact_count": "people",
    "go_live_set_days_ahead": "plan",
    **dict.fromkeys(("has_active_estimate", "production_location", "production_version"), "production"),
    "sandbox_locations": "production",
}


@dataclass(frozen=True)
class ReadShown:
    """What a rule looked at, where that is, and what stood there."""

    words: str
    address: str
    said: str


@dataclass(frozen=True)
class RiskShown:
    badge: Badge
    finding: str
    mitigation: str
    owner: str
    place: str  # the question or the topic under which it stands
    reads: list[ReadShown]


@dataclass(frozen=True)
class ContraryShown:
    contrary: Contrary
    badge: Badge
    reads: list[ReadShown]
    form: SettleForm
    stand: str
    by: str
    theirs: dict[str, Any] = field(default_factory=dict)  # what somebody else said meanwhile


@dataclass(frozen=True)
class ReadyShown:
    """A bar for how far it is, a badge for how bad."""

    id: str
    name: str
    ready: Readiness
    badge: Badge


@dataclass(frozen=True)
class LiveShown:
    ready: Readiness
    topics: list[ReadyShown]
    groups: list[tuple[Badge, list[RiskShown]]]  # most severe first


def risk_shown(sheet: Sheet, risk: PredictedRisk) -> RiskShown:
    badge = risk_badge(SEVERITY.get(risk.severity, Risk.NONE))
    if risk.kind == "assertion":
        badge = Badge("good", "star", _("Strength"))
    owner = role_words().get(risk.owner, "") if risk.owner else ""
    reads = reads_shown(sheet, risk.reads)
    return RiskShown(badge, risk.finding, risk.mitigation, owner, risk.question or risk.topic, reads)


def facts_shown(sheet: Sheet, topic: str) -> list[RiskShown]:
    """What the facts of the project raise under this topic."""
    return [risk_shown(sheet, risk) for risk in sheet.raised.get("", ()) if risk.topic == topic]


def reads_shown(sheet: Sheet, names: Iterable[str]) -> list[ReadShown]:
    return [read_shown(sheet, name) for name in names]


def read_shown(sheet: Sheet, name: str) -> ReadShown:
    kind, _dot, key = name.partition(".")
    if kind == "milestone":
        day = sheet.facts.milestones.get(key)
        said = date_format(day, "j M Y") if day else ""
        return ReadShown(str(Milestone(key).label), reverse("plan", kwargs={"key": sheet.project.key}), said)
    if kind == "project":
        place = reverse(PLACES.get(key, "onboarding"), kwargs={"key": sheet.project.key})
        return ReadShown(key.replace("_", " "), place, fact_words(sheet.facts.project.get(key)))
    if name == "today":
        return ReadShown(_("today"), "", date_format(sheet.facts.today, "j M Y"))
    words = in_words(sheet.catalogue.question(name), sheet.answers.get(name, NO_ANSWER))
    return ReadShown(name, f"#{name}", words or _("no answer"))


def fact_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(one).replace("_", " ") for one in value) or _("none")
    return number_format(value, use_l10n=True) if isinstance(value, int | float) else str(value or _("not chosen"))


def live_shown(sheet: Sheet) -> LiveShown:
    groups: dict[Risk, list[RiskShown]] = {}
    for risk in sheet.risks:
        if risk.severity:
            groups.setdefault(SEVERITY[risk.severity], []).append(risk_shown(sheet, risk))
    topics = [ReadyShown(topic.id, topic.name, one, badge_of(one)) for topic, one in readiness_by_topic(sheet)]
    ordered = [(risk_badge(severity), groups[severity]) for severity in sorted(groups, reverse=True)]
    return LiveShown(readiness_of(sheet), topics, ordered)


def badge_of(ready: Readiness) -> Badge:
    if not ready.answered and not ready.worst:
        return Badge("mute", "ring", _("Not answered yet"))
    return risk_badge(SEVERITY.get(ready.worst, Risk.NONE))


def contraries_shown(sheet: Sheet, spoken: SettleForm | None = None) -> list[ContraryShown]:
    """`spoken`: what somebody sent to one of them and was not accepted."""
    return [contrary_shown(sheet, one, spoken) for one in sheet.contraries]


def contrary_shown(sheet: Sheet, one: Contrary, spoken: SettleForm | None) -> ContraryShown:
    names = {str(member.user.uid): member.user.name for member in sheet.people} if one.said else {}
    said = one.said or {}
    mine = spoken if spoken and spoken.contradiction == one.id else SettleForm(one.id, one.revision, said)
    return ContraryShown(
        contrary=one,
        badge=risk_badge(SEVERITY[one.contradiction.severity]),
        reads=reads_shown(sheet, one.reads),
        form=mine,
        stand=str(Stand(said["stand"]).label) if said else "",
        by=names.get(said.get("by", ""), _("somebody who has left")) if said else "",
        theirs=mine.theirs,
    )


def offer_shown(sheet: Sheet, question: Question) -> dict[str, Any] | None:
    """What one click confirms: its words, where they are from, and the value to send."""
    known = sheet.known.get(question.id)
    if known is None or counts_as_answered(sheet.answers.get(question.id, NO_ANSWER)):
        return None
    words, value = in_words(question, known.content), to_json(known.content)["value"]
    return {"words": words, "known_from": known.known_from, "value": value}
