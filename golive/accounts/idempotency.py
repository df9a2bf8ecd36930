"""A call of the API that decides something happens once, however often it is sent."""

from __future__ import annotations

import json
import logging
import re
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.models import IdempotencyKey, User
from golive.core.problems import Problem

log = logging.getLogger(__name__)

KEY = re.compile(r"[\x20-\x7e]{1,80}")
KEPT_FOR = timedelta(hours=24)
# No request lives this long: whoever held the key was killed, and his transaction with him.
RUNS_FOR = timedelta(minutes=5)
LONGEST_ROUTE = 200
KEPT_HEADERS = ("ETag", "Location")


class DecidingView(APIView):
    """Subclasses say in `act` what POST does; it runs in one transaction with the keeping of its answer."""

    def act(self, request: Request, **kwargs: Any) -> Response:
        raise NotImplementedError

    def digest(self, request: Request) -> str:
        """What was sent, to know it again."""
        return digest_of(request)

    def post(self, request: Request, **kwargs: Any) -> Response:
        row, replay = claim(request, digest=self.digest(request), at=timezone.now())
        if replay is not None:
            return replay
        try:
            with transaction.atomic(durable=True):
                response = self.act(request, **kwargs)
                keep(row, response)
        except BaseException:
            give_back(row)
            raise
        if is_passing(response):
            give_back(row)
        return response


def claim(request: Request, *, digest: str, at: datetime) -> tuple[IdempotencyKey, Response | None]:
    """The key as this call's own, committed so that others see it running; or the answer it already has."""
    row = IdempotencyKey(
        user=cast(User, request.user),
        route=route_of(request),
        key=key_of(request),
        digest=digest,
        created_at=at,
    )
    for _attempt in range(2):
        try:
            with transaction.atomic():
                row.save(force_insert=True)
            return row, None
        except IntegrityError:
            held = held_by_another(row, at=at)
        if held is not None:
            return row, answer_of(held, row.digest)
    raise still_running()


def key_of(request: Request) -> str:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        raise Problem(400, "key_missing", _("Send an Idempotency-Key: a new one for each thing you want done."))
    if not KEY.fullmatch(key) or not key.strip():
        raise Problem(400, "key_malformed", _("An Idempotency-Key has 1 to 80 printable ASCII characters."))
    return key


def route_of(request: Request) -> str:
    """The address with its ids: the same key on two projects is two keys."""
    path = request.path
    return path if len(path) <= LONGEST_ROUTE else sha256(path.encode()).hexdigest()


def digest_of(request: Request) -> str:
    body = sha256(request.body).hexdigest()
    return sha256(f"{request.method} {request.path} {body}".encode()).hexdigest()


def held_by_another(row: IdempotencyKey, *, at: datetime) -> IdempotencyKey | None:
    """None when the key is free again: given back a moment ago, past its time, or left by a process that died."""
    held = IdempotencyKey.objects.filter(user_id=row.user_id, route=row.route, key=row.key).first()
    if held is None or not is_over(held, at=at):
        return held
    IdempotencyKey.objects.filter(pk=held.pk, status=held.status).delete()
    return None


def is_over(held: IdempotencyKey, *, at: datetime) -> bool:
    return at - held.created_at > (RUNS_FOR if held.status is None else KEPT_FOR)


def answer_of(held: IdempotencyKey, digest: str) -> Response:
    if held.digest != digest:
        raise Problem(422, "key_reused", _("This Idempotency-Key was used for another call."))
    if held.status is None:
        raise still_running()
    stored = json.loads(held.body)
    headers = stored["headers"] | {"Idempotency-Replayed": "true"}
    return Response(stored["data"], status=held.status, headers=headers, content_type=stored["type"])


def still_running() -> Problem:
    return Problem(409, "running", _("The same call is still running."), retry_after=1)


def is_passing(response: Response) -> bool:
    """An answer that another try may change is not kept."""
    return response.status_code >= 500 or response.status_code == 429


def keep(row: IdempotencyKey, response: Response) -> None:
    """In the transaction of the effect: both are stored or neither. Whoever lost the key loses the effect too."""
    if is_passing(response):
        transaction.set_rollback(True)
        return
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    data = json.loads(JSONRenderer().render(response.data) or b"null")
    body = json.dumps({"headers": headers, "type": response.content_type, "data": data})
    own = IdempotencyKey.objects.filter(pk=row.pk, status=None)
    if not own.update(status=response.status_code, body=body):
        raise still_running()


def give_back(row: IdempotencyKey) -> None:
    """Nothing was done, so the key is free; a failure here must not hide why."""
    try:
        IdempotencyKey.objects.filter(pk=row.pk, status=None).delete()
    except Exception:
        log.exception("An idempotency key could not be given back; it is free in some minutes.")


def forget_old_keys(*, at: datetime) -> int:
    """For the daily sweep."""
    return IdempotencyKey.objects.filter(created_at__lt=at - KEPT_FOR).delete()[0]
