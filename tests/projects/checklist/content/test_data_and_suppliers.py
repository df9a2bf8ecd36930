"""What the sources ask of data and suppliers stands in the checklist."""

import pytest

from tests.projects.checklist.content.rows import Row, lacking

pytestmark = pytest.mark.once

ROWS = [
    pytest.param(
        Row(
            asks={
                "DM-01": ("migration plan covering sources, mapping, loading, checks and cutover",),
                "DM-07": ("quality checked both in the source and after loading",),
            },
            fires={"DM-01/1": {"DM-01": "no"}, "DM-07/1": {"DM-07": "no"}, "DM-07/2": {"DM-07": "partly"}},
            required=("DM-01", "DM-07"),
        ),
        marks=pytest.mark.req("S4-54"),
    ),
    pytest.param(
        Row(
            says={"DM.looks_at": ("the right data will be there, correct, and in time",), "DM.why": ("first hour",)},
            advises={"DM-07/1": ("Bad or duplicate data may be carried over", "fix at the source")},
            fires={"DM-07/1": {"DM-07": "no"}},
        ),
        marks=pytest.mark.req("S4-55"),
    ),
    pytest.param(
        Row(
            asks={
                "DM-02": ("complete dry runs have been made",),
                "DM-03": ("hours did the last full run take",),
            },
            says={"DM.good": ("Rehearsed several times, measured", "within the window")},
            advises={"DM-07/1": ("duplicate",), "SI-05/1": ("corrupt data",)},
            fires={
                "DM-02/2": {"DM-02": 1.0},
                "DM-03/1": {"DM-03": 41.0},
                "DM-03/2": {"DM-03": None},
            },
            required=("DM-02", "DM-03"),
        ),
        marks=pytest.mark.req("S4-56"),
    ),
    pytest.param(
        Row(
            asks={
                "DM-08": ("signed off the migration scripts and procedures",),
                "DM-10": ("migration scripts run without open errors",),
                "DM-11": ("every logged migration problem have a plan",),
            },
            fires={"DM-08/1": {"DM-08": "no"}, "DM-10/1": {"DM-10": "no"}, "DM-11/1": {"DM-11": "no"}},
            required=("DM-08", "DM-10", "DM-11"),
        ),
        marks=pytest.mark.req("S4-57"),
    ),
    pytest.param(
        Row(
            asks={
                "DM-04": ("configuration data ready",),
                "DM-05": ("master data and security data ready",),
                "DM-06": ("open transactions and balances prepared",),
                "DM-09": ("How many records",),
            },
            says={"DM.way_back": ("Write the plan, run dry runs", "prepare data early")},
            advises={"DM-02/1": ("at least two full runs",), "DM-03/2": ("Time the next run",)},
            fires={f"{key}/1": {key: "no"} for key in ("DM-04", "DM-05", "DM-06")} | {"DM-09/1": {"DM-09": None}},
        ),
        marks=pytest.mark.req("S4-59"),
    ),
    pytest.param(
        Row(
            asks={
                "EX-01": ("add-on vendors, services and connected systems listed",),
                "EX-02": ("dates and scope match the go-live plan",),
                "EX-05": ("delivered everything that was due by today",),
            },
            fires={"EX-01/1": {"EX-01": "no"}, "EX-02/2": {"EX-02": "partly"}, "EX-05/1": {"EX-05": "no"}},
            required=("EX-01", "EX-02", "EX-05"),
        ),
        marks=pytest.mark.req("S4-60"),
    ),
    pytest.param(
        Row(
            says={
                "EX.looks_at": ("the project does not control",),
                "EX.why": ("the plan has to leave room for them and watch them",),
            },
            asks={"EX-01": ("with contact and date",)},
            fires={"EX-01/1": {"EX-01": "partly"}},
        ),
        marks=pytest.mark.req("S4-61"),
    ),
    pytest.param(
        Row(
            asks={
                "EX-03": ("tested with the version that will be live",),
                "EX-04": ("regular meeting with each important supplier",),
                "EX-06": ("keep up with future updates",),
            },
            says={"EX.if_missed": ("takes the date along",), "EX.way_back": ("Meet the suppliers regularly",)},
            fires={f"{key}/1": {key: "no"} for key in ("EX-03", "EX-04", "EX-06")},
        ),
        marks=pytest.mark.req("S4-62"),
    ),
]


@pytest.mark.parametrize("row", ROWS)
def test_it_stands_in_the_checklist(row):
    assert lacking(row) == []
