"""Every governed verb of a review and its findings, as in verbs.py."""

from typing import Any

from tests.journeys.situations import in_days
from tests.journeys.verbs import TEAM, Verb, only
from tests.journeys.world import World

PROJECT = ("owner", "environment_manager", "project_manager", "member", "viewer", "partner_member")
CONTRIBUTED = {"owner", "member"}  # who answered, and who submitted
WORDS = {
    "severity": "high",
    "topic": "UA",
    "question": "UA-10",
    "title": "UAT is not signed",
    "detail": "",
    "mitigation": "Sign it.",
    "owner": "sponsor",
}
NEW = {"kind": "best_practice", "topic": "CU", "title": "Rehearse it", "owner": "cutover_lead"}

BY_REVIEWER = dict.fromkeys(PROJECT, ("not_reviewer", "of_the_project"))
BY_HOLDER = dict.fromkeys(PROJECT, ("not_reviewer", "not_holder", "of_the_project")) | {
    "other_architect": ("not_holder",)
}
BY_JUDGE = BY_HOLDER | {role: (*BY_HOLDER[role], "contributor") for role in CONTRIBUTED}
GIVES_UP = dict.fromkeys((*PROJECT, "other_architect"), ("not_holder",))
OTHERS = frozenset({*PROJECT, "engineer"})  # who knows nothing of a draft


def review(name: str, wrong: dict, page: str, fields: Any, *, at: str, body: Any = None, shy: bool = False) -> Verb:
    """`fields`, `body`: as they are, or made from the world."""

    def made(what: Any, world: World) -> dict[str, Any]:
        return what(world) if callable(what) else what

    return Verb(
        name,
        wrong,
        lambda world: (f"{world.page}review/{page}/", made(fields, world)),
        lambda world: (
            "POST",
            f"/api/v1/reviews/{world.things['review'].uid}/{at}/",
            made(fields if body is None else body, world),
        ),
        shy=shy,
    )


def finding(name: str, wrong: dict, word: str, body: dict[str, Any], *, hidden: frozenset[str] = frozenset()) -> Verb:
    def page(world: World) -> tuple[str, dict[str, Any]]:
        return f"{world.page}review/findings/{world.things['finding'].uid}/{word}/", body

    def call(world: World) -> tuple[str, str, dict[str, Any]]:
        path = f"/api/v1/findings/{world.things['finding'].uid}/"
        return ("PUT", path, body) if word == "edit" else ("POST", f"{path}{word}/", body)

    return Verb(name, wrong, page, call, hidden=hidden)


def seen(world: World) -> dict[str, Any]:
    return {"seen": world.things.get("seen", "0" * 64)}


def with_hash(**more: Any) -> Any:
    return lambda world: {"review_hash": world.things.get("seen", "0" * 64), **more}


def to_nadia(world: World) -> dict[str, str]:
    return {"to": str(world.cast.lead.uid)}


TAKE = Verb(
    "take",
    BY_REVIEWER,
    lambda world: (f"/reviews/take/{world.things['submission'].uid}/", {}),
    lambda world: ("POST", "/api/v1/reviews/", {"submission": str(world.things["submission"].uid)}),
)
REVIEW = [
    TAKE,
    review("assign", only({"lead"}, "not_lead"), "assign", to_nadia, at="assign"),
    review("give the review up", GIVES_UP, "withdraw", {}, at="withdraw"),
    review("add a finding", BY_REVIEWER, "findings/add", NEW, at="findings"),
    review("deliver the report", BY_HOLDER, "deliver-report", {}, at="deliver-report", shy=True),
    review("sign off the review", BY_JUDGE, "sign-off", seen, at="conclude", body=with_hash(passed=True), shy=True),
    review("conclude as not ready", BY_JUDGE, "not-ready", seen, at="conclude", body=with_hash(passed=False), shy=True),
    review(
        "sign off another content",
        BY_JUDGE,
        "sign-off",
        {"seen": "1" * 64},
        at="conclude",
        body={"review_hash": "1" * 64, "passed": True},
        shy=True,
    ),
    review("confirm again", BY_JUDGE, "reconfirm", seen, at="reconfirm", body=with_hash(), shy=True),
]
PLAN = {"what": "The last cases are run.", "owner": "Jonas", "due_on": in_days(9)}
FINDING = [
    finding("open a draft", BY_REVIEWER, "open", {}, hidden=OTHERS),
    finding("dismiss a draft", BY_REVIEWER, "dismiss", {"because": "No."}, hidden=OTHERS),
    finding("change a draft", BY_REVIEWER, "edit", WORDS, hidden=OTHERS),
    finding("ask about a draft", BY_REVIEWER, "request-mitigation", {}, hidden=OTHERS),
    finding("open it", BY_REVIEWER, "open", {}),
    finding("dismiss it", BY_REVIEWER, "dismiss", {"because": "No."}),
    finding("change it", BY_REVIEWER, "edit", WORDS),
    finding("ask for a plan", BY_REVIEWER, "request-mitigation", {"ask": "Who?"}),
    finding("submit a plan", only(TEAM, "not_of_team"), "submit-plan", PLAN),
    finding("accept the plan", BY_REVIEWER, "accept-plan", {"reply": "Good."}),
    finding("return the plan", BY_REVIEWER, "return", {"reply": "Who signs?"}),
    finding("confirm it done", BY_REVIEWER, "confirm-done", {}),
    finding(
        "accept its risk",
        only({"owner"}, "not_stakeholder"),
        "accept-risk",
        {"because": "We carry it.", "until": in_days(30)},
    ),
]
REVIEW_VERBS = {each.name: each for each in (*REVIEW, *FINDING)}
