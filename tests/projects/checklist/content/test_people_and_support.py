"""What the sources ask of people and their support stands in the checklist."""

from datetime import date

import pytest

from tests.projects.checklist.content.rows import Row, lacking

pytestmark = pytest.mark.once

ROWS = [
    pytest.param(
        Row(
            asks={"CM-01": ("change readiness last assessed",), "CM-08": ("change readiness review been held",)},
            says={"CM.why": ("worked on early",), "CM.way_back": ("Re-assess readiness by group",)},
            fires={"CM-01/1": {"CM-01": None}, "CM-01/2": {"CM-01": date(2026, 9, 30)}},
            required=("CM-01",),
        ),
        marks=pytest.mark.req("S4-63"),
    ),
    pytest.param(
        Row(
            asks={"CM-10": ("for each group of users, what will differ from the old system",)},
            fires={"CM-10/1": {"CM-10": "no"}, "CM-10/2": {"CM-10": "partly"}},
            required=("CM-10",),
        ),
        marks=pytest.mark.req("S4-64"),
    ),
    pytest.param(
        Row(
            asks={
                "CM-02": ("training plan",),
                "CM-04": ("super-users",),
                "CM-05": ("executive sponsor",),
                "CM-06": ("help material",),
            },
            says={"CM.good": ("Trained, informed, supported users and a visible sponsor",)},
            fires={"CM-02/1": {"CM-02": 50.0}} | {f"{key}/1": {key: "no"} for key in ("CM-04", "CM-05", "CM-06")},
        ),
        marks=pytest.mark.req("S4-65"),
    ),
    pytest.param(
        Row(
            asks={
                "CM-02": ("share of day-one users will be trained when work starts",),
                "CM-03": ("When does user training end",),
                "CM-13": ("finished training today",),
            },
            hints={"CM-02": ("Classroom or online", "nobody waits for access", "nothing is forgotten")},
            advises={"CM-03/2": ("Training may be forgotten by go-live",)},
            fires={
                "CM-02/1": {"CM-02": 79.0},
                "CM-03/1": {"CM-03": date(2027, 1, 21)},
                "CM-03/2": {"CM-03": date(2026, 12, 1)},
                "CM-13/1": {"CM-13": 79.0},
            },
            required=("CM-02", "CM-03", "CM-13"),
        ),
        marks=pytest.mark.req("S4-66"),
    ),
    pytest.param(
        Row(
            asks={"CM-04": ("super-users named in every area", "involved since early demos")},
            hints={
                "CM-04": (
                    "first working demo",
                    "demos at the end of a sprint",
                    "screens and the way information is arranged",
                    "mapping and checking of data",
                    "first speed of common parts",
                    "devices and accessibility",
                    "timing of go-live and cutover",
                    "backlog and what to expect",
                )
            },
            fires={"CM-04/1": {"CM-04": "partly"}},
        ),
        marks=pytest.mark.req("S4-67"),
    ),
    pytest.param(
        Row(
            asks={"CM-12": ("regular news about the project",), "CM-14": ("try the solution",)},
            fires={"CM-12/1": {"CM-12": "no"}, "CM-12/2": {"CM-12": "partly"}},
        ),
        marks=pytest.mark.req("S4-68"),
    ),
    pytest.param(
        Row(
            asks={"CM-08": ("change readiness review been held and signed off",)},
            fires={"CM-08/1": {"CM-08": "no"}},
            required=("CM-08",),
        ),
        marks=pytest.mark.req("S4-69"),
    ),
    pytest.param(
        Row(
            asks={"CM-05": ("executive sponsor visible", "planned message to users (timing, audience, thanks)")},
            advises={"CM-05/1": ("before, on and after day one",)},
            fires={"CM-05/1": {"CM-05": "no"}, "CM-05/2": {"CM-05": "partly"}},
        ),
        marks=pytest.mark.req("S4-70"),
    ),
    pytest.param(
        Row(
            asks={
                "CM-04": ("super-users named in every area",),
                "CM-06": ("videos, guides or task recordings",),
                "CM-07": ("channel announces changes, issues and maintenance",),
            },
            fires={f"{key}/1": {key: "no"} for key in ("CM-04", "CM-06", "CM-07")},
        ),
        marks=pytest.mark.req("S4-71"),
    ),
    pytest.param(
        Row(
            says={
                "CM.if_missed": ("Poor execution and lost confidence in the first days",),
                "CM.way_back": ("Re-assess readiness",),
            }
        ),
        marks=pytest.mark.req("S4-72"),
    ),
    pytest.param(
        Row(
            asks={
                "OS-01": ("plan to hand over from the project team to support",),
                "OS-04": ("monitoring in place",),
                "OS-08": ("calendar for maintenance",),
            },
            says={"OS.way_back": ("Plan the hand-over before go-live",)},
            fires={"OS-01/1": {"OS-01": "no"}, "OS-04/1": {"OS-04": "no"}, "OS-08/1": {"OS-08": "no"}},
            required=("OS-01", "OS-04"),
        ),
        marks=pytest.mark.req("S4-73"),
    ),
    pytest.param(
        Row(
            asks={"OS-02": ("trained and equipped with tools, access and experts to call",)},
            says={"OS.good": ("trained and equipped support organisation",)},
            fires={"OS-02/1": {"OS-02": "partly"}},
            required=("OS-02",),
        ),
        marks=pytest.mark.req("S4-74"),
    ),
    pytest.param(
        Row(
            asks={"OS-03": ("help desk and a ticket process with severity and escalation",)},
            fires={"OS-03/1": {"OS-03": "no"}},
            required=("OS-03",),
        ),
        marks=pytest.mark.req("S4-75"),
    ),
    pytest.param(
        Row(
            asks={
                "FO-04": ("still be supported on the go-live day",),
                "CE-08": ("newest version that the vendor supports",),
                "OS-08": ("maintenance, updates and removal of retired features",),
                "OS-04": ("speed, errors, usage and adoption",),
                "OS-05": ("hypercare planned with team, end date and exit criteria",),
                "CE-07": ("two yearly release waves",),
            },
            fires={f"{key}/1": {key: "no"} for key in ("FO-04", "CE-08", "OS-08", "OS-04", "OS-05", "CE-07")},
            required=("FO-04", "CE-08", "OS-04"),
        ),
        marks=pytest.mark.req("S4-77"),
    ),
    pytest.param(
        Row(
            says={
                "OS.if_missed": (
                    "Problems cannot be reported, ranked or solved",
                    "an unsupported version delays fixes",
                    "updates arrive unplanned",
                )
            },
            advises={"OS-03/1": ("No way to report and rank problems",), "FO-04/1": ("Update before",)},
        ),
        marks=pytest.mark.req("S4-78"),
    ),
    pytest.param(
        Row(
            says={"OS.way_back": ("Plan the hand-over before go-live and practise it during UAT",)},
            fires={"OS-01/1": {"OS-01": "no"}, "OS-01/2": {"OS-01": "partly"}},
        ),
        marks=pytest.mark.req("S4-79"),
    ),
    pytest.param(
        Row(
            says={
                "PE.learn_more": ("Production environment readiness",),
                "CU.learn_more": ("Plan the cutover",),
                "FO.learn_more": ("Go-live guide for finance and operations",),
                "CE.learn_more": ("Go-live guide for customer engagement",),
            }
        ),
        marks=pytest.mark.req("S4-80"),
    ),
    pytest.param(
        Row(
            asks={
                "CM-09": ("told what they gain from the new system",),
                "CM-14": ("try the solution and say what they think before it goes live",),
            },
            advises={"CM-09/1": ("easier in its own work",)},
            fires={"CM-09/1": {"CM-09": "no"}, "CM-14/1": {"CM-14": "no"}},
        ),
        marks=pytest.mark.req("S4-84"),
    ),
]


@pytest.mark.parametrize("row", ROWS)
def test_it_stands_in_the_checklist(row):
    assert lacking(row) == []
