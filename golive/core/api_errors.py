"""Every exception of the REST framework as a problem of ours."""

from __future__ import annotations

import math
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions

from golive.core.problems import not_found, plain_problem

CHALLENGE = 'Bearer realm="golive"'
CODES = {
    exceptions.ParseError: "malformed",
    exceptions.NotAuthenticated: "not_authenticated",
    exceptions.AuthenticationFailed: "authentication_failed",
    exceptions.PermissionDenied: "forbidden",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAcceptable: "not_acceptable",
    exceptions.UnsupportedMediaType: "unsupported_media_type",
    exceptions.Throttled: "too_many_requests",
}


def api_problem(error: exceptions.APIException) -> HttpResponse:
    if isinstance(error, exceptions.NotFound):
        return not_found()
    if isinstance(error, exceptions.ValidationError):
        return invalid(error.detail)
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        # The framework makes it a 403 when its first authenticator names no challenge.
        response = plain_problem(401, code_of(error), str(error.detail))
        response["WWW-Authenticate"] = CHALLENGE
        return response
    wait = getattr(error, "wait", None)
    return plain_problem(error.status_code, code_of(error), str(error.detail), retry_after=math.ceil(wait or 0) or None)


def code_of(error: exceptions.APIException) -> str:
    """Our own code where the error names one, as a CSRF failure does; else that of its kind."""
    own = getattr(error.detail, "code", "")
    kind = CODES.get(type(error), "error")
    return own if own and own != type(error).default_code else kind


def invalid(detail: Any) -> HttpResponse:
    """Which fields are wrong and why, each by its path."""
    fields = sentences(detail)
    text = _("Some of this cannot be accepted: %(fields)s.") % {"fields": ", ".join(sorted(fields))}
    return plain_problem(400, "invalid", text, errors=fields)


def sentences(detail: Any, path: str = "") -> dict[str, list[str]]:
    """`{"people": [{}, {"name": [..]}]}` as `{"people.1.name": [..]}`."""
    if isinstance(detail, dict):
        pairs = [(str(name), item) for name, item in detail.items()]
    elif isinstance(detail, list) and any(isinstance(item, dict | list) for item in detail):
        pairs = [(str(index), item) for index, item in enumerate(detail)]
    else:
        texts = detail if isinstance(detail, list) else [detail]
        return {path or "body": [str(text) for text in texts]}
    found: dict[str, list[str]] = {}
    for name, item in pairs:
        if item:
            found |= sentences(item, f"{path}.{name}".lstrip("."))
    return found
