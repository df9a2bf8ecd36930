"""Every governed verb of the journey: who is the wrong person for it and why, its page and its call of the API."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from tests.journeys.situations import in_days
from tests.journeys.world import ROLES, Call, Page, World
from tests.projects.checklist.holding import gate_body, typed_gate
from tests.projects.production.ways import VALUES

OWNERS = {"owner"}
ENVIRONMENT = {"owner", "environment_manager"}
LEADERS = {"owner", "project_manager"}  # the owner of the table leads the project, too
TEAM = {"owner", "environment_manager", "project_manager", "member", "partner_member"}
ENGINEERS = {"engineer"}


@dataclass(frozen=True)
class Verb:
    """`wrong`: role to the codes of who it is not; a role that is missing there is right.

    `hidden`: who does not even know of the thing. `shy`: the wrong person is not told what else is missing.
    """

    name: str
    wrong: dict[str, tuple[str, ...]]
    page: Page
    call: Call
    of_project: bool = True  # else it is everybody's to try: no 404
    hidden: frozenset[str] = frozenset()
    shy: bool = False


def only(right: Iterable[str], *codes: str) -> dict[str, tuple[str, ...]]:
    return {role: codes for role in ROLES if role not in set(right)}


def both(*tables: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Two conditions on the person: each code where it applies, in this order."""
    merged = {role: tuple(code for table in tables for code in table.get(role, ())) for role in ROLES}
    return {role: codes for role, codes in merged.items() if codes}


def verb(
    name: str,
    wrong: dict[str, tuple[str, ...]],
    path: str,
    fields: dict[str, Any] | None = None,
    *,
    at: str = "",
    method: str = "POST",
    body: dict[str, Any] | None = None,
) -> Verb:
    """A verb at an address below the project's, the same in both doors unless `at` says the API's."""

    def page(world: World) -> tuple[str, dict[str, Any]]:
        return world.page + told(path, world), fields or {}

    def call(world: World) -> tuple[str, str, dict[str, Any]]:
        return method, world.api + told(at or path, world), (fields or {}) if body is None else body

    return Verb(name, wrong, page, call)


def told(path: str, world: World) -> str:
    """`{estimate}`, `{member}`: the id of a thing of the situation, or of a person by role."""
    ids = {name: thing.uid for name, thing in world.things.items() if hasattr(thing, "uid")}
    return path.format(**ids, **{role: user.uid for role, user in world.people.items()})


BECAUSE = {"because": "It must be."}
SENDER = only(TEAM, "not_of_team") | dict.fromkeys(TEAM - LEADERS, ("not_sender",))


def new_project(other: str, **more: Any) -> dict[str, Any]:
    return {"name": "Halden Farm", "infrastructure": "self_service", "time_zone": "UTC", "other": other} | more


def partner_of(world: World) -> str:
    return world.cast.project.partner.name


NEWCOMER = {"email": "kari@halden.example", "name": "Kari Moe"}


def invitation_of(world: World) -> dict[str, Any]:
    return {f"invite-{name}": text for name, text in NEWCOMER.items()} | {
        "invite-organisation": str(world.cast.owner.organisation.uid)
    }


