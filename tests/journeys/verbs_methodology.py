"""The verbs of an organisation's own methodologies: of its administrator; others outside it know of none."""

from typing import Any

from django.utils import timezone

from projects.methodology.actions.custom import copy_methodology, retire_methodology
from projects.methodology.rules.catalogue import LATEST
from tests.journeys.situations import started
from tests.journeys.verbs import OWNERS, Verb, only
from tests.journeys.world import ROLES, World

INSIDE = frozenset({"owner", "environment_manager", "project_manager", "member", "viewer"})
ADMINISTRATOR = only(OWNERS, "not_org_admin")
BODY: dict[str, Any] = {"name": "Check the archive", "phase": "analysis", "required": True, "owner": "sponsor"}


def own_methodology() -> World:
    """The owner's organisation has a draft that nobody touched yet."""
    world = started()
    world.things["own"] = copy_methodology(name="Ours", source=LATEST, by=world.cast.owner, at=timezone.now())
    return world


def own_retired() -> World:
    world = own_methodology()
    retire_methodology(world.things["own"], by=world.cast.owner, at=timezone.now())
    return world


def own(name: str, page: str, at: str, body: dict[str, Any], *, method: str = "POST") -> Verb:
    """`page`, `at`: below the methodology's address, for people and for the API."""
    lists = {key: ", ".join(value) for key, value in body.items() if isinstance(value, list)}
    fields = body | lists | {"seen": "0", "asked_when": "always"}
    return Verb(
        name,
        ADMINISTRATOR,
        lambda world: (f"/methodologies/{world.things['own'].uid}/{page}", fields),
        lambda world: (method, f"/api/v1/methodologies/{world.things['own'].uid}/{at}", body),
        hidden=frozenset(ROLES) - INSIDE,
    )


def step(name: str, key: str, **more: Any) -> Verb:
    return own(name, f"steps/{key}/", f"steps/{key}/", BODY | more, method="PUT")


COPY = {"name": "Another", "source": LATEST}
VERBS = (
    Verb(
        "copy a methodology",
        ADMINISTRATOR,
        lambda world: ("/methodologies/copy/", COPY),
        lambda world: ("POST", "/api/v1/methodologies/", COPY),
        of_project=False,
    ),
    own("add a step of one's own", "add/", "steps/", BODY),
    step("edit a step of one's own", "A02"),
    step("edit a fixed step", "A05"),
    step("edit a step into a circle", "A06", requires=["A08"]),
    own("move a step of one's own", "steps/A07/up/", "steps/A07/move/", {"way": "up"}),
    own("remove a step of one's own", "steps/A07/remove/", "steps/A07/", {}, method="DELETE"),
    own("remove a step others need", "steps/T02/remove/", "steps/T02/", {}, method="DELETE"),
    own("publish a methodology", "publish/", "publish/", {}),
    own("retire a methodology", "retire/", "retire/", {}),
)
METHODOLOGY_VERBS = {verb.name: verb for verb in VERBS}
