"""Several people at once, each with a connection or an API token of their own."""

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connections
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from golive.accounts.actions import make_token
from golive.accounts.models import ApiToken, User
from golive.core.decision import Refused, Stale
from golive.core.guards import named_constraint
from projects.portfolio.models.project import Project

CLIENTS = 8
PAUSE = 0.15
Act = Callable[[], Any]


def slowly(require: Callable) -> Callable:
    """Pauses between being allowed and being done: where nobody waits for the project's row, both are allowed."""

    def allowed(*args: Any, **kwargs: Any) -> None:
        require(*args, **kwargs)
        time.sleep(PAUSE)

    return allowed


def locking_all_but_projects() -> Callable:
    """What stands in for `select_for_update` where a test shows that it sees the race when the lock is gone."""
    lock = QuerySet.select_for_update

    def unless_project(rows: QuerySet, *args: Any, **kwargs: Any) -> QuerySet:
        return rows.all() if rows.model is Project else lock(rows, *args, **kwargs)

    return unless_project


def all_at_once(calls: list[Act]) -> list[Any]:
    """What each call came to, in their order: its result, or the exception that it ended with."""
    start, came_to = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        start.wait()
        try:
            came_to[place] = call()
        except Exception as error:
            came_to[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return came_to


def told(result: Any) -> str:
    """`done`, or what a door answers 409 or 412 to: the codes of a refusal, the guard that refused, a moved state."""
    if isinstance(result, Refused):
        return " ".join(result.decision.codes)
    if isinstance(result, Stale):
        return "stale"
    if isinstance(result, TransitionNotAllowed):
        return "moved"
    if isinstance(result, IntegrityError) and named_constraint(result):
        return str(named_constraint(result))
    if isinstance(result, Exception):
        raise result
    return "done"


@dataclass
class Caller:
    """Somebody who calls the API with a token, freshly stepped up."""

    user: User
    secret: str

    def post(self, url: str, body: dict[str, Any]) -> Any:
        client = Client(raise_request_exception=False)
        headers = {"Authorization": f"Bearer {self.secret}", "Idempotency-Key": uuid.uuid4().hex}
        return client.post(url, body, content_type="application/json", headers=headers)


def caller(user: User) -> Caller:
    token, secret = make_token(user, name="race", by=user, at=timezone.now())
    ApiToken.objects.filter(pk=token.pk).update(stepped_up_at=timezone.now())
    return Caller(user, secret)


@dataclass
class Answer:
    """What a client was told: the status, and the sentence for people."""

    by: User
    status: int
    detail: str


def asked(who: Caller, url: str, body: dict[str, Any]) -> Callable[[], Answer]:
    def ask() -> Answer:
        response = who.post(url, body)
        said = response.json() if "json" in response.headers.get("Content-Type", "") else {}
        return Answer(who.user, response.status_code, said.get("detail", response.content.decode()[:300]))

    return ask
