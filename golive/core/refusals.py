"""What a refusal looks like: a page, a fragment for the live region, or a problem of the API."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _
from rest_framework.request import Request

from golive.core.decision import Refused, Stale
from golive.core.htmx import asks_for_part
from golive.core.links import reasons_of, url_of
from golive.core.marks import mark
from golive.core.problems import headers_of, not_found, plain_problem

__all__ = ["error_page", "is_api", "refused_response", "stale_response", "url_of"]

log = logging.getLogger(__name__)

# The page, and what of it goes to the live region.
ERROR = ("errors/error.html", "components/refusal.html")
STALE = ("errors/stale.html", "errors/_stale_part.html")
PLAIN = "errors/plain.html"  # stands alone: for when the base page cannot be drawn
LIVE = "#live"
CODES = {
    400: "bad_request", 403: "forbidden", 404: "not_found", 405: "method_not_allowed", 409: "conflict",
    412: "stale", 413: "too_large", 422: "invalid", 429: "too_many_requests", 500: "failed", 503: "unavailable",
}  # fmt: skip


def is_api(request: HttpRequest) -> bool:
    """Whether the answer is a problem: below /api/, or asked for by name."""
    if isinstance(request, Request) or request.path.startswith("/api/"):
        return True
    accept = request.headers.get("Accept", "")
    return "json" in accept and "html" not in accept


def state_of(thing: Any) -> dict[str, Any]:
    """The state that the refused act met, when the thing has one."""
    state = getattr(thing, "state", "")
    return {"state": str(state)} if state else {}


def refused_response(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The wrong person: 403. Not yet: 409. Every reason, each with where to mend it."""
    decision, status = refused.decision, refused.decision.status
    if is_api(request):
        return refused_problem(refused)
    what = _("This is not yours to do.") if status == 403 else _("Not done: something is still missing.")
    kept = _("Nothing was changed.")
    return shown(request, status, {"what": what, "kept": kept, "reasons": decision.reasons})


def refused_problem(refused: Refused) -> HttpResponse:
    reasons = reasons_of(refused.decision)
    text = " ".join(reason["text"] for reason in reasons)
    return plain_problem(refused.decision.status, "refused", text, reasons=reasons, **state_of(refused.on))


def stale_response(request: HttpRequest, stale: Stale) -> HttpResponse:
    """Somebody saved first: both texts, so that nothing typed is lost. 409 in pages, 412 in the API."""
    by = stale.by or _("Somebody else")
    what = _("Not saved: %(person)s changed this first.") % {"person": by}
    if is_api(request):
        both = {"theirs": stale.theirs, "mine": stale.mine, "revision": stale.revision, "by": stale.by}
        return plain_problem(412, "stale", what, **both)
    context = {"theirs": stale.theirs, "mine": stale.mine, "revision": stale.revision, "by": by}
    kept = _("Nothing is lost. Both texts are below.")
    return shown(request, 409, {"what": what, "kept": kept, **context}, STALE)


def error_page(
    request: HttpRequest,
    status: int,
    *,
    what: str,
    why: str = "",
    kept: str = "",
    todo: Iterable[tuple[str, str]] = (),
    code: str = "",
    retry_after: int | None = None,
) -> HttpResponse:
    """What happened, what is kept, what to do; in the shape that was asked for."""
    if is_api(request):
        if status == 404:
            return not_found()
        text = f"{what} {why}".strip()
        return plain_problem(status, code or CODES.get(status, "error"), text, retry_after=retry_after)
    context = {"what": what, "why": why, "kept": kept, "todo": list(todo)}
    response = shown(request, status, context)
    for name, value in headers_of(status, retry_after).items():
        response[name] = value
    return response


def shown(
    request: HttpRequest, status: int, context: dict[str, Any], templates: tuple[str, str] = ERROR
) -> HttpResponse:
    """A 404 carries neither reference nor moment: it is the same for missing and foreign things."""
    context = {"why": "", "todo": [], "reasons": (), "status": status} | context
    if status != 404:
        context |= {"moment": timezone.now(), "reference": mark().reference}
    page, fragment = templates
    swap = asks_for_part(request)
    body = drawn(request, fragment if swap else page, context, plainly=not swap and needs_plain(request, status))
    response = HttpResponse(body, status=status)
    patch_vary_headers(response, ["HX-Request"])
    if swap:  # beside the form, never over it: what was typed stays
        response["HX-Retarget"] = LIVE
        response["HX-Reswap"] = "innerHTML"
    return response


def needs_plain(request: HttpRequest, status: int) -> bool:
    """When the request did not get as far as a person, or the base page may be what failed."""
    return status in {500, 503} or not hasattr(request, "user")


def drawn(request: HttpRequest, template: str, context: dict[str, Any], *, plainly: bool) -> str:
    """The answer must not fail because its page does: then the plain one, then a line of text."""
    for name in [PLAIN] if plainly else [template, PLAIN]:
        try:
            return render_to_string(name, context, None if name == PLAIN else request)
        except Exception:
            log.exception("The page of a refusal could not be drawn.")
    return conditional_escape(f"{context['status']}: {context['what']}")
