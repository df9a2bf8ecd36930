"""Everybody who may stand before a door, and the same act tried through both of them."""

import json
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import transaction
from django.test import Client
from django.utils import timezone

from golive.accounts.actions import make_token
from golive.accounts.models import ApiToken, User
from golive.audit.models import AuditRow
from golive.letters.models import LetterRow
from golive.outbox.models import Outbox
from projects.portfolio.actions.people import add_member
from tests.builders import client_of, make_user
from tests.builders_projects import Cast, reload

ROLES = (
    "owner",
    "environment_manager",
    "project_manager",
    "member",
    "viewer",
    "partner_member",
    "architect",  # who holds the review
    "other_architect",
    "lead",
    "engineer",
    "administrator",
    "stranger",
)


@dataclass
class World:
    """A project in a situation, its people by role, and what the verbs are about."""

    cast: Cast
    people: dict[str, User]
    things: dict[str, Any] = field(default_factory=dict)
    doors: dict[str, tuple[Client, Client]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.cast.key

    @property
    def page(self) -> str:
        return f"/projects/{self.key}/"

    @property
    def api(self) -> str:
        return f"/api/v1/projects/{self.key}/"

    def sees(self, role: str) -> bool:
        """Its people and all of FastTrack's reviewers; engineers once there is a request to work on."""
        if role == "engineer":
            return reload(self.cast.project).standing.request_state not in {"", "draft"}
        return role not in {"administrator", "stranger"}


def world_of(cast: Cast, **things: Any) -> World:
    people = {role: getattr(cast, role) for role in ROLES if hasattr(cast, role)}
    fasttrack, customer = cast.architect.organisation, cast.owner.organisation
    people["other_architect"] = make_user("Ines Mora", organisation=fasttrack, is_architect=True)
    people["administrator"] = make_user("Ada Lindqvist", organisation=fasttrack, is_administrator=True)
    for role, roles in {
        "environment_manager": {"access": "environment_manager"},
        "project_manager": {"access": "member", "job": "project_manager"},
    }.items():
        people[role] = make_user(role.title().replace("_", " "), organisation=customer)
        add_member(cast.project, user=people[role], by=cast.owner, at=timezone.now(), **roles)
    cast.project = reload(cast.project)
    return World(cast, people, things)


def doors_of(world: World, role: str) -> tuple[Client, Client]:
    """A browser and a program of this person, both with a fresh proof."""
    if role not in world.doors:
        user = world.people[role]
        token, secret = make_token(user, name="doors", by=user, at=timezone.now())
        ApiToken.objects.filter(pk=token.pk).update(stepped_up_at=timezone.now())
        program = Client(headers={"Authorization": f"Bearer {secret}"})
        world.doors[role] = (client_of(user), program)
    return world.doors[role]


@dataclass(frozen=True)
class Outcome:
    status: int
    codes: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        return self.status in {200, 201, 204, 302}


def outcome_of(response: Any) -> Outcome:
    if response.status_code in {403, 409}:
        return Outcome(response.status_code, tuple(reason["code"] for reason in response.json()["reasons"]))
    return Outcome(response.status_code)


Page = Callable[[World], tuple[str, dict[str, Any]]]
Call = Callable[[World], tuple[str, str, dict[str, Any]]]


def through_page(world: World, role: str, page: Page) -> Outcome:
    """A refusal is asked for in codes; the same rule draws the page of it."""
    path, fields = page(world)
    return outcome_of(doors_of(world, role)[0].post(path, fields, headers={"Accept": "application/json"}))


def through_api(world: World, role: str, call: Call) -> Outcome:
    method, path, body = call(world)
    headers = {"Idempotency-Key": uuid.uuid4().hex, "If-Match": '"0"'}
    held = json.dumps(body) if method != "DELETE" else ""
    response = doors_of(world, role)[1].generic(method, path, held, content_type="application/json", headers=headers)
    return outcome_of(response)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside has never been; a deciding view may begin its own transaction in it, as in any test."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


def snapshot() -> dict[str, list[tuple]]:
    """Every governed row, what was announced and written to people, and the history but for its denials."""
    models = [model for app in ("projects", "reviews") for model in apps.get_app_config(app).get_models()]
    rows = {model.__name__: list(model.objects.order_by("pk").values_list()) for model in [*models, LetterRow, Outbox]}
    return rows | {"history": list(AuditRow.objects.exclude(act="denied").order_by("pk").values_list("pk", "hash"))}


def denials() -> list[list[str]]:
    bodies = AuditRow.objects.filter(act="denied").order_by("pk").values_list("body", flat=True)
    return [json.loads(body)["after"]["codes"] for body in bodies]
