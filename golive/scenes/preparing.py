"""The walk up to the submitted checklist: started, planned, onboarded, phases, estimate, answers."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from golive.scenes.answers import good_answers, proof_of
from golive.scenes.players import PLAYERS
from golive.scenes.walk import Walk
from projects.checklist.rules.catalogue import catalogue

GO_LIVE_IN = 60
PHASES = ("analysis", "design_develop", "test")
SANDBOX = {"name": "Acceptance", "tier": 2, "purpose": "acceptance", "location": "North Europe", "version": "10.0.42"}
VALUES = {
    "data_centre": "North Europe",
    "topology": "standard",
    "version": "10.0.42",
    "administrator": "services@halden.example",
}
NOTHING_SAID = [
    "no_vision",
    "no_user_count",
    "no_licences",
    "no_products",
    "scope_unsaid",
    "milestones_missing",
    "no_tracking_choice",
    "no_contact_choice",
]
WIZARD: dict[str, dict[str, Any]] = {
    "overview": {"vision": "One set of books."},
    "licences": {"user_count": "120", "licence_finance": "120"},
    "scope": {
        "products": ["fo"],
        "country_count": "3",
        "has_customizations": "yes",
        "has_isv": "no",
        "has_integrations": "yes",
        "integration_count": "6",
        "has_database_copy": "yes",
        "upgrade_from": "none",
    },
    "tracking": {"tracking_choice": "none"},
    "contacts": {"contact_choice": "everybody"},
}
# To UA-10: raises a high finding, so that the review needs a mitigation.
PARTLY_SIGNED = {"value": "partly", "pending_what": "Returns from shops", "pending_owner": "Erik Halden"}


@dataclass
class Subject:
    """The project of a walk. `owner` leads it, `partner` works on it from the other side."""

    key: str
    self_service: bool
    go_live: date
    owner: str = "sigrid"
    partner: str = "marta"

    @property
    def path(self) -> str:
        return f"projects/{self.key}/"

    @property
    def page(self) -> str:
        return f"/projects/{self.key}/"

    def lacking(self, *codes: str) -> list[str]:
        """What Configure lacks before the review is passed: self-service needs the clearance before, managed after."""
        return [*codes, "no_clearance"] if self.self_service else list(codes)


def begin(walk: Walk, infrastructure: str, today: date) -> Subject:
    body = {"name": "Halden Creamery", "infrastructure": infrastructure, "other": "Kvist & Kjeldsen"}
    body |= {"time_zone": "Europe/Oslo", "job": "project_manager"}
    walk.api("jonas", "start a project without being an administrator", "POST", "projects/", body, expect=403,
             codes=["not_org_admin"])  # fmt: skip
    made = walk.api("sigrid", "start a project", "POST", "projects/", body, expect=201)
    subject = Subject(made["key"], infrastructure == "self_service", today + timedelta(days=GO_LIVE_IN))
    walk.api("amara", "look at the project of another customer", "GET", subject.path, expect=404, codes=["not_found"])
    members: dict[str, dict[str, Any]] = {
        "sigrid": {"access": "owner", "job": "project_manager", "stakeholder": True},
        "marta": {"access": "environment_manager", "job": "functional_lead", "stakeholder": True},
        "luis": {"access": "member", "job": "technical_lead"},
        "erik": {"access": "viewer", "job": "sponsor"},
    }
    for name, roles in members.items():
        body = {"email": PLAYERS[name].email, **roles}
        walk.api(
            "sigrid", f"put {PLAYERS[name].name} on the project", "POST", f"{subject.path}members/", body, expect=201
        )
    return subject


def plan(walk: Walk, subject: Subject) -> None:
    owner = subject.owner
    walk.api(owner, "complete onboarding with nothing given", "POST", f"{subject.path}onboarding/complete/", expect=409,
             codes=NOTHING_SAID)  # fmt: skip
    back = {"analysis_end": 42, "design_develop_end": 28, "test_end": 14, "go_live": 0}
    for key, days in back.items():
        day = (subject.go_live - timedelta(days=days)).isoformat()
        walk.api(owner, f"set the date of {key}", "PUT", f"{subject.path}milestones/{key}/", {"day": day}, seen=0)
    wizard = f"{subject.page}onboarding/"
    for place, form in WIZARD.items():
        walk.page(owner, f"fill in the step {place} of onboarding", f"{wizard}{place}/", form)
    walk.page(owner, "complete onboarding", f"{wizard}complete/", {}, page=f"{wizard}finish/")


def work(walk: Walk, subject: Subject) -> None:
    """Phase by phase; Configure is asked for too early twice."""
    steps, phases = f"{subject.path}steps/", f"{subject.path}phases/"
    walk.api("erik", "mark a step as a viewer", "POST", f"{steps}A02/complete/", expect=403, codes=["not_of_team"])
    walk.api(subject.owner, "complete a phase with open steps", "POST", f"{phases}analysis/complete/", expect=409,
             codes=["steps_open"])  # fmt: skip
    walk.api(subject.partner, "mark a step that is locked", "POST", f"{steps}A08/complete/", expect=409,
             codes=["step_locked"])  # fmt: skip
    walk.api(subject.partner, "mark a step that the system ticks", "POST", f"{steps}D02/complete/", expect=409,
             codes=["system_ticked"])  # fmt: skip
    walk.api(subject.partner, "register a sandbox", "POST", f"{subject.path}sandboxes/", SANDBOX, expect=201)
    estimate = ""
    for phase in PHASES:
        if phase == "test":
            configure(
                walk, subject, "configure while a phase is open", *subject.lacking("phases_open", "no_active_estimate")
            )
            estimate = estimated(walk, subject)
        for step in walk.look(subject.owner, f"{phases}{phase}/")["steps"]:
            if step["required"] and step["state"] != "done":
                walk.api(subject.partner, f"mark step {step['key']}", "POST", f"{steps}{step['key']}/complete/")
        walk.api(subject.owner, f"complete the phase {phase}", "POST", f"{phases}{phase}/complete/")
    estimates = f"{subject.path}estimates/{estimate}/"
    walk.api(subject.partner, "take the active estimate back", "POST", f"{estimates}deactivate/")
    configure(walk, subject, "configure while no estimate is active", *subject.lacking("no_active_estimate"))
    walk.api(subject.partner, "mark the estimate active again", "POST", f"{estimates}activate/")


def estimated(walk: Walk, subject: Subject) -> str:
    """Hands on the id of the active estimate."""
    body = {"name": "Full roll-out", "user_count": 120}
    made = walk.api(subject.partner, "add an estimate", "POST", f"{subject.path}estimates/", body, expect=201)
    walk.api(subject.partner, "mark the estimate active", "POST", f"{subject.path}estimates/{made['uid']}/activate/")
    return str(made["uid"])


def configure(walk: Walk, subject: Subject, what: str, *codes: str, who: str = "") -> Any:
    who, expect = who or subject.partner, 409 if codes else 200
    return walk.api(who, what, "POST", f"{subject.path}production/configure/", VALUES, expect=expect, codes=codes)


def answer(walk: Walk, subject: Subject, key: str, said: dict[str, Any], *, seen: int, note: str = "") -> None:
    path = f"{subject.path}checklist/answers/{key}/"
    walk.api(subject.partner, f"answer {key}{note}", "PUT", path, said, seen=seen)


def fill(walk: Walk, subject: Subject) -> None:
    """The few answers that the walk comes back to, then all the others."""
    answer(walk, subject, "UA-10", PARTLY_SIGNED | {"pending_due": subject.go_live.isoformat()}, seen=0)
    answer(walk, subject, "PF-12", {"value": "90"}, seen=0)
    path = f"{subject.path}checklist/"
    found = walk.look(subject.partner, path)
    asked = catalogue(found["catalogue"]).questions
    todo = [asked[one["id"]] for one in found["questions"] if not one["revision"]]
    said = good_answers(todo, today=subject.go_live - timedelta(days=GO_LIVE_IN), go_live=subject.go_live)
    calls = [(f"{path}answers/{key}/", {"value": value}) for key, value in said.items()]
    walk.many(subject.partner, f"answer {len(calls)} more questions", "PUT", calls, seen=0)


def prove_answers(walk: Walk, subject: Subject) -> None:
    """What Submit asks proof of, as answered now."""
    for question in walk.look(subject.partner, f"{subject.path}checklist/evidence/")["missing"]:
        path = f"{subject.path}checklist/answers/{question}/evidence/"
        walk.api(subject.partner, f"lay proof beside {question}", "POST", path, proof_of(question), expect=201)


def fill_and_submit(walk: Walk, subject: Subject) -> str:
    """Hands on the id of the submission."""
    checklist = f"{subject.path}checklist/"
    fill(walk, subject)
    prove_answers(walk, subject)
    walk.api(subject.partner, "save over an answer that somebody changed", "PUT", f"{checklist}answers/PF-12/",
             {"value": "95"}, seen=7, expect=412, codes=["stale"])  # fmt: skip
    walk.api(subject.owner, "submit without a header", "POST", f"{checklist}submit/", expect=409,
             codes=["no_completed_by", "header_incomplete"])  # fmt: skip
    people = walk.look(subject.owner, f"{subject.path}members/")["results"]
    owner = next(row["uid"] for row in people if row["name"] == PLAYERS[subject.owner].name)
    rollout = {"users": 120, "areas": "Finance", "places": "Norway"}
    head = {"project_reference": "WALK-1", "rollouts": [rollout], "completed_by": owner}
    walk.api(subject.owner, "fill in the header", "PUT", f"{checklist}header/", head, seen=0)
    walk.api("luis", "submit as a member", "POST", f"{checklist}submit/", expect=403, codes=["not_sender"])
    sent = walk.api(subject.owner, "submit the checklist", "POST", f"{checklist}submit/", expect=201)
    return sent["submission"]["id"]
