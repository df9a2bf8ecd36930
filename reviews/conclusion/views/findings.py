"""Findings on the review page: the list at the left, and the one in hand with its thread and its acts."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from projects.portfolio.states import Job
from reviews.assessment.content import Frozen
from reviews.assessment.models import Finding, MitigationRound
from reviews.assessment.rules.facts import is_open
from reviews.assessment.states import GRADED, LIVE, FindingState
from reviews.conclusion.queries import ReviewSheet
from reviews.conclusion.views.shown import day

SEVERITY = {"critical": ("critical", "stop"), "high": ("serious", "tri"), "medium": ("notice", "dia")}
KINDS = {"assertion": ("good", "check"), "best_practice": ("accent", "star"), "recommendation": ("accent", "next")}
CLOSED = {"mitigated": ("good", "check"), "accepted_by_customer": ("mute", "seal"), "dismissed": ("mute", "no")}
ORDER = ("critical", "high", "medium", "low", "")
REVIEWERS = ("open", "edit", "request-mitigation", "accept-plan", "return", "confirm-done", "dismiss")
TEAM = ("submit-plan", "accept-risk")
PLAIN = {"edit", "return", "dismiss", "accept-risk"}


def ordered(findings: list[Finding]) -> list[Finding]:
    """What is open before what is closed, the most severe first."""
    return sorted(findings, key=lambda row: (row.state in CLOSED, ORDER.index(row.severity), row.number))


def look_of(row: Finding) -> tuple[str, str]:
    if row.state in CLOSED:
        return CLOSED[row.state]
    return KINDS.get(row.kind) or SEVERITY.get(row.severity, ("mute", "low"))


def state_words(row: Finding) -> str:
    """A strength or an advice is not open work: once it is no draft, it is noted."""
    return _("Noted") if row.state == FindingState.OPEN and row.kind not in GRADED else row.get_state_display()


def line_of(row: Finding, chosen: Finding | None) -> dict[str, Any]:
    tone, icon = look_of(row)
    grade = row.get_severity_display() if row.severity else row.get_kind_display()
    told = [grade, row.label, *([row.question] if row.question else []), state_words(row)]
    return {
        "label": row.label,
        "title": row.title,
        "sub": " · ".join(told),
        "tone": tone,
        "icon": icon,
        "current": row == chosen,
        "url": f"?finding={row.label}#finding",
    }


def chosen_of(findings: list[Finding], label: str) -> Finding | None:
    named = [row for row in findings if row.label == label]
    return (named or findings or [None])[0]


def finding_words(sheet: ReviewSheet, row: Finding, frozen: Frozen) -> dict[str, Any]:
    """The finding in hand: its words, the answer as submitted, the rounds, the acts."""
    tone, icon = look_of(row)
    state = (tone if row.state in CLOSED else "mute", icon if row.state in CLOSED else "ring")
    return {
        "row": row,
        "grade": (tone, icon, row.get_severity_display() if row.severity else row.get_kind_display()),
        "state": (*state, state_words(row)),
        "topic": frozen.topics.get(row.topic, row.topic),
        "owner": Job(row.owner).label if row.owner in Job.values else row.owner,
        "answer": frozen.answers.get(row.question),
        "round": len(row.rounds.all()),
        "thread": thread_of(row),
        "acts": acts_of(sheet, row),
        "open": is_open(row.state),
    }


def thread_of(row: Finding) -> list[dict[str, Any]]:
    entries = [entry for asked in row.rounds.all() for entry in round_entries(asked)]
    if row.state == "accepted_by_customer" and row.accepted_by:
        text = _("accepted the risk until %(day)s") % {"day": day(row.accepted_until)}
        entries.append({"event": "seal", "by": row.accepted_by.name, "text": text, "at": row.changed_at})
        entries.append(said_by(row.accepted_by, row.because, row.changed_at))
    return entries


def round_entries(asked: MitigationRound) -> list[dict[str, Any]]:
    text = _("asked for a plan, round %(n)d") % {"n": asked.number}
    if asked.until:
        text += ", " + _("answer by %(day)s") % {"day": day(asked.until)}
    entries = [{"event": "talk", "by": asked.asked_by.name, "text": text, "at": asked.asked_at}]
    if asked.ask and asked.number == 1:  # a later round begins with the reply that returned the plan before
        entries.append(said_by(asked.asked_by, asked.ask, asked.asked_at))
    plan = getattr(asked, "plan", None)
    if plan is None:
        return entries
    promise = _("Owner: %(owner)s. Done by %(day)s.") % {"owner": plan.owner, "day": day(plan.due_on)}
    entries.append(said_by(plan.by, f"{plan.what}\n\n{promise}", plan.at))
    if decision := getattr(plan, "decision", None):
        word, icon = (_("accepted the plan"), "check") if decision.accepted else (_("returned the plan"), "skip")
        entries.append({"event": icon, "by": decision.by.name, "text": word, "at": decision.at})
        if decision.reply:
            entries.append(said_by(decision.by, decision.reply, decision.at))
    return entries


def said_by(person: Any, text: str, at: Any) -> dict[str, Any]:
    return {"by": person.name, "side": "", "text": text, "at": at}


def acts_of(sheet: ReviewSheet, row: Finding) -> list[dict[str, Any]]:
    """The verbs that fit where the finding stands, for the side that the person is on; none once it is over."""
    if sheet.review.state not in LIVE:
        return []
    decisions = sheet.acts_on(row)
    offered = REVIEWERS if sheet.person.reviews else TEAM
    return [
        act_of(sheet, row, verb, decisions[verb]) for verb in offered if "finding_state" not in decisions[verb].codes
    ]


def act_of(sheet: ReviewSheet, row: Finding, verb: str, decision: Any) -> dict[str, Any]:
    key = sheet.review.project.key
    kwargs = {"key": key, "uid": row.uid}
    edit = verb == "edit"
    return {
        "id": f"verb-{verb}",
        "label": verb_words()[verb],
        "url": reverse("finding_edit", kwargs=kwargs)
        if edit
        else reverse("finding_act", kwargs=kwargs | {"verb": verb}),
        "method": "post" if verb == "open" else "get",
        "ask": verb not in {"edit", "open"},
        "kind": "plain" if verb in PLAIN else "",
        "decision": decision,
    }


def verb_words() -> dict[str, str]:
    return {
        "open": _("Open finding"),
        "edit": _("Change words"),
        "request-mitigation": _("Ask for a plan"),
        "accept-plan": _("Accept plan"),
        "return": _("Return plan"),
        "confirm-done": _("Confirm done"),
        "dismiss": _("Dismiss"),
        "submit-plan": _("Submit plan"),
        "accept-risk": _("Accept risk"),
    }
