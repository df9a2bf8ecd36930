"""Every governed verb of evidence, as in verbs.py; by a link, which both doors say in the same words."""

from dataclasses import replace
from typing import Any

from tests.journeys.verbs import TEAM, Verb, only, verb
from tests.journeys.world import World

LINK = {"title": "Plan", "url": "https://team.example/plan"}
NEWER = {"url": "https://team.example/newer", "seen": 1}
TEAMS = only(TEAM, "not_of_team")
ANSWER = "checklist/answers/SC-02/evidence/"
STEP = "methodology/steps/A02/"

TALK = "checklist/answers/SC-02/comments/"
OTHER_SIDE = TEAMS | {"partner_member": ("not_your_side",)}


def shy(*said: Any, **more: Any) -> Verb:
    """The wrong person is not told what else is missing: whether anything was said, whether somebody is asked."""
    return replace(verb(*said, **more), shy=True)


def with_piece(world: World) -> dict[str, str]:
    return {"evidence": str(world.things["evidence"].uid)}


def asked_of(world: World, role: str) -> dict[str, str]:
    return {"what": "SC-02", "person": str(world.people[role].uid)}


EVIDENCE = [
    verb("add evidence", TEAMS, "evidence/", LINK),
    verb("revise evidence", TEAMS, "evidence/{evidence}/", NEWER, at="evidence/{evidence}/revisions/"),
    verb("confirm evidence", TEAMS, "evidence/{evidence}/confirm/"),
    verb("withdraw evidence", TEAMS, "evidence/{evidence}/withdraw/"),
    verb("prove a step", TEAMS, f"{STEP}evidence/", LINK, at="steps/A02/evidence/"),
    Verb(
        "attach evidence",
        TEAMS,
        lambda world: (f"{world.page}{STEP}evidence/attach/", with_piece(world)),
        lambda world: ("POST", f"{world.api}steps/A02/evidence/", with_piece(world)),
    ),
    verb(
        "take evidence away",
        TEAMS,
        f"{STEP}evidence/{{evidence}}/remove/",
        at="steps/A02/evidence/{evidence}/",
        method="DELETE",
    ),
    verb("lay evidence beside an answer", TEAMS, ANSWER, LINK),
    Verb(
        "attach evidence to an answer",
        TEAMS,
        lambda world: (f"{world.page}{ANSWER}attach/", with_piece(world)),
        lambda world: ("POST", f"{world.api}{ANSWER}", with_piece(world)),
    ),
    verb(
        "take evidence away from an answer",
        TEAMS,
        f"{ANSWER}{{evidence}}/remove/",
        at=f"{ANSWER}{{evidence}}/",
        method="DELETE",
    ),
    verb("take the newest evidence", TEAMS, "checklist/evidence/{evidence}/newest/"),
    verb("talk about a question", TEAMS, f"{TALK}", {"audience": "team", "text": "Ready?"}),
    shy("talk to the customer alone", OTHER_SIDE, TALK, {"audience": "customer", "text": "Ready?"}),
    shy("settle what was said", TEAMS, f"{TALK}resolve/", {"audience": "team"}),
    shy("settle what the customer said", OTHER_SIDE, f"{TALK}resolve/", {"audience": "customer"}),
    Verb(
        "ask somebody to answer",
        TEAMS,
        lambda world: (f"{world.page}checklist/assignments/", asked_of(world, "member")),
        lambda world: ("POST", f"{world.api}checklist/assignments/", asked_of(world, "member")),
    ),
    shy(
        "ask nobody to answer",
        TEAMS,
        "checklist/assignments/{assignment}/end/",
        at="checklist/assignments/{assignment}/",
        method="DELETE",
    ),
    verb("note a step", TEAMS, f"{STEP}notes/", {"text": "Ready."}, at="steps/A02/notes/"),
]
EVIDENCE_VERBS = {each.name: each for each in EVIDENCE}
