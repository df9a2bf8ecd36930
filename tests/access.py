"""Who gets through which door: one row for every URL of ours. A new URL without a row fails tests/architecture.

The rows say who may open the door at all; what may be done behind it is said by rules and tested in test_doors_agree.
"""

from dataclasses import dataclass

# Everybody, also without signing in.
ANYBODY = frozenset({"anonymous", "member", "viewer", "stranger", "architect", "lead", "engineer", "administrator"})
SIGNED_IN = ANYBODY - {"anonymous"}
STAFF = frozenset({"architect", "lead", "engineer", "administrator"})
REVIEWERS = frozenset({"architect", "lead"})
ENGINEERS = frozenset({"engineer"})
ADMINISTRATORS = frozenset({"administrator"})
# Who sees a project: its people and FastTrack; engineers only those with a service request.
PROJECT = frozenset({"member", "viewer", "architect", "lead"})
PROJECT_TEAM = frozenset({"member"})


@dataclass(frozen=True)
class Door:
    """`methods` as one word list; `who` gets something else than 404, 401 or the sign-in page; the rest does not."""

    methods: str
    who: frozenset[str]


DOORS: dict[str, Door] = {
    "api_schema": Door("GET", ANYBODY),
    "api_docs": Door("GET", ANYBODY),
    "healthz": Door("GET", ANYBODY),
    "readyz": Door("GET", ANYBODY),
}