START = Verb(
    "start a project",
    only(OWNERS, "not_org_admin"),
    lambda world: ("/projects/new/", new_project(partner_of(world))),
    lambda world: ("POST", "/api/v1/projects/", new_project(partner_of(world))),
    of_project=False,
)
PLAN = [
    START,
    verb(
        "set a milestone",
        only(OWNERS, "not_owner"),
        "plan/",
        {"go_live_day": in_days(70)},
        at="milestones/go_live/",
        method="PUT",
        body={"day": in_days(70)},
    ),
    verb(
        "save onboarding",
        only(OWNERS, "not_owner"),
        "onboarding/overview/",
        {"vision": "New."},
        at="onboarding/",
        method="PUT",
    ),
    replace(
        verb(
            "take the partner away",
            only(OWNERS, "not_owner"),
            "onboarding/partner/",
            {"partner_choice": "none"},
            at="onboarding/",
            method="PUT",
        ),
        shy=True,
    ),
    Verb(
        "name the partner",
        only(OWNERS, "not_owner"),
        lambda world: (f"{world.page}onboarding/partner/", {"partner_choice": "named", "partner": partner_of(world)}),
        lambda world: ("PUT", f"{world.api}onboarding/", {"partner": partner_of(world)}),
    ),
    verb("complete onboarding", only(OWNERS, "not_owner"), "onboarding/complete/"),
    Verb(
        "change a member",
        only(OWNERS, "not_owner"),
        lambda world: (f"{world.page}people/add/", {"add-email": world.cast.viewer.email, "add-access": "member"}),
        lambda world: ("POST", f"{world.api}members/", {"email": world.cast.viewer.email, "access": "member"}),
    ),
    verb(
        "remove a member",
        only(OWNERS, "not_owner"),
        "people/{viewer}/remove/",
        at="members/{viewer}/",
        method="DELETE",
    ),
    Verb(
        "invite somebody",
        only(OWNERS | {"administrator"}, "not_an_administrator"),
        lambda world: ("/people-and-organisations/invite/", invitation_of(world)),
        lambda world: ("POST", f"/api/v1/organisations/{world.cast.owner.organisation.uid}/invitations/", NEWCOMER),
        of_project=False,
    ),
    Verb(
        "make an organisation",
        only({"administrator"}, "not_an_administrator"),
        lambda world: ("/organisations/", {"organisation-name": "Aurora Retail", "organisation-kind": "customer"}),
        lambda world: ("POST", "/api/v1/organisations/", {"name": "Aurora Retail", "kind": "customer"}),
        of_project=False,
    ),
    Verb(
        "import the people of another list",
        only(OWNERS, "not_owner"),
        lambda world: (f"{world.page}people/import/apply/", {"rows": json.dumps([{"email": world.cast.viewer.email}])}),
        lambda world: ("POST", f"{world.api}members/import/", {"rows": [{"email": world.cast.viewer.email}]}),
    ),
    Verb(
        "import an unknown address",
        only(OWNERS, "not_owner"),
        lambda world: (f"{world.page}people/import/apply/", {"rows": json.dumps([{"email": "x@nowhere.example"}])}),
        lambda world: ("POST", f"{world.api}members/import/", {"rows": [{"email": "x@nowhere.example"}]}),
        shy=True,
    ),
    Verb(
        "hand over",
        only(OWNERS, "not_owner"),
        lambda world: (f"{world.page}people/{world.cast.owner.uid}/hand-over/", {"to": str(world.cast.member.uid)}),
        lambda world: (
            "POST",
            f"{world.api}members/{world.cast.owner.uid}/hand-over/",
            {"to": str(world.cast.member.uid)},
        ),
    ),
    verb(
        "remove the last owner",
        only(OWNERS, "not_owner"),
        "people/{owner}/remove/",
        at="members/{owner}/",
        method="DELETE",
    ),
    verb("check the roster", only(OWNERS, "not_owner"), "people/check/", at="members/check/"),
    verb("become owner", only(OWNERS, "not_org_admin"), "people/own/", at="become-owner/"),
    Verb(
        "take the dates along",
        {},
        lambda world: (f"{world.page}plan/calendar/", {}),
        lambda world: ("POST", "/api/v1/calendar-feeds/", {"project": world.key}),
    ),
    Verb(
        "revoke the address",
        {},
        lambda world: (f"/account/calendars/{world.things['feed'].uid}/revoke/", {}),
        lambda world: ("DELETE", f"/api/v1/calendar-feeds/{world.things['feed'].uid}/", {}),
        hidden=frozenset(ROLES) - OWNERS,
    ),
]
METHODOLOGY = [
    *(verb(f"mark step {key}", only(TEAM, "not_of_team"), f"methodology/steps/{key}/done/",
           at=f"steps/{key}/complete/") for key in ("A01", "A02", "A05")),
    verb("undo step A02", only(TEAM, "not_of_team"), "methodology/steps/A02/undo/", at="steps/A02/undo/"),
    *(verb(f"complete {key}", only(LEADERS, "not_phase_lead"), f"methodology/{key}/complete/",
           at=f"phases/{key}/complete/") for key in ("analysis", "design_develop")),
    verb("reopen analysis", only(LEADERS, "not_phase_lead"), "methodology/analysis/reopen/", BECAUSE,
         at="phases/analysis/reopen/"),
]  # fmt: skip
HEADER_TABLE = {"revision": "0", "rollout-TOTAL_FORMS": "1", "rollout-INITIAL_FORMS": "1"}


def header_of(world: World) -> dict[str, Any]:
    return {"project_reference": "HD-18", "completed_by": str(world.cast.owner.uid)}


