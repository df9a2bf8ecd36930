"""A tiny API whose POST makes an organisation: what an idempotency key must keep from happening twice."""

import threading

from django.db import OperationalError
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response

from golive.accounts.idempotency import DecidingView
from golive.accounts.models import Organisation
from golive.core.api import LineField, Problem, StrictSerializer, problem
from golive.core.decision import Reason, because, require

# What the next call does beside its effect; a test sets it.
FAULTS: dict[str, object] = {}
GATE = threading.Event()


class NameIn(StrictSerializer):
    name = LineField()


class Make(DecidingView):
    """Makes one organisation a call."""

    def act(self, request: Request, **kwargs: object) -> Response:
        body = NameIn(data=request.data)
        body.is_valid(raise_exception=True)
        made = Organisation.objects.create(
            name=f"{body.validated_data['name']} {Organisation.objects.count()}", kind="partner"
        )
        fault = FAULTS.get("next")
        if callable(fault):
            return fault()
        return Response({"pk": made.pk, "name": made.name}, status=201, headers={"ETag": '"1"', "X-Other": "x"})


def refuse() -> None:
    require(because(missing=(Reason("not_yet", "Not yet."),)))


def fail() -> None:
    raise RuntimeError("a fault of ours")


def be_busy() -> None:
    raise OperationalError("database is locked")


def be_late() -> None:
    raise Problem(429, "later", "Later.")


def answer_503() -> Response:
    return problem(503, "later", "Later.")


urlpatterns = [
    path("api/v1/make/", Make.as_view()),
    path("api/v1/projects/<str:key>/make/", Make.as_view()),
    path(f"api/v1/{'long' * 60}/make/", Make.as_view()),
]
handler404 = "golive.pages.errors.not_found"
handler500 = "golive.pages.errors.failed"
