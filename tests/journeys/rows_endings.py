"""Rows of test_doors_agree: how a project rests and ends, and that nothing moves on it then."""

from tests.journeys import situations as s
from tests.journeys import situations_endings as e
from tests.journeys import situations_review as r

ENDING_ROWS = [
    (s.started, "pause", []),
    (s.started, "resume", ["not_paused"]),
    (s.started, "close", []),
    (s.started, "archive", ["not_over"]),
    (s.started, "bring back", ["not_archived"]),
    (s.started, "save the settings", []),
    (s.deploying, "pause", ["deploying"]),
    (s.deploying, "close", ["deploying"]),
    (s.released, "close", []),
    (r.whole, "close", []),
    (e.twins, "disable the organisation", []),
    (e.twins, "enable the organisation", ["not_disabled"]),
    (e.twins, "merge the organisation", []),
    (e.twins, "merge it into a partner", ["other_kind"]),
    (e.paused, "pause", ["project_not_active"]),
    (e.paused, "resume", []),
    (e.paused, "close", []),
    (e.closed, "resume", ["not_paused"]),
    (e.closed, "close", ["project_over"]),
    (e.closed, "archive", []),
    (e.archived, "archive", ["archived"]),
    (e.archived, "bring back", []),
]
# Nothing moves on a project that rests or is over: every verb of every slice, where it would else be possible.
RESTING = ["project_not_active"]
ENDING_ROWS += [
    (situation, name, RESTING)
    for situation, names in {
        e.paused: ["set a milestone", "save onboarding", "change a member", "remove a member", "answer",
                   "save the header", "save the settings"],
        e.closed: ["set a milestone", "save onboarding", "change a member", "remove a member", "answer",
                   "save the header", "save the settings"],
        e.paused_analysis_done: ["undo step A02", "complete analysis"],
        e.closed_analysis_done: ["undo step A02", "complete analysis"],
        e.paused_filled: ["submit"],
        e.paused_submitted: ["withdraw", "reopen"],
        e.paused_draft: ["configure", "sign off the request", "add an estimate", "activate an estimate",
                         "deactivate an estimate", "register a sandbox"],
        e.paused_sandbox: ["change a sandbox", "retire a sandbox"],
        e.paused_released: ["clear the sign-off", "withdraw the request", "start", "deploy", "deny"],
        e.paused_failed: ["retry"],
        e.paused_to_take: ["take"],
        e.paused_whole: ["assign", "give the review up", "add a finding", "sign off the review",
                         "conclude as not ready"],
        e.paused_asked: ["submit a plan", "dismiss it", "change it", "accept its risk"],
        e.paused_planned: ["accept the plan", "return the plan"],
        e.paused_suspended: ["confirm again"],
    }.items()
    for name in names
]  # fmt: skip
