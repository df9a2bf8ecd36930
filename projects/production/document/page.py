"""What production pages show, in words: gathered once for the page of a project and for that of a service request."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from golive.accounts.models import User
from golive.core.decision import Decision
from golive.programme.queries import number
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.portfolio.rules.onlooker import Onlooker
from projects.production.document.thread import thread_of
from projects.production.models.clearance import Clearance
from projects.production.models.request import VALUES, ProductionRequest, ServiceRequest
from projects.production.queries.gate import Slot, estimates_of, gate_facts, slot_of
from projects.production.queries.sandboxes import sandboxes_of
from projects.production.queries.service import due_at, services_of, told_of
from projects.production.rules.estimates import may_change_estimates
from projects.production.rules.gate import (
    GateFacts,
    all_conditions,
    environment,
    is_held,
    may_clear_sign_off,
    may_configure,
    may_sign_off,
    may_withdraw_request,
    no_clearance,
)
from projects.production.rules.preflight import flags, preflight
from projects.production.rules.sandboxes import SandboxFacts, may_keep_sandboxes
from projects.production.rules.service import ServiceFacts, may_comment
from projects.production.states import Environment, RequestState

Pairs = list[tuple[str, Any]]
Badge = tuple[str, str, str]

BADGES = {
    Environment.NOT_AVAILABLE: ("mute", "lock"),
    Environment.CONFIGURE: ("accent", "next"),
    Environment.QUEUED: ("notice", "clock"),
    Environment.DEPLOYING: ("accent", "sync"),
    Environment.DEPLOYED: ("good", "check"),
    Environment.FAILED: ("critical", "stop"),
}
TICK = 12  # hours that one box of the clock stands for
MANY = 8  # names in one line
STATIONS = ("draft", "queued", "deploying", "done")
SIGNED_OFF = {"queued", "deploying", "failed", "done"}


@dataclass(frozen=True)
class Gate:
    """A person before the gate: the facts, the rows, and what may be done."""

    person: Onlooker
    slot: Slot
    facts: GateFacts

    @property
    def early(self) -> bool:
        return not self.facts.self_service and not self.facts.covers

    @property
    def configure(self) -> Decision:
        return may_configure(self.person, self.facts)

    @property
    def sign_off(self) -> Decision:
        """Before the question is asked: an early one is confirmed there."""
        return may_sign_off(self.person, replace(self.facts, confirmed_early=True))

    @property
    def clear_sign_off(self) -> Decision:
        return may_clear_sign_off(self.person, self.facts)

    @property
    def withdraw(self) -> Decision:
        return may_withdraw_request(self.person, self.facts)

    @property
    def estimates(self) -> Decision:
        return may_change_estimates(self.person, self.facts)

    @property
    def held(self) -> bool:
        return is_held(self.facts)


def gate_of(user: User, project: Project) -> Gate:
    slot = slot_of(project)
    return Gate(onlooker(user, project), slot, gate_facts(project, slot=slot))


def badge_of(facts: GateFacts) -> Badge:
    state = environment(facts)
    if is_held(facts):
        return "notice", "pause", _("Queued, held")
    return *BADGES[state], str(state.label)


def verdict_of(gate: Gate) -> tuple[str, str]:
    """The answer to: may we go live, and if not, what stands between?"""
    facts = gate.facts
    if facts.request_state in SIGNED_OFF:
        return _running_words(facts)
    if not facts.has_finance_operations:
        text = _("Without finance and operations apps production may be prepared at any time, elsewhere.")
        return _("This project makes no production request here."), text
    if not gate.sign_off.missing:
        early = _("The review is not passed yet: do not submit the request before it is. It would stay queued.")
        return _("Production can be requested."), early if gate.early else _("Sign off the request when you are ready.")
    if not gate.configure.missing:
        return _("Production can be configured."), _("Fill in the request; then it can be signed off.")
    count = len(gate.configure.missing)
    text = ngettext("%(n)d thing stands before it.", "%(n)d things stand before it.", count) % {"n": count}
    return _("Production is not available yet."), text


def _running_words(facts: GateFacts) -> tuple[str, str]:
    if is_held(facts):
        return _("Queued, and held."), _held_words(facts)
    return {
        "queued": (_("Queued."), _("Nothing holds the request. Deployment is with the engineers now.")),
        "deploying": (_("Production is being deployed."), _("Nothing is asked of you; we write when it is there.")),
        "failed": (_("The deployment failed."), _("Engineers try it again, or you withdraw the request.")),
        "done": (_("Production is deployed."), _("Its administrator can sign in.")),
    }[facts.request_state]


def _held_words(facts: GateFacts) -> str:
    """What the request waits for: the review alone is named first, as the usual case."""
    first, *more = all_conditions(facts)
    waits = _("Waiting for the review.") + " " if first.code == "no_clearance" and not more else ""
    return waits + first.text


def stations_of(facts: GateFacts) -> list[tuple[str, str]]:
    """(state, words) of what a request passes: done, now or to come."""
    words = [_("Configured"), _("Signed off, queued"), _("Deploying"), _("Deployed")]
    here = {"failed": 2}.get(facts.request_state, -1)
    if facts.request_state in STATIONS:
        here = STATIONS.index(facts.request_state)
    done = len(words) if facts.request_state == RequestState.DONE else here
    return [("done" if n < done else "now" if n == here else "", word) for n, word in enumerate(words)]


def values_of(request: ProductionRequest | None) -> Pairs:
    if request is None:
        return []
    labels = [(str(ProductionRequest._meta.get_field(name).verbose_name).capitalize(), name) for name in VALUES]
    shown = {"topology": request.get_topology_display()}
    return [(label, shown.get(name) or getattr(request, name) or _("not chosen yet")) for label, name in labels]


def binding_of(gate: Gate, letters_to: str) -> Pairs:
    """What the request sign-off binds, and what follows from it."""
    promise = (
        _("Deployed by the system, in about %(n)d minutes.") % {"n": number("deployment_self_service")}
        if gate.facts.self_service
        else _("%(n)d hours from the later of sign-off and passed review.") % {"n": number("deployment_managed")}
    )
    return [
        *values_of(gate.slot.request),
        (_("What happens"), _("A service request is made and the environment shows Queued. The estimate is locked.")),
        (_("Promise"), promise),
        (_("Way back"), _("Clear sign-off, while the request is queued; not once it is deploying.")),
        (_("Letter goes to"), letters_to),
    ]


def clearance_of(gate: Gate) -> dict[str, Any] | None:
    """The facts of the newest clearance, and whether it covers."""
    clearance: Clearance | None = gate.slot.clearance
    if clearance is None:
        return None
    return {
        "row": clearance,
        "covers": gate.facts.covers,
        "reason": no_clearance(gate.facts),
        "hash": clearance.review_hash,
        "on": gate.slot.go_live_on,
    }


def clock_of_request(request: ProductionRequest | None, *, at: datetime) -> dict[str, Any] | None:
    """The promise on a managed request: hours used of hours promised; it starts when nothing holds the request."""
    if request is None or request.infrastructure == "self_service" or request.state not in {"queued", "deploying"}:
        return None
    hours = int(number("deployment_managed"))
    due = due_at(request, hours=hours)
    spent = int((at - request.released_at).total_seconds() // 3600) if request.released_at else 0
    strong = _("%(spent)d of %(hours)d h") % {"spent": spent, "hours": hours}
    tone = "critical" if due and due < at else "mute"
    ticks = {"used": min(spent, hours) // TICK, "promised": -(-hours // TICK)}
    return ticks | {"strong": strong, "due": due, "tone": tone, "paused": due is None}


def names_of(people: list[User]) -> str:
    names = [person.name for person in people]
    return ", ".join(names) if len(names) <= MANY else _several(names)


def _several(names: list[str]) -> str:
    more = len(names) - MANY
    rest = ngettext("%(n)d more", "%(n)d more", more) % {"n": more}
    return ", ".join([*names[:MANY], rest])


def service_badge(service: ServiceRequest) -> Badge:
    tones = {
        "requested": ("notice", "clock"),
        "in_progress": ("accent", "sync"),
        "finished": ("good", "check"),
        "denied": ("critical", "stop"),
        "cancelled": ("mute", "no"),
    }
    return *tones[service.state], service.get_state_display()


def production_content(user: User, project: Project, *, at: datetime) -> dict[str, Any]:
    """All that the production page shows, in a fixed number of queries."""
    gate = gate_of(user, project)
    request = gate.slot.request
    services = services_of(project)
    newest = services[0] if services else None
    strong, text = verdict_of(gate)
    signed_off = gate.facts.request_state in SIGNED_OFF
    return {
        "project": project,
        "gate": gate,
        "request": request,
        "signed_off": signed_off,
        "requests_here": signed_off or gate.facts.has_finance_operations,
        "badge": badge_of(gate.facts),
        "verdict": {"strong": strong, "text": text},
        "stations": stations_of(gate.facts),
        "values": values_of(request),
        "preflight": preflight(gate.facts),
        "advice": advice_of(gate, user),
        "held": all_conditions(gate.facts) if gate.held else (),
        "flags": flags(gate.facts),
        "binding": binding_of(gate, names_of(told_of(project))) if not signed_off else [],
        "clearance": clearance_of(gate),
        "clock": clock_of_request(request, at=at),
        "estimates": estimates_of(project),
        "sandboxes": sandboxes_of(project),
        "keep_sandboxes": may_keep_sandboxes(gate.person, SandboxFacts(project.key, project.state)),
        "service": newest,
        "earlier": [(each, service_badge(each)) for each in services[1:]],
        "service_badge": service_badge(newest) if newest else None,
        "thread": thread_of(newest) if newest else [],
        "comment": may_comment(gate.person, ServiceFacts(newest.state, gate.facts)) if newest else None,
    }


def advice_of(gate: Gate, user: User) -> list[str]:
    """What is worth a second look, and stands in nobody's way."""
    request = gate.slot.request
    if request is None or request.state != RequestState.DRAFT or not request.administrator:
        return []
    if request.administrator.lower() == user.email.lower():
        return [_("The administrator is you. An account that is no named person is safer.")]
    return []
