"""Good answers to the whole checklist, as a project gives them that is nearly ready; a story says what is different."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from projects.checklist.rules.questions import Question

SHARED = "shared_sandbox_tier2_plus"
# Days before go-live, and days before the day on which the answer is given.
BEFORE_GO_LIVE = {"GR-01": 0, "GR-02": 21, "SA-04": 16, "CM-03": 5}
BEFORE_TODAY = {"UA-01": 24, "UA-02": 3, "PF-03": 5, "SI-01": 27, "CM-01": 12}
NUMBERS = {
    "GR-03": 3,
    "CU-03": 40,
    "CU-04": 30,
    "CU-05": 2,
    "SA-03": 0,
    "SA-06": 0,
    "UA-03": 100,
    "PF-06": 61,
    "PF-10": 0,
    "PF-12": 100,
    "SI-07": 18_000,
    "DM-02": 3,
    "DM-03": 14,
    "DM-09": 640_000,
    "CM-02": 100,
    "CM-13": 100,
}
CHOSEN = {
    "CU-12": "all_with_stand_in",
    "SC-03": "none",
    "SC-05": "phased",
    "UA-07": SHARED,
    "UA-11": "none_open",
    "PF-04": SHARED,
    "SI-10": SHARED,
    "PE-04": "cutover_or_rehearsal",
    "PE-06": "no",
}
TEXTS = {
    "GR-06": "The steering group decides on 12 more store printers; finance names the second approver of payments.",
    "GR-07": "The night interfaces under month-end load. Please look at the retry pattern with us.",
    "CU-11": "Cutover desk, day and night: +47 22 00 00 11. Business on call: Jonas Lind. Technical: Marta Kjeldsen.",
    "SC-01": "Order to cash, procure to pay, plan to produce, warehouse, and the close of three companies.",
    "SC-06": "Catch-weight pricing (own, 2.4), milk settlement (own, 1.9), Nordic Labels for shipping labels (7.1).",
    "SC-07": "Bank payments out, hourly, 400. Dairy scales in, each minute, 2,000. EDI orders in, 15 minutes, 6,000.",
    "SC-08": "Finance, supply chain, the warehouse app on 60 devices, the label service, the data lake for reports.",
    "OS-09": "None that touches go-live.",
}
# What proves an answer that must be proved: its title, under an address of the customer's own files.
PROOFS = {
    "CU-01": "Cutover plan, version 7",
    "SC-02": "Scope of this go-live, signed",
    "SA-02": "Minutes of the acceptance of the solution",
    "UA-10": "UAT protocol of all streams",
}
FILES = "https://files.example/golive/"
GOOD: Mapping[str, Any] = MappingProxyType({**NUMBERS, **CHOSEN, **TEXTS})


def good_answers(questions: Iterable[Question], *, today: date, go_live: date) -> dict[str, Any]:
    """One answer to each question, by its id."""
    days = {key: go_live - timedelta(days=back) for key, back in BEFORE_GO_LIVE.items()}
    days |= {key: today - timedelta(days=back) for key, back in BEFORE_TODAY.items()}
    said = GOOD | {key: day.isoformat() for key, day in days.items()}
    return {question.id: said.get(question.id, usual(question)) for question in questions}


def usual(question: Question) -> Any:
    """What is good wherever nothing else is said."""
    return ["none"] if question.answer == "multi" else "yes"


def proof_of(question: str) -> dict[str, str]:
    """A title and a link."""
    return {"title": PROOFS.get(question, question), "url": f"{FILES}{question.lower()}"}
