"""Every governed verb of evidence, as in verbs.py; by a link, which both doors say in the same words."""

from tests.journeys.verbs import TEAM, only, verb

LINK = {"title": "Plan", "url": "https://team.example/plan"}
NEWER = {"url": "https://team.example/newer", "seen": 1}
TEAMS = only(TEAM, "not_of_team")
EVIDENCE = [
    verb("add evidence", TEAMS, "evidence/", LINK),
    verb("revise evidence", TEAMS, "evidence/{evidence}/", NEWER, at="evidence/{evidence}/revisions/"),
    verb("withdraw evidence", TEAMS, "evidence/{evidence}/withdraw/"),
]
EVIDENCE_VERBS = {each.name: each for each in EVIDENCE}
