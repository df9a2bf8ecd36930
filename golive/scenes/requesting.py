"""The walk's production request: early and held, signed off, cleared, locked again by a changed answer."""

from typing import Any

from golive.scenes.players import PLAYERS
from golive.scenes.preparing import Subject, answer, configure
from golive.scenes.walk import STEP_UP, Walk

AGREED, CHANGED = {"value": "90"}, {"value": "70"}  # to PF-12


def production(walk: Walk, subject: Subject) -> Any:
    return walk.look(subject.owner, f"{subject.path}production/")


def prove(walk: Walk, who: str) -> None:
    walk.api(
        who, "prove who it is with the password", "POST", "step-up/", {"password": PLAYERS[who].password}, expect=204
    )


def sign_off_request(walk: Walk, subject: Subject, what: str = "sign off the request", **body: Any) -> Any:
    return walk.api(subject.owner, what, "POST", f"{subject.path}production/sign-off/", body)


def request_early(walk: Walk, subject: Subject) -> None:
    """Microsoft-managed: asked to confirm, queued and held; cleared, and requested anew."""
    owner, path = subject.owner, f"{subject.path}production/"
    walk.api(owner, "sign off without a fresh proof", "POST", f"{path}sign-off/", expect=403, codes=[STEP_UP])
    prove(walk, owner)
    walk.api(
        owner, "sign off early without confirming it", "POST", f"{path}sign-off/", expect=409, codes=["confirm_early"]
    )
    told = sign_off_request(walk, subject, "sign off early and confirm it", confirm_early=True)
    held_for(walk, told, ["no_clearance"])
    first = told["request"]["service_request"]
    deploy(walk, first, "deploy a request that is held", "no_clearance")
    told = walk.api(owner, "clear the sign-off", "POST", f"{path}clear-sign-off/", {"because": "Another version."})
    walk.sees(
        "the values are kept in a draft", told["request"]["state"] == "draft" and told["request"]["version"] != ""
    )
    told = sign_off_request(walk, subject, "sign off again", confirm_early=True)
    second = told["request"]["service_request"]
    named = walk.look("henrik", f"service-requests/{second}/")["previous"]
    walk.sees("the new service request names the old one", named == first)
    walk.api("henrik", "take the service request", "POST", f"service-requests/{second}/start/")


def held_for(walk: Walk, told: Any, codes: list[str]) -> None:
    reasons = [reason["code"] for reason in told["held"]]
    words = f"queued and held: {', '.join(codes)}" if codes else "queued, nothing holds it"
    walk.sees(words, told["environment"] == "queued" and reasons == codes)


def deploy(walk: Walk, service: str, what: str, *codes: str) -> Any:
    expect = 409 if codes else 200
    return walk.api("henrik", what, "POST", f"service-requests/{service}/deploy/", expect=expect, codes=codes)


def change_an_answer(walk: Walk, subject: Subject) -> None:
    body = {"because": "The peak test was run again."}
    walk.api(subject.owner, "reopen the checklist", "POST", f"{subject.path}checklist/reopen/", body, expect=201)
    answer(walk, subject, "PF-12", CHANGED, seen=1, note=" differently")


def lock_again(walk: Walk, subject: Subject) -> None:
    """Self-service, before the sign-off: Configure is locked while an answer differs from what was reviewed."""
    change_an_answer(walk, subject)
    configure(walk, subject, "configure while a reviewed answer is changed", "no_clearance")
    prove(walk, subject.owner)
    path = f"{subject.path}production/sign-off/"
    walk.api(subject.owner, "sign off while it is changed", "POST", path, expect=409, codes=["no_clearance"])
    answer(walk, subject, "PF-12", AGREED, seen=2, note=" as it was reviewed")
    configure(walk, subject, "configure once the answer is what was reviewed")


def hold_again(walk: Walk, subject: Subject) -> None:
    """Microsoft-managed: the queued request is released by the sign-off of the review, and held by a changed answer."""
    path, owner = f"{subject.path}production/", subject.owner
    told = walk.until(
        "released: nothing holds the request", owner, path, lambda told: bool(told["request"]["released_at"])
    )
    service = told["request"]["service_request"]
    change_an_answer(walk, subject)
    held_for(walk, production(walk, subject), ["no_clearance"])
    deploy(walk, service, "deploy while a reviewed answer is changed", "no_clearance")
    answer(walk, subject, "PF-12", AGREED, seen=2, note=" as it was reviewed")
    held_for(walk, production(walk, subject), [])
