"""What an error of the API says: RFC 9457 problem+json, one shape for all of them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import JsonResponse
from django.utils.translation import gettext as _
from rest_framework.response import Response

from golive.core.marks import mark

CONTENT_TYPE = "application/problem+json"
# Seconds after which a busy or failing part is worth another try.
RETRY_AFTER = 5


class Problem(Exception):
    """Ends a call of the API with this problem."""

    def __init__(self, status: int, code: str, text: str, **extra: Any) -> None:
        super().__init__(text)
        self.status, self.code, self.text, self.extra = status, code, text, extra


def problem_body(status: int, code: str, text: str, **extra: Any) -> dict[str, Any]:
    """A 404 says the same for missing and foreign things, so it carries no reference."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": str(text)}
    body |= {"code": code, "reasons": [], **extra}
    if status != 404:
        body["reference"] = mark().reference
    return body


def headers_of(status: int, retry_after: int | None = None) -> dict[str, str]:
    if retry_after is None and status not in {429, 503}:
        return {}
    return {"Retry-After": str(retry_after or RETRY_AFTER)}


def problem(status: int, code: str, text: str, *, retry_after: int | None = None, **extra: Any) -> Response:
    """The answer of a view of the API."""
    body = problem_body(status, code, text, **extra)
    return Response(body, status=status, headers=headers_of(status, retry_after), content_type=CONTENT_TYPE)


def plain_problem(status: int, code: str, text: str, *, retry_after: int | None = None, **extra: Any) -> JsonResponse:
    """The same answer where no view of the API was reached."""
    body = problem_body(status, code, text, **extra)
    return JsonResponse(body, status=status, headers=headers_of(status, retry_after), content_type=CONTENT_TYPE)


def not_found() -> JsonResponse:
    """One answer for what is missing, foreign or no address at all, whether or not a person was looked up for it."""
    response = plain_problem(404, "not_found", _("There is nothing here that you can see."))
    response["Vary"] = "Accept, Cookie"
    return response
