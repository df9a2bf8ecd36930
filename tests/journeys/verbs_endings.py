"""How a project rests, goes on and ends, as in verbs.py."""

from collections.abc import Callable
from typing import Any

from tests.journeys.verbs import OWNERS, Verb, only, verb
from tests.journeys.world import ROLES, World

OR_LEAD = {*OWNERS, "lead"}
CLOSED = {"reason": "cancelled", "because": "The budget went."}
ENDINGS = [
    verb("pause", only(OR_LEAD, "not_owner_nor_lead"), "settings/pause/", {"because": "Summer."}, at="pause/"),
    verb("resume", only(OWNERS, "not_owner"), "settings/resume/", at="resume/"),
    verb("close", only(OR_LEAD, "not_owner_nor_lead"), "settings/close/", CLOSED, at="close/"),
    verb("archive", only(OWNERS, "not_owner"), "settings/archive/", at="archive/"),
    verb("bring back", only(OWNERS, "not_owner"), "settings/unarchive/", at="unarchive/"),
    verb("save the settings", only(OWNERS, "not_owner"), "settings/",
         {"name": "Halden Farm", "time_zone": "Europe/Oslo"}, method="PUT"),
]  # fmt: skip
CUSTOMERS = {"owner", "environment_manager", "project_manager", "member", "viewer"}
NOT_OURS = frozenset(ROLES) - CUSTOMERS - {"administrator"}  # who does not even see the customer's organisation


def of_organisation(name: str, word: str, body: Callable[[World], dict[str, Any]] = lambda _world: {}) -> Verb:
    def uid(world: World) -> str:
        return str(world.cast.project.customer.uid)

    return Verb(
        name,
        only({"administrator"}, "not_an_administrator"),
        lambda world: (f"/organisations/{uid(world)}/{word}/", body(world)),
        lambda world: ("POST", f"/api/v1/organisations/{uid(world)}/{word}/", body(world)),
        of_project=False,
        hidden=NOT_OURS,
        shy=True,
    )


def into(name: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"into": str(world.things[name].uid)}


ORGANISATION = [
    of_organisation("disable the organisation", "disable"),
    of_organisation("enable the organisation", "enable"),
    of_organisation("merge the organisation", "merge", into("twin")),
    of_organisation("merge it into a partner", "merge", into("other_kind")),
]
ENDING_VERBS = {each.name: each for each in (*ENDINGS, *ORGANISATION)}
