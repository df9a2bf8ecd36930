"""What the pages of service requests show, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.core.decision import Decision
from golive.programme.queries import number
from projects.portfolio.queries.people import team_of
from projects.production.document.page import (
    Badge,
    clock_of_request,
    gate_of,
    names_of,
    service_badge,
    values_of,
)
from projects.production.document.thread import thread_of
from projects.production.models.request import ServiceRequest
from projects.production.queries.service import due_at
from projects.production.rules import service as rules
from projects.production.rules.gate import all_conditions
from projects.production.rules.service import ServiceFacts
from projects.production.states import OPEN_SERVICE

DECISIONS = {
    "start": rules.may_start,
    "deploy": rules.may_deploy,
    "finish": rules.may_finish,
    "fail": rules.may_finish,
    "retry": rules.may_retry,
    "deny": rules.may_deny,
}


@dataclass(frozen=True)
class QueueLine:
    row: ServiceRequest
    url: str
    badge: Badge
    held: bool
    due: datetime | None
    late: bool


def queue_lines(rows: Iterable[ServiceRequest], *, at: datetime) -> list[QueueLine]:
    hours = number("deployment_managed")
    return [_line(row, due_at(row.request, hours=hours), at) for row in rows]


def _line(row: ServiceRequest, due: datetime | None, at: datetime) -> QueueLine:
    url = reverse("service_request", kwargs={"key": row.project.key, "number": row.number})
    held = row.request.state == "queued" and row.request.released_at is None
    return QueueLine(row, url, service_badge(row), held, due, bool(due and due < at))


def service_content(user: User, service: ServiceRequest, *, at: datetime) -> dict[str, Any]:
    gate = gate_of(user, service.project)
    newest = gate.slot.request is not None and gate.slot.request.pk == service.request_id
    facts = ServiceFacts(service.state, gate.facts)
    request = service.request
    return {
        "service": service,
        "request": request,
        "project": service.project,
        "badge": service_badge(service),
        "values": values_of(request) + _kept_values(service),
        "held": all_conditions(gate.facts) if newest and gate.held else (),
        "clock": clock_of_request(request, at=at),
        "thread": thread_of(service),
        "comment": rules.may_comment(gate.person, facts),
        "acts": _acts(service, facts, gate.person) if gate.person.engineers and newest else [],
    }


def _kept_values(service: ServiceRequest) -> list[tuple[str, Any]]:
    project, request = service.project, service.request
    signer = request.signed_off_by.name if request.signed_off_by else ""
    failed = [(_("Why it failed"), request.because)] if request.state == "failed" else []
    return [
        *failed,
        (_("Infrastructure"), project.get_infrastructure_display()),
        (_("Users"), project.facts.user_count or _("not known")),
        (_("Signed off by"), signer),
        (_("Taken by"), service.taken_by.name if service.taken_by else _("nobody yet")),
    ]


def _acts(service: ServiceRequest, facts: ServiceFacts, person: Any) -> list[dict[str, Any]]:
    """The verbs that fit its state: those of another state would only say that they are not for now."""
    offered = {
        "draft": [],
        "queued": ["deploy", "deny"] if service.state == "in_progress" else ["start", "deploy", "deny"],
        "deploying": ["finish", "fail"],
        "failed": ["retry"],
    }
    if service.state not in OPEN_SERVICE:
        return []
    verbs = offered.get(facts.gate.request_state, [])
    return [_act(verb, service, DECISIONS[verb](person, facts)) for verb in verbs]


def _act(verb: str, service: ServiceRequest, decision: Decision) -> dict[str, Any]:
    where = {"key": service.project.key, "number": service.number, "verb": verb}
    asks = verb not in {"start", "retry"}
    return {
        "verb": verb,
        "label": labels()[verb],
        "url": reverse("service_request_act", kwargs=where),
        "decision": decision,
        "method": "get" if asks else "post",
        "ask": asks,
        "kind": "" if verb in {"deploy", "finish", "retry"} else "plain",
    }


def decisions_of(user: User, service: ServiceRequest) -> dict[str, Decision]:
    """Every verb of a service request, with why not."""
    gate = gate_of(user, service.project)
    facts = ServiceFacts(service.state, gate.facts)
    decisions = {verb: decide(gate.person, facts) for verb, decide in DECISIONS.items()}
    return decisions | {"comment": rules.may_comment(gate.person, facts)}


def labels() -> dict[str, str]:
    return {
        "start": _("Take request"),
        "deploy": _("Deploy"),
        "finish": _("Report as deployed"),
        "fail": _("Report as failed"),
        "retry": _("Try again"),
        "deny": _("Deny request"),
    }


def question_of(verb: str, user: User, service: ServiceRequest) -> dict[str, Any]:
    effects = {
        "start": _("You take the request; the team sees your name."),
        "deploy": _("Deployment begins. From here on the customer cannot take the sign-off back."),
        "finish": _("The environment shows Deployed and the request ends. This cannot be undone."),
        "fail": _("The environment shows Failed. You can try again, the team can withdraw the request."),
        "retry": _("Deployment begins anew."),
        "deny": _("The request ends. Its values are kept in a new draft, and the team reads your reason."),
    }
    gate = gate_of(user, service.project)
    facts = [(_("What happens"), effects[verb])]
    if verb in {"finish", "deny"}:
        facts.append((_("Letter goes to"), names_of(team_of(service.project))))
    title = _("%(label)s: %(number)s of %(project)s?")
    return {
        "title": title % {"label": labels()[verb], "number": service.label, "project": service.project.name},
        "label": labels()[verb],
        "facts": facts,
        "decision": DECISIONS[verb](gate.person, ServiceFacts(service.state, gate.facts)),
    }
