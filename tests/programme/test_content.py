"""programme.toml holds every number of the process with its value and source; this table is the process, said twice."""

import pytest

from golive.core.catalogue import CatalogueError
from golive.programme.content import FILE, programme, read_programme
from projects.methodology.rules.vocabulary import OWNER_ROLES

NUMBERS = {
    "onboarding_follow_up_1": (7, "days", "S0-16"),
    "onboarding_follow_up_2": (14, "days", "S0-17"),
    "analysis_letter": (7, "days", "S0-24"),
    "design_develop_letter": (14, "days before", "S0-28"),
    "test_letter": (14, "days before", "S0-30"),
    "plan_go_live_letter": (60, "days before", "S0-33, S0-40"),
    "plan_go_live_reminder": (30, "days before", "S0-34, S0-40"),
    "go_live_confirmation": (0, "days", "S0-38"),
    "go_live_set_earliest": (3, "months before", "S1-5"),
    "go_live_set_latest": (2, "months before", "S1-5"),
    "go_live_notice": (60, "days before", "S1-5"),
    "checklist_shown": (60, "days before", "P4-1"),
    "checklist_asked": (56, "days before", "S1-42"),
    "checklist_window_opens": (42, "days before", "S1-45"),
    "checklist_window_closes": (28, "days before", "S1-45"),
    "first_report": (3, "business days", "S1-8"),
    "release": (0, "hours", "S1-11, S1-12"),
    "sizing": (0, "hours", "S1-15"),
    "deployment_managed": (48, "hours", "S1-16, S1-64"),
    "deployment_self_service": (30, "minutes", "S1-17, S1-65"),
    "queued_managed": (3, "hours", "S1-66"),
    "queued_self_service": (0, "hours", "S1-66, P4-5"),
    "package_lead_managed": (5, "hours", "S1-20, P4-7"),
    "package_downtime_managed": (4, "hours", "S1-20, P4-7"),
    "package_usual_downtime_managed": (1, "hours", "S1-21"),
    "package_usual_share_managed": (95, "percent", "S1-21"),
    "database_copy_lead_managed": (5, "hours", "S1-24, P4-7"),
    "database_copy_downtime_managed": (4, "hours", "S1-24, P4-7"),
    "database_copy_usual_downtime_managed": (1, "hours", "S1-24"),
    "package_lead_self_service": (5, "hours", "S1-20, P4-7"),
    "package_downtime_self_service": (4, "hours", "S1-20, P4-7"),
    "package_usual_downtime_self_service": (1, "hours", "S1-21"),
    "package_usual_share_self_service": (95, "percent", "S1-21"),
    "database_copy_lead_self_service": (5, "hours", "S1-24, P4-7"),
    "database_copy_downtime_self_service": (4, "hours", "S1-24, P4-7"),
    "database_copy_usual_downtime_self_service": (1, "hours", "S1-24"),
    "acceptance_tier": (2, "tier", "S1-38"),
    "checklist_amber": (28, "days before", "P4-1"),
    "checklist_red": (5, "business days before", "P4-1"),
    "clearance_tolerance": (42, "days", "P4-20"),
    "graduation_after_hypercare": (0, "days", "P4-21"),
    "graduation_after_go_live": (30, "days", "P4-21"),
    "roster_check": (60, "days", "S0-5"),
    "export_rows": (10000, "rows", "ours"),
    "integration_limit": (72000, "records an hour", "DOMAIN 3.11"),
    "evidence_file_size": (25, "MB", "ours"),
    "evidence_quota": (500, "MB", "ours"),
    "evidence_low_water": (500, "MB", "ours"),
    "milestone_near": (14, "days before", "methodology rules"),
    "mitigation_buffer": (5, "business days", "S1-8"),
    "acceptance_exit": (1, "business days before", "S1-45"),
    "cutover": (48, "hours", "DOMAIN 3.10"),
    "go_no_go_check": (1, "business days before", "DOMAIN 3.10"),
    "click_through_steps": (5, "steps", "methodology rules"),
    "click_through_minutes": (2, "minutes", "methodology rules"),
}


def test_every_number_of_the_process_stands_there_with_its_source():
    found = {key: (one.value, one.unit, one.source) for key, one in programme().numbers.items()}

    assert found == NUMBERS


def test_every_number_says_what_it_means_in_one_sentence():
    meanings = [one.means for one in programme().numbers.values()]

    assert [means for means in meanings if not means.endswith(".") or means.count(".") != 1] == []
    assert len(set(meanings)) == len(meanings)


def test_every_role_of_the_catalogues_has_its_word():
    assert set(programme().roles) == OWNER_ROLES


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('zone = "Europe/London"', 'zone = "Etc/UTC"', "calendar.zone: 'Etc/UTC' is not one of"),
        ('country = "GB"', 'country = "ZZ"', "calendar.country: 'ZZ' is not one of"),
        (
            "[number.first_report]\nvalue = 3",
            "[number.first_report]\nvalue = 21",
            "number.first_report.value: lies outside",
        ),
        ("[number.first_report]\nvalue = 3", "[number.first_report]", "number.first_report.value: is missing"),
        ("[number.first_report]\n", "[number.first_report]\ncolour = 3\n", "number.first_report.colour: unknown key"),
    ],
)
def test_a_wrong_file_is_refused_with_its_key(tmp_path, before, after, complaint):
    file = tmp_path / "programme.toml"
    text = FILE.read_text()
    assert before in text
    file.write_text(text.replace(before, after))

    with pytest.raises(CatalogueError) as caught:
        read_programme(file)

    assert str(caught.value).startswith(f"programme.toml: {complaint}")
