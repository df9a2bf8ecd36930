"""Answers what an act refused, in the shape that was asked for, and notes the denial in a transaction of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
    ValidationError,
)
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed
from rest_framework import exceptions

from golive.accounts.step_up import StepUpNeeded, step_up_response
from golive.audit.actions import record
from golive.core.api_errors import api_problem, invalid
from golive.core.decision import Refused, Stale
from golive.core.faults import is_duplicate, is_misfit, is_unavailable
from golive.core.guards import constraint_sentence, named_constraint
from golive.core.problems import Problem, plain_problem
from golive.core.refusals import error_page, is_api, refused_response, stale_response
from golive.pages import errors

log = logging.getLogger(__name__)

A_MINUTE = 60
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class DenialMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and is_api(request):
            return errors.not_found(request)  # whichever way it came about: the same bytes and headers
        if isinstance(response, HttpResponseNotAllowed):
            told = errors.wrong_method(request)
            told["Allow"] = response["Allow"]
            return told
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer(request, exception)


def api_exception_handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """The REST framework asks this for every exception of a view; None makes it a 500."""
    request = context["request"]
    if isinstance(error, exceptions.APIException):
        return api_problem(error)
    if isinstance(error, Http404):
        return errors.not_found(request)
    if isinstance(error, PermissionDenied):
        return errors.forbidden(request)
    if isinstance(error, TOO_LARGE):
        return errors.too_large(request)
    if isinstance(error, SuspiciousOperation):
        return errors.bad_request(request)
    return answer(request, error)


def answer(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """What pages and API both may meet; None for what is our own fault."""
    if isinstance(error, Refused):
        note_denial(request, error)
        return refused_response(request, error)
    if isinstance(error, StepUpNeeded):
        return step_up_response(request, error)
    if isinstance(error, Stale):
        return stale_response(request, error)
    if isinstance(error, Problem):
        return told_problem(request, error)
    if isinstance(error, ValidationError):
        return unfit(request, error)
    if isinstance(error, TransitionNotAllowed):  # ConcurrentTransition is one of them
        return conflict(request, _("Its state has changed meanwhile, or does not allow this."))
    return answer_database(request, error)


def answer_database(request: HttpRequest, error: Exception) -> HttpResponse | None:
    if isinstance(error, IntegrityError):
        sentence = sentence_of(error)
        return conflict(request, sentence) if sentence else None
    if is_unavailable(error):
        log.warning("The database did not answer in time.", exc_info=error)
        return errors.unavailable(request)
    if is_misfit(error):
        log.error("A value passed the border that no column holds.", exc_info=error)
        return unfit(request, ValidationError(_("A value is too long or out of range.")))
    return None


def told_problem(request: HttpRequest, error: Problem) -> HttpResponse:
    if is_api(request):
        return plain_problem(error.status, error.code, error.text, **error.extra)
    return error_page(request, error.status, what=error.text, kept=_("Nothing was changed."))


def unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A border that raised inside an act: the caller's mistake, never ours."""
    if is_api(request):
        return invalid(error.message_dict if hasattr(error, "error_dict") else error.messages)
    return error_page(request, 422, what=" ".join(error.messages), kept=_("Nothing was changed."))


def conflict(request: HttpRequest, sentence: str) -> HttpResponse:
    return error_page(request, 409, what=sentence, kept=_("Nothing was changed."))


def sentence_of(error: IntegrityError) -> str:
    """What the broken constraint says to people; nothing for what only a mistake of ours can break."""
    name = named_constraint(error)
    declared = {constraint.name for model in apps.get_models() for constraint in model._meta.constraints}
    if name in declared:
        return constraint_sentence(name)
    return _("Somebody saved the same thing already.") if is_duplicate(error) else ""


def note_denial(request: HttpRequest, refused: Refused) -> None:
    """The refused act was rolled back; that it was tried stays. A failure here must not change the answer."""
    by = request.user if request.user.is_authenticated else None
    chain = getattr(refused.on, "chain", "site")
    try:
        if too_often(by):
            return
        with transaction.atomic():
            codes = {"codes": refused.decision.codes}
            record(chain, by, "denied", view_of(request), at=timezone.now(), after=codes)
    except Exception:
        log.exception("A denial could not be recorded.")


def view_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return f"view:{match.view_name}"[:120] if match else "view"


def too_often(by: Any) -> bool:
    """One person cannot flood a history: at most sixty denials a minute."""
    key = f"denied:{by.pk if by else 'nobody'}:{timezone.now():%Y%m%d%H%M}"
    cache.add(key, 0, timeout=2 * A_MINUTE)
    try:
        return cache.incr(key) > A_MINUTE
    except ValueError:  # the cache has just dropped it
        return False
