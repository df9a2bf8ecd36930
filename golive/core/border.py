"""What no request may carry, and what every answer does."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.handlers.wsgi import get_bytes_from_wsgi
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from golive.core.refusals import error_page

LONGEST_QUERY = 2_000


def is_clean(raw: bytes) -> bool:
    """UTF-8 (so no lone surrogate) without control characters (so no NUL)."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in text)


def fault_of(request: HttpRequest) -> str:
    """What is wrong with the address or the cookies of this request, or nothing."""
    query = get_bytes_from_wsgi(request.META, "QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        return _("The address is too long.")
    if not is_clean(request.path_info.encode("utf-8", "surrogatepass")) or not is_clean(unquote_to_bytes(query)):
        return _("The address contains a sign that cannot be read.")
    # A quoted cookie may spell NUL as \000, which would reach the session's query.
    if not all(is_clean(value.encode("utf-8", "surrogatepass")) for value in request.COOKIES.values()):
        return _("A cookie contains a sign that cannot be read.")
    return ""


def is_private(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether somebody is signed in, or is being: told by what was sent, so that it costs no query."""
    name = settings.SESSION_COOKIE_NAME
    return name in request.COOKIES or name in response.cookies or "Authorization" in request.headers


class BorderMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        fault = fault_of(request)
        response = error_page(request, 400, what=fault) if fault else self.get_response(request)
        if is_private(request, response):
            response["Cache-Control"] = "no-store, private"
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        return response
