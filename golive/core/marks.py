"""What marks a request: its id, in the log, the audit row and the error page, and a digest of its session."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

HEADER = "X-Request-ID"
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")


@dataclass(frozen=True)
class Mark:
    request_id: str = ""
    session_digest: str = ""

    @property
    def reference(self) -> str:
        """The few signs that a person can read out on the telephone."""
        return self.request_id[:8]


_current: ContextVar[tuple[str, HttpRequest] | None] = ContextVar("golive_mark", default=None)


def mark() -> Mark:
    """The mark of the request being answered; empty strings outside of one."""
    current = _current.get()
    if current is None:
        return Mark()
    request_id, request = current
    return Mark(request_id, session_digest(request))


def session_digest(request: HttpRequest) -> str:
    """Computed when asked for: the mark is set before the session is known. The session itself is never stored."""
    session = getattr(request, "session", None)
    key = (session and session.session_key) or request.headers.get("Authorization", "")
    return salted_hmac("golive.mark", key, algorithm="sha256").hexdigest()[:32] if key else ""


class RequestMarkMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        request_id = given if GIVEN.fullmatch(given) else uuid.uuid4().hex
        token = _current.set((request_id, request))
        try:
            response = self.get_response(request)
        finally:
            _current.reset(token)
        response[HEADER] = request_id
        return response
