"""The error pages of the site: what happened, what is kept, what to do; the number comes last."""

from __future__ import annotations

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from golive.core.faults import is_unavailable
from golive.core.refusals import error_page


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    return error_page(
        request,
        400,
        what=_("That request cannot be read."),
        why=_("Its address or form holds something that no page of ours sends."),
        kept=_("Nothing was changed."),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    what = _("That is too much at once.")
    why = _("Send less text, fewer fields or a smaller file.")
    return error_page(request, 413, what=what, why=why, kept=_("Nothing was changed."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    what, why = _("This is not yours to do."), _("Your access does not allow it.")
    return error_page(request, 403, what=what, why=why, kept=_("Nothing was changed."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    what = _("Not done: the page you sent this from is too old.")
    why = _("Its token is missing or out of date, or it came from another site.")
    kept = _("Nothing was changed. Go back, load the page again and retry.")
    return error_page(request, 403, what=what, why=why, kept=kept, code="csrf_failed")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same for what is missing and for what this person may not see."""
    what = _("There is nothing here that you can see.")
    why = _("It may have another address, or belong to a project you are not on.")
    return error_page(request, 404, what=what, why=why)


def wrong_method(request: HttpRequest) -> HttpResponse:
    what, why = _("This address does not do that."), _("Go back to the page and use its buttons.")
    return error_page(request, 405, what=what, why=why, kept=_("Nothing was changed."))


def too_many(request: HttpRequest) -> HttpResponse:
    """Named by golive.urls, where allauth looks for it."""
    what, why = _("That was too often."), _("Wait a little, then try again.")
    return error_page(request, 429, what=what, why=why, kept=_("Nothing was changed."), retry_after=60)


def unavailable(request: HttpRequest) -> HttpResponse:
    what, why = _("The product is busy or partly out of order."), _("Try again in a few seconds.")
    return error_page(request, 503, what=what, why=why, kept=_("Nothing was changed."))


def failed(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database: it may be what failed."""
    if is_unavailable(sys.exc_info()[1]):
        return unavailable(request)
    return error_page(
        request,
        500,
        what=_("We failed, not you."),
        why=_("The fault is recorded."),
        kept=_("What you typed may not be saved: go back to the page, look, and try again."),
    )
