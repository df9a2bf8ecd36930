"""Where a visitor may be sent on to: a path of this site, and nothing else."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme, urlencode


def is_ours(url: str | None) -> bool:
    return url is not None and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)


def page_behind(request: HttpRequest) -> str:
    """The page to come back to: itself when it was read; where the form or the swap stood when something was sent."""
    if request.method == "GET" and "HX-Request" not in request.headers:
        return request.get_full_path()
    origin = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(origin, allowed_hosts={request.get_host()}):
        return "/"
    parts = urlsplit(origin)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return path if is_ours(path) else "/"


def with_next(url: str, path: str) -> str:
    return f"{url}?{urlencode({'next': path})}"
