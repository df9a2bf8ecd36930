"""What the sources ask under go-live readiness, solution scope and solution acceptance stands in the checklist."""

import pytest

from tests.projects.checklist.content.rows import Row, lacking

pytestmark = pytest.mark.once

ROWS = [
    pytest.param(
        Row(
            asks={
                "SC-02": ("signed off the scope of this go-live",),
                "SC-03": ("gap between agreed scope and what is delivered",),
                "SC-04": ("explained to business stakeholders",),
                "GR-04": ("steering group agreed",),
            },
            fires={"SC-02/1": {"SC-02": "no"}, "SC-03/2": {"SC-03": "important_missing"}, "SC-04/1": {"SC-04": "no"}},
            required=("SC-02", "SC-03", "SC-04", "GR-04"),
        ),
        marks=pytest.mark.req("S4-8"),
    ),
    pytest.param(
        Row(
            asks={
                "SA-05": ("every planned type of test met its exit criteria",),
                "SI-09": ("signed off all integrations",),
                "PF-08": ("signed off the performance result",),
                "UA-10": ("signed off UAT",),
                "SA-02": ("business signed off its acceptance",),
            },
            fires={
                "SA-05/1": {"SA-05": "no"},
                "SI-09/1": {"SI-09": "no"},
                "PF-08/1": {"PF-08": "no"},
                "UA-10/1": {"UA-10": "no"},
                "SA-02/1": {"SA-02": "no"},
            },
            required=("SA-05", "SI-09", "PF-08", "UA-10", "SA-02"),
        ),
        marks=pytest.mark.req("S4-9"),
    ),
    pytest.param(
        Row(
            asks={
                "DM-08": ("signed off the migration scripts and procedures",),
                "DM-10": ("run without open errors in a rehearsal",),
            },
            fires={"DM-08/1": {"DM-08": "no"}, "DM-10/1": {"DM-10": "no"}},
            required=("DM-08", "DM-10"),
        ),
        marks=pytest.mark.req("S4-10"),
    ),
    pytest.param(
        Row(
            asks={"EX-02": ("dates and scope match the go-live plan",)},
            fires={"EX-02/1": {"EX-02": "no"}},
            required=("EX-02",),
        ),
        marks=pytest.mark.req("S4-11"),
    ),
    pytest.param(
        Row(
            asks={
                "CM-11": ("all change activities done that were due by today",),
                "CM-10": ("change plan",),
                "CM-02": ("training plan",),
                "CM-05": ("planned message to users",),
                "OS-02": ("support team trained",),
            },
            fires={"CM-11/1": {"CM-11": "no"}, "CM-11/2": {"CM-11": "partly"}},
            required=("CM-11",),
        ),
        marks=pytest.mark.req("S4-12"),
    ),
    pytest.param(
        Row(
            asks={
                "OS-04": ("monitoring in place",),
                "OS-08": ("calendar for maintenance",),
                "OS-01": ("hand over from the project team to support",),
            },
            fires={"OS-04/1": {"OS-04": "no"}, "OS-08/1": {"OS-08": "no"}, "OS-01/1": {"OS-01": "no"}},
        ),
        marks=pytest.mark.req("S4-13"),
    ),
    pytest.param(
        Row(
            asks={
                "PE-07": ("administrators know monitoring, troubleshooting and the ways to get help",),
                "PE-02": ("prepared for production",),
            },
            says={"PE.good": ("Apps current, people and roles in place",)},
            fires={"PE-07/1": {"PE-07": "partly"}, "PE-02/1": {"PE-02": "no"}},
            required=("PE-07", "PE-02"),
        ),
        marks=pytest.mark.req("S4-14"),
    ),
    pytest.param(
        Row(
            asks={"CU-01": ("dependencies", "timing", "owners", "instructions", "checks", "documents", "no_plan_yet")},
            fires={
                "CU-01/1": {"CU-01": ("no_plan_yet",)},
                "CU-01/2": {"CU-01": ("timing",)},
                "CU-01/3": {"CU-01": ("instructions",)},
            },
            required=("CU-01",),
        ),
        marks=pytest.mark.req("S4-15"),
    ),
    pytest.param(
        Row(
            asks={"SC-03": ("what is delivered",)},
            says={"SC.looks_at": ("whether the business recognises it",), "SC.way_back": ("next to what is built",)},
            fires={"SC-03/1": {"SC-03": "some_deferred"}, "SC-03/2": {"SC-03": "important_missing"}},
        ),
        marks=pytest.mark.req("S4-17"),
    ),
    pytest.param(
        Row(
            asks={"SC-04": ("as processes, in their own words",)},
            advises={"SC-04/2": ("know the scope only from design papers",)},
            fires={"SC-04/1": {"SC-04": "no"}, "SC-04/2": {"SC-04": "partly"}},
            required=("SC-04",),
        ),
        marks=pytest.mark.req("S4-18"),
    ),
    # How many users each rollout adds stands in the header, which has its own tests.
    pytest.param(
        Row(
            asks={
                "SC-01": ("business processes does the solution support",),
                "SC-08": ("applications and services make up the solution",),
                "SC-06": ("customisations and third-party add-ons",),
                "SC-07": ("integrations with direction, frequency and peak volume",),
                "SC-05": ("one big switch or a staged rollout", "big_bang phased pilot_then_rollout"),
            },
            fires={f"{key}/1": {key: None} for key in ("SC-01", "SC-06", "SC-07", "SC-08")},
        ),
        marks=pytest.mark.req("S4-19"),
    ),
    pytest.param(
        Row(
            asks={"SC-02": ("business signed off the scope",)},
            fires={"SC-02/1": {"SC-02": "no"}, "SC-02/2": {"SC-02": "partly"}},
            required=("SC-02",),
        ),
        marks=pytest.mark.req("S4-20"),
    ),
    pytest.param(
        Row(
            asks={"SC-03": ("How large is the gap between agreed scope and what is delivered",)},
            says={"SC.why": ("size and shape of the scope decide how much support is needed",)},
            advises={"SC-03/1": ("document workarounds and dates",), "SC-03/2": ("change the date",)},
            fires={"SC-03/1": {"SC-03": "some_deferred"}},
        ),
        marks=pytest.mark.req("S4-21"),
    ),
    pytest.param(
        Row(
            says={"SC.if_missed": ("Expected functions are missing or unwanted ones arrive; the date slips",)},
            advises={"SC-04/1": ("agreed to something they did not understand",)},
        ),
        marks=pytest.mark.req("S4-23"),
    ),
    pytest.param(
        Row(
            says={
                "SC.way_back": (
                    "Lay agreed scope next to what is built",
                    "rank the differences",
                    "a risk, owner and date",
                )
            },
        ),
        marks=pytest.mark.req("S4-24"),
    ),
    pytest.param(
        Row(
            says={"SA.good": ("Every required test type has passed and the business has said yes",)},
            fires={"SA-05/1": {"SA-05": "no"}, "SA-02/1": {"SA-02": "no"}},
        ),
        marks=pytest.mark.req("S4-25"),
    ),
    pytest.param(
        Row(
            asks={"SA-02": ("complete, documented solution",)},
            says={"SA.why": ("Objective test results", "grounds to decide")},
            fires={"SA-02/1": {"SA-02": "no"}, "SA-02/2": {"SA-02": "partly"}},
            required=("SA-02",),
        ),
        marks=pytest.mark.req("S4-26"),
    ),
    pytest.param(
        Row(
            asks={"SA-01": ("end-to-end tests of all in-scope processes",)},
            says={"SA.good": ("in writing",)},
            fires={"SA-01/1": {"SA-01": "no"}, "SA-01/2": {"SA-01": "partly"}},
            required=("SA-01",),
        ),
        marks=pytest.mark.req("S4-27"),
    ),
    pytest.param(
        Row(
            says={
                "SA.if_missed": (
                    "Processes break",
                    "defects are fixed in a hurry",
                    "slow screens",
                    "shaky links",
                    "access holes",
                    "rollbacks",
                )
            }
        ),
        marks=pytest.mark.req("S4-28"),
    ),
    pytest.param(
        Row(
            says={
                "SA.way_back": ("Return to the test strategy", "name the missing test types"),
                "UA.name": ("User acceptance test",),
                "PF.name": ("Performance test",),
                "SI.name": ("System integration test",),
            }
        ),
        marks=pytest.mark.req("S4-29"),
    ),
    pytest.param(
        Row(
            asks={"SC-02": ("the scope of this go-live",), "SC-01": ("at this go-live",)},
            fires={"SC-02/1": {"SC-02": "no"}},
        ),
        marks=pytest.mark.req("S4-83"),
    ),
]


@pytest.mark.parametrize("row", ROWS)
def test_it_stands_in_the_checklist(row):
    assert lacking(row) == []
