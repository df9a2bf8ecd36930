"""Every governed verb of evidence, as in verbs.py; by a link, which both doors say in the same words."""

from tests.journeys.verbs import TEAM, Verb, only, verb
from tests.journeys.world import World

LINK = {"title": "Plan", "url": "https://team.example/plan"}
NEWER = {"url": "https://team.example/newer", "seen": 1}
TEAMS = only(TEAM, "not_of_team")
STEP = "methodology/steps/A02/"


def with_piece(world: World) -> dict[str, str]:
    return {"evidence": str(world.things["evidence"].uid)}


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
    verb("note a step", TEAMS, f"{STEP}notes/", {"text": "Ready."}, at="steps/A02/notes/"),
]
EVIDENCE_VERBS = {each.name: each for each in EVIDENCE}
