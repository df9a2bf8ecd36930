"""Proof, not older than five minutes, that the person at the desk is the one who signed in.

allauth's own check is deliberately not used: it lets a person without password pass, does not count a fresh sign-in,
and replays the stored POST.
"""

import time
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request

from golive.accounts.destinations import page_behind, with_next
from golive.accounts.models import ApiToken, User
from golive.core.problems import plain_problem

SKEW = 5  # seconds that the clocks of two web servers may differ


class StepUpNeeded(Exception):
    """The act needs a fresh proof. `with_code`: the person has a second factor, and must use it."""

    def __init__(self, *, with_code: bool) -> None:
        super().__init__("step_up_needed")
        self.with_code = with_code


def require_step_up(request: HttpRequest | Request) -> None:
    with_code = has_second_factor(request.user)
    token = getattr(request, "auth", None)
    if isinstance(token, ApiToken):
        fresh = token_is_fresh(token, now=timezone.now())
    else:
        fresh = session_is_fresh(request, with_code=with_code)
    if not fresh:
        raise StepUpNeeded(with_code=with_code)


def has_second_factor(user: User | AnonymousUser) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


def session_is_fresh(request: HttpRequest | Request, *, with_code: bool) -> bool:
    now, accepted = time.time(), {"mfa"} if with_code else {"password", "mfa"}
    oldest = now - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)  # without the person: silently nothing
    return any(r.get("method") in accepted and oldest <= r.get("at", 0) <= now + SKEW for r in records)


def token_is_fresh(token: ApiToken, *, now: datetime) -> bool:
    age = timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
    return token.stepped_up_at is not None and token.stepped_up_at > now - age


def step_up_response(request: HttpRequest | Request, needed: StepUpNeeded) -> HttpResponse:
    """A page goes to the page of proof and back; htmx is told to; the API is told how."""
    if request.path.startswith("/api/") or getattr(request, "auth", None) is not None:
        text = _("Prove that it is you: POST your code, or your password when you have no second factor, to step-up.")
        return plain_problem(403, "step_up_needed", text, step_up=reverse("api_step_up"), with_code=needed.with_code)
    page = reverse("mfa_reauthenticate" if needed.with_code else "account_reauthenticate")
    url = with_next(page, page_behind(request))
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=403, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def step_up_required(view: Any) -> Any:
    """For pages that guard the account itself, where no action asks."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            require_step_up(request)
        except StepUpNeeded as needed:
            return step_up_response(request, needed)
        return view(request, *args, **kwargs)

    return guarded
