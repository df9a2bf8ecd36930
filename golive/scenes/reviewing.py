"""The walk's review: taken, findings decided, reported, mitigated, signed off with the hash that was seen."""

from datetime import timedelta
from typing import Any

from golive.scenes.preparing import Subject
from golive.scenes.requesting import prove
from golive.scenes.walk import STEP_UP, Walk

HOLDER, OTHER = "imke", "nadia"
NO_HASH = "0" * 64
BEST_PRACTICE = {
    "kind": "best_practice",
    "topic": "CU",
    "title": "Rehearse the cutover once more with the people who will do it",
}


def take(walk: Walk, subject: Subject, submission: str) -> str:
    """Hands on the path of the review."""
    body = {"submission": submission}
    walk.api(subject.partner, "take the submission as the partner", "POST", "reviews/", body, expect=403,
             codes=["not_reviewer", "of_the_project"])  # fmt: skip
    made = walk.api(HOLDER, "take the submission", "POST", "reviews/", body, expect=201)
    walk.api(OTHER, "take what somebody has taken", "POST", "reviews/", body, expect=409, codes=["taken"])
    because = {"because": "Too late."}
    walk.api(subject.owner, "withdraw what a review has taken", "POST", f"{subject.path}checklist/withdraw/", because,
             expect=409, codes=["taken"])  # fmt: skip
    return f"reviews/{made['uid']}/"


def findings(walk: Walk, review: str) -> list[Any]:
    return walk.look(HOLDER, f"{review}findings/")["results"]


def act(walk: Walk, who: str, what: str, finding: Any, verb: str, body: Any = None, **expected: Any) -> Any:
    label = finding["label"]
    return walk.api(who, f"{what} {label}", "POST", f"findings/{finding['uid']}/{verb}/", body, **expected)


def report(walk: Walk, subject: Subject, review: str) -> None:
    deliver = f"{review}deliver-report/"
    walk.api(
        HOLDER, "deliver the report with drafts undecided", "POST", deliver, expect=409, codes=["drafts_undecided"]
    )
    walk.api(HOLDER, "write a finding", "POST", f"{review}findings/", BEST_PRACTICE, expect=201)
    for finding in findings(walk, review):
        act(walk, HOLDER, "open the draft", finding, "open")
    high = the_high(walk, review)
    act(
        walk,
        HOLDER,
        "ask for a plan before the report",
        high,
        "request-mitigation",
        expect=409,
        codes=["no_report_yet"],
    )
    walk.api(HOLDER, "deliver the report", "POST", deliver, expect=201)


def until_report_is_stored(walk: Walk, review: str) -> str:
    """Hands on the path of the file."""
    told = walk.until("the report is rendered and stored", HOLDER, f"{review}reports/", is_stored)
    return f"reports/{told['results'][0]['report']['uid']}/pdf"


def is_stored(told: Any) -> bool:
    return bool(told["results"]) and told["results"][0]["report"] is not None


def the_high(walk: Walk, review: str) -> Any:
    return next(row for row in findings(walk, review) if row["severity"] == "high")


def conclude(walk: Walk, subject: Subject, review: str) -> None:
    """Refused while it holds, without proof, and with what was read before a finding changed."""
    path = f"{review}conclude/"
    passed = {"review_hash": NO_HASH, "passed": True}
    walk.api(HOLDER, "sign off the review without a fresh proof", "POST", path, passed, expect=403, codes=[STEP_UP])
    prove(walk, HOLDER)
    walk.api(HOLDER, "sign off while a high finding is open", "POST", path, passed, expect=409, codes=["high_open"])
    mitigate(walk, subject, review)
    passed["review_hash"] = walk.look(HOLDER, review)["review_hash"]
    edit_meanwhile(walk, review)
    walk.api(HOLDER, "sign off what was read before that", "POST", path, passed, expect=409, codes=["review_changed"])
    passed["review_hash"] = walk.look(HOLDER, review)["review_hash"]
    told = walk.api(HOLDER, "sign off the review with the hash shown now", "POST", path, passed)
    walk.sees("the outcome is ready with conditions", told["outcome"] == "ready_with_conditions")


def mitigate(walk: Walk, subject: Subject, review: str) -> None:
    high = the_high(walk, review)
    until = (subject.go_live - timedelta(days=21)).isoformat()
    plan = {"what": "The last two cases are run and signed.", "owner": "Sigrid Aas", "due_on": until}
    act(walk, HOLDER, "ask for a plan for", high, "request-mitigation", {"ask": "Who signs, and when?", "until": until})
    act(walk, HOLDER, "answer as the reviewer for", high, "submit-plan", plan, expect=403, codes=["not_of_team"])
    act(walk, subject.partner, "submit a plan for", high, "submit-plan", plan | {"what": "We look into it."})
    act(walk, HOLDER, "return the plan for", high, "return", {"reply": "Name the cases and who signs."})
    act(walk, subject.partner, "submit a better plan for", high, "submit-plan", plan)
    act(walk, HOLDER, "accept the plan for", high, "accept-plan", {"reply": "Good."})


def edit_meanwhile(walk: Walk, review: str) -> None:
    """Somebody else sharpens a finding while the holder reads."""
    row = the_high(walk, review)
    words = {
        name: row[name] or "" for name in ("severity", "topic", "question", "title", "detail", "mitigation", "owner")
    }
    words["detail"] = "Two cases of the night shift are not signed."
    walk.api(OTHER, f"change the words of {row['label']} meanwhile", "PUT", f"findings/{row['uid']}/", words)
