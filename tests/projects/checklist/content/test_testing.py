"""What the sources ask of acceptance, performance and integration tests stands in the checklist."""

from datetime import date

import pytest

from tests.projects.checklist.content.rows import Row, lacking

pytestmark = pytest.mark.once

ROWS = [
    pytest.param(
        Row(
            asks={
                "UA-04": ("cover every requirement",),
                "SA-01": ("all in-scope processes",),
                "UA-07": ("In which environment was UAT done", "shared_sandbox_tier2_plus"),
                "FO-08": ("all models and binaries", "applied in a sandbox"),
            },
            fires={"UA-04/1": {"UA-04": "partly"}, "UA-07/3": {"UA-07": "other"}, "FO-08/1": {"FO-08": "no"}},
            required=("UA-04", "UA-07", "SA-01", "FO-08"),
        ),
        marks=pytest.mark.req("S1-35"),
    ),
    pytest.param(
        Row(
            asks={
                "UA-04": ("cover every requirement",),
                "UA-05": ("migrated data", "master data and (provisional) opening balances"),
                "UA-06": ("with the roles they will have",),
                "UA-09": ("legal and industry rules",),
                "FO-07": ("customization analysis report run and its critical items solved",),
                "PF-01": ("tested at peak volume",),
                "SA-02": ("signed off its acceptance of the complete, documented solution",),
            },
            fires={f"{key}/1": {key: "no"} for key in ("UA-04", "UA-05", "UA-06", "UA-09", "FO-07", "PF-01", "SA-02")},
            required=("UA-04", "UA-05", "UA-06", "UA-09", "FO-07", "PF-01", "SA-02"),
        ),
        marks=pytest.mark.req("S1-36"),
    ),
    pytest.param(
        Row(
            asks={"UA-07": ("developer_or_demo", "local_or_private_vm")},
            advises={"UA-07/1": ("developer, demo or local environment does not count",)},
            fires={"UA-07/1": {"UA-07": "developer_or_demo"}},
        ),
        marks=pytest.mark.req("S1-37"),
    ),
    pytest.param(
        Row(
            asks={
                "FO-11": ("printing, workflow, warehouse and store devices tested in a sandbox",),
                "SI-10": ("In which environment did SIT run",),
            },
            advises={"UA-07/1": ("Repeat in a Tier-2 or higher sandbox of the project",), "SI-10/1": ("Tier-2",)},
            fires={"FO-11/1": {"FO-11": "no"}, "SI-10/1": {"SI-10": "developer_or_demo"}},
            required=("FO-11", "SI-10"),
        ),
        marks=pytest.mark.req("S1-38"),
    ),
    pytest.param(
        Row(
            asks={"PF-04": ("In which environment did performance testing run", "local_or_private_vm")},
            advises={"PF-04/1": ("Performance cannot be judged on such machines",)},
            fires={"PF-04/1": {"PF-04": "local_or_private_vm"}},
            required=("PF-04",),
        ),
        marks=pytest.mark.req("S1-39"),
    ),
    pytest.param(
        Row(
            asks={
                "FO-10": ("practised packages, service requests and database moves",),
                "CU-09": ("every package, copy and restore",),
            },
            fires={"FO-10/1": {"FO-10": "no"}, "CU-09/1": {"CU-09": "no"}},
            required=("FO-10", "CU-09"),
        ),
        marks=pytest.mark.req("S1-40"),
    ),
    pytest.param(
        Row(
            asks={
                "PE-04": ("Besides live work, what will production be used for", "cutover_or_rehearsal"),
            },
            advises={"PE-04/1": ("Use a sandbox",)},
            fires={"PE-04/1": {"PE-04": "also_tests_or_training"}},
            required=("PE-04",),
        ),
        marks=pytest.mark.req("S1-57"),
    ),
    pytest.param(
        Row(
            asks={
                "UA-10": ("customer signed off UAT",),
                "UA-08": ("personas, sites, devices and access ways (office, remote, virtual)",),
            },
            fires={"UA-10/1": {"UA-10": "no"}, "UA-08/1": {"UA-08": "partly"}},
            required=("UA-10", "UA-08"),
        ),
        marks=pytest.mark.req("S4-31"),
    ),
    pytest.param(
        Row(
            asks={"UA-11": ("none_open minor_only important_with_workaround",), "SA-06": ("without stopping go-live",)},
            says={"UA.why": ("nothing essential is missing", "odd cases nobody wrote down")},
            fires={
                "UA-11/1": {"UA-11": "important_without_workaround"},
                "SA-03/1": {"SA-03": 1.0},
                "SA-06/1": {"SA-06": 1.0},
            },
        ),
        marks=pytest.mark.req("S4-32"),
    ),
    pytest.param(
        Row(
            asks={"UA-04": ("every requirement, including unusual and error situations",)},
            fires={"UA-04/1": {"UA-04": "no"}},
            required=("UA-04",),
        ),
        marks=pytest.mark.req("S4-33"),
    ),
    pytest.param(
        Row(
            asks={"UA-05": ("Was migrated data used",)},
            fires={"UA-05/1": {"UA-05": "no"}, "UA-05/2": {"UA-05": "partly"}},
            required=("UA-05",),
        ),
        marks=pytest.mark.req("S4-34"),
    ),
    pytest.param(
        Row(
            asks={"UA-06": ("roles they will have, with no general administrator rights",)},
            fires={"UA-06/1": {"UA-06": "partly"}},
            required=("UA-06",),
        ),
        marks=pytest.mark.req("S4-35"),
    ),
    pytest.param(
        Row(
            asks={"UA-09": ("for each country", "results recorded"), "SA-02": ("documented solution",)},
            fires={"UA-09/1": {"UA-09": "no"}},
            required=("UA-09",),
        ),
        marks=pytest.mark.req("S4-36"),
    ),
    pytest.param(
        Row(
            asks={"UA-07": ("shared_sandbox_tier2_plus dataverse_sandbox",)},
            advises={"UA-07/3": ("may differ from production",)},
            fires={"UA-07/1": {"UA-07": "local_or_private_vm"}, "UA-07/2": {"UA-07": "production"}},
        ),
        marks=pytest.mark.req("S4-37"),
    ),
    pytest.param(
        Row(
            asks={"UA-10": ("customer signed off UAT",)},
            fires={"UA-10/1": {"UA-10": "no"}, "UA-10/3": {"UA-10": "partly"}},
            required=("UA-10",),
        ),
        marks=pytest.mark.req("S4-38"),
    ),
    pytest.param(
        Row(says={"UA.if_missed": ("Work stops or is redone after go-live", "recovery is slow and costly")}),
        marks=pytest.mark.req("S4-39"),
    ),
    pytest.param(
        Row(
            says={
                "UA.good": ("All cases run", "no blocking or high-impact defect left"),
                "UA.way_back": ("an owner and date on each open item",),
            },
            fires={"UA-03/4": {"UA-03": 99.0}},
        ),
        marks=pytest.mark.req("S4-40"),
    ),
    pytest.param(
        Row(
            asks={"PF-08": ("customer signed off the performance result",), "PF-03": ("end date",)},
            fires={"PF-08/1": {"PF-08": "no"}, "PF-03/1": {"PF-03": date(2027, 1, 10)}},
            required=("PF-08", "PF-03"),
        ),
        marks=pytest.mark.req("S4-41"),
    ),
    pytest.param(
        Row(
            asks={
                "PF-07": ("search", "form_loading", "devices", "browsers", "virtual_desktops"),
                "PF-01": ("main processes and integrations tested at peak volume and concurrency",),
                "PF-09": ("resemble live work in data and cases",),
                "PF-04": ("In which environment",),
            },
            fires={
                "PF-07/1": {"PF-07": ("search",)},
                "PF-01/2": {"PF-01": "partly"},
                "PF-09/1": {"PF-09": "no"},
                "PF-04/3": {"PF-04": "other"},
            },
        ),
        marks=pytest.mark.req("S4-42"),
    ),
    pytest.param(
        Row(
            says={"PF.why": ("tried late or not at all", "repair in live use may mean downtime")},
            advises={"PF-04/2": ("Production was used for testing", "Use a sandbox")},
            fires={"PF-04/2": {"PF-04": "production"}, "PF-01/1": {"PF-01": "no"}},
        ),
        marks=pytest.mark.req("S4-43"),
    ),
    pytest.param(
        Row(
            asks={"PF-10": ("performance problems that matter for production are unsolved",)},
            advises={"PF-10/1": ("Solve each before go-live",)},
            fires={"PF-10/1": {"PF-10": 1.0}},
            required=("PF-10",),
        ),
        marks=pytest.mark.req("S4-44"),
    ),
    pytest.param(
        Row(
            asks={"PF-02": ("targets agreed with the business",), "PF-12": ("targets was met",)},
            says={"PF.good": ("figures agreed with the business", "load and concurrency")},
            fires={"PF-02/1": {"PF-02": "no"}, "PF-12/1": {"PF-12": 50.0}},
            required=("PF-02", "PF-12"),
        ),
        marks=pytest.mark.req("S4-45"),
    ),
    pytest.param(
        Row(
            asks={"PE-04": ("nothing cutover_or_rehearsal also_tests_or_training",)},
            advises={"PF-04/2": ("production is only for rehearsal, cutover and live work",)},
            fires={"PF-04/2": {"PF-04": "production"}, "PE-04/1": {"PE-04": "also_tests_or_training"}},
        ),
        marks=pytest.mark.req("S4-46"),
    ),
    pytest.param(
        Row(
            asks={"PF-01": ("peak volume and concurrency",)},
            advises={"PF-01/1": ("UAT cannot replace it",)},
            fires={"PF-01/1": {"PF-01": "no"}},
            required=("PF-01",),
        ),
        marks=pytest.mark.req("S4-47"),
    ),
    pytest.param(
        Row(
            says={
                "PF.way_back": ("in parallel with UAT", "causes rather than symptoms", "an owner and a date", "retest")
            }
        ),
        marks=pytest.mark.req("S4-48"),
    ),
    pytest.param(
        Row(
            asks={"SI-09": ("signed off all integrations in scope",), "SI-02": ("volumes near the real peak",)},
            fires={
                "SI-09/1": {"SI-09": "no"},
                "SI-02/1": {"SI-02": "no"},
                "SI-01/2": {"SI-01": date(2026, 12, 1)},
            },
            required=("SI-09", "SI-02", "SI-01"),
        ),
        marks=pytest.mark.req("S4-49"),
    ),
    pytest.param(
        Row(
            asks={"SI-04": ("simulate the loss of each outside system, including what users are told",)},
            fires={"SI-04/1": {"SI-04": "no"}, "SI-04/2": {"SI-04": "partly"}},
            required=("SI-04",),
        ),
        marks=pytest.mark.req("S4-50"),
    ),
    pytest.param(
        Row(
            asks={"SI-08": ("plan for working without each critical outside system",)},
            says={"SI.good": ("behave sensibly when the other side is down",)},
            fires={"SI-08/1": {"SI-08": "no"}},
        ),
        marks=pytest.mark.req("S4-51"),
    ),
    pytest.param(
        Row(
            says={"SI.if_missed": ("Missing, late or wrong data", "unstable links", "redesign")},
            advises={"SI-02/1": ("Behaviour at volume is unknown",), "SI-05/1": ("may corrupt data",)},
            fires={"SI-05/1": {"SI-05": "no"}},
        ),
        marks=pytest.mark.req("S4-52"),
    ),
]


@pytest.mark.parametrize("row", ROWS)
def test_it_stands_in_the_checklist(row):
    assert lacking(row) == []