CHECKLIST = [
    verb("answer", only(TEAM, "not_of_team"), "checklist/answers/PF-12/", {"value": "90", "revision": "0"},
         method="PUT", body={"value": "90"}),
    verb("explain a contradiction", only(TEAM, "not_of_team"), "checklist/contradictions/CO-09/",
         {"stand": "explained", "text": "The last cases run on Monday.", "revision": "0"},
         method="PUT", body={"stand": "explained", "text": "The last cases run on Monday."}),
    Verb("save the header", only(TEAM, "not_of_team"),
         lambda world: (f"{world.page}checklist/header/", header_of(world) | HEADER_TABLE),
         lambda world: ("PUT", f"{world.api}checklist/header/", header_of(world))),
    Verb("hold a gate", only(LEADERS, "not_lead"),
         lambda world: (f"{world.page}checklist/gates/hold/", typed_gate(gate_body(world.cast))),
         lambda world: ("POST", f"{world.api}checklist/quality-gates/", gate_body(world.cast))),
    verb("find an answer true again", only(TEAM, "not_of_team"), "checklist/answers/PF-12/confirm/",
         at="checklist/confirmed/", method="PUT", body={"questions": ["PF-12"]}),
    verb("submit", SENDER, "checklist/submit/"),
    verb("withdraw", SENDER, "checklist/withdraw/", BECAUSE),
    verb("reopen", SENDER, "checklist/reopen/", BECAUSE),
]  # fmt: skip
MANAGERS = only(ENVIRONMENT, "not_environment_manager")
SANDBOX = {"name": "Test", "tier": 3, "purpose": "test", "location": "Oslo", "version": "10.0.43"}
PRODUCTION = [
    verb("configure", MANAGERS, "production/configure/", VALUES),
    verb("sign off the request", MANAGERS, "production/sign-off/", {}),
    verb("sign off early", MANAGERS, "production/sign-off/", {"confirm_early": "on"}, body={"confirm_early": True}),
    verb("clear the sign-off", MANAGERS, "production/clear-sign-off/", BECAUSE),
    verb("withdraw the request", MANAGERS, "production/withdraw/", BECAUSE),
    verb("add an estimate", MANAGERS, "production/estimates/add/", {"estimate-name": "B", "estimate-user_count": "9"},
         at="estimates/", body={"name": "B", "user_count": 9}),
    verb("activate an estimate", MANAGERS, "production/estimates/{estimate}/activate/",
         at="estimates/{estimate}/activate/"),
    verb("register a sandbox", MANAGERS, "production/sandboxes/add/",
         {f"sandbox-{name}": value for name, value in SANDBOX.items()}, at="sandboxes/", body=SANDBOX),
    verb("change a sandbox", MANAGERS, "production/sandboxes/{sandbox}/", SANDBOX, at="sandboxes/{sandbox}/",
         method="PUT"),
    verb("retire a sandbox", MANAGERS, "production/sandboxes/{sandbox}/retire/", at="sandboxes/{sandbox}/retire/"),
    verb("deactivate an estimate", MANAGERS, "production/estimates/{estimate}/deactivate/",
         at="estimates/{estimate}/deactivate/"),
]  # fmt: skip


def service(name: str, wrong: dict[str, tuple[str, ...]], word: str, body: dict[str, Any], *, at: str = "") -> Verb:
    def page(world: World) -> tuple[str, dict[str, Any]]:
        return f"/service-requests/{world.key}/{world.things['service'].number}/{word}/", body

    def call(world: World) -> tuple[str, str, dict[str, Any]]:
        return "POST", f"/api/v1/service-requests/{world.things['service'].uid}/{at or word}/", body

    return Verb(name, wrong, page, call)


BY_ENGINEER = only(ENGINEERS, "not_engineer")
SERVICE = [
    service("start", BY_ENGINEER, "start", {}),
    service("deploy", BY_ENGINEER, "deploy", {}),
    service("finish", BY_ENGINEER, "finish", {}),
    service("fail", BY_ENGINEER, "fail", BECAUSE),
    service("retry", BY_ENGINEER, "retry", {}),
    service("deny", BY_ENGINEER, "deny", BECAUSE),
    service("comment", {"viewer": ("not_of_request",)}, "comment", {"text": "When?"}, at="comments"),
]
EARLY_VERBS = {each.name: each for each in (*PLAN, *METHODOLOGY, *CHECKLIST, *PRODUCTION, *SERVICE)}
