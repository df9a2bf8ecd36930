"""What was said and done about a service request, in one list."""

from typing import Any

from django.utils.translation import gettext as _

from projects.production.models.request import ServiceRequest
from projects.production.queries.service import comments_of


def thread_of(service: ServiceRequest) -> list[dict[str, Any]]:
    """Acts and comments of a service request, oldest first."""
    request = service.request
    signer = request.signed_off_by.name if request.signed_off_by else ""
    opened = {"event": "seal", "by": signer, "text": _("signed off the request"), "at": service.requested_at}
    entries = [opened]
    if service.previous:
        after = _("The request follows %(number)s.") % {"number": service.previous.label}
        entries.append({"event": "undo", "by": service.label, "text": after, "at": service.requested_at})
    entries += [
        {"by": each.by.name, "side": each.by.organisation.name, "text": each.text, "at": each.at}
        for each in comments_of(service)
    ]
    return sorted(entries + _ends_of(service), key=lambda entry: entry["at"])


def _ends_of(service: ServiceRequest) -> list[dict[str, Any]]:
    request, system = service.request, _("The system")
    ended_by = request.ended_by.name if request.ended_by else system
    words = {
        "done": ("check", _("deployed production")),
        "denied": ("stop", _("denied the request")),
        "signoff_cleared": ("undo", _("cleared the sign-off")),
        "withdrawn": ("undo", _("withdrew the request")),
    }
    entries: list[dict[str, Any]] = []
    if request.released_at:
        entries.append({"event": "next", "by": system, "text": _("released the request"), "at": request.released_at})
    if request.deploying_at:
        taker = service.taken_by.name if service.taken_by else system
        entries.append({"event": "sync", "by": taker, "text": _("began to deploy"), "at": request.deploying_at})
    if request.ended_at:
        icon, text = words[request.state]
        text = f"{text}: {request.because}" if request.because else text
        entries.append({"event": icon, "by": ended_by, "text": text, "at": request.ended_at})
    return entries
