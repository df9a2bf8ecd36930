"""How late a date is: green on track, amber near with steps open, red past and not complete."""

from datetime import date, timedelta

import pytest

from projects.plan.rules.milestones import MilestoneFacts, colour_of, is_set_late, runs_backwards

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("left", "open_steps", "colour"),
    [
        (15, 3, "green"),
        (14, 3, "amber"),
        (0, 1, "amber"),
        (14, 0, "green"),
        (0, 0, "green"),
        (-1, 3, "red"),
        (-1, 0, "red"),
    ],
)
def test_the_colour_of_a_date_follows_from_its_day_and_its_open_steps(left, open_steps, colour):
    facts = MilestoneFacts(TODAY + timedelta(days=left), open_steps=open_steps)

    assert colour_of(facts, TODAY, near=14) == colour


def test_what_is_reached_is_never_late_and_without_a_day_there_is_none():
    assert colour_of(MilestoneFacts(TODAY - timedelta(days=9), reached=True, open_steps=2), TODAY, near=14) == "reached"
    assert colour_of(MilestoneFacts(None, open_steps=2), TODAY, near=14) == "none"


def test_go_live_nearer_than_the_notice_when_it_was_set_is_late():
    assert [is_set_late(days, notice=60) for days in (None, 60, 59, -5)] == [False, False, True, True]


@pytest.mark.parametrize(
    ("days", "pairs"),
    [
        ({"analysis_end": 1, "design_develop_end": 1, "test_end": 2, "go_live": 3, "hypercare_end": 4}, []),
        ({"analysis_end": 5, "test_end": 2}, [("analysis_end", "test_end")]),
        (
            {"test_end": 9, "go_live": 3, "production_needed": 4},
            [("test_end", "go_live"), ("production_needed", "go_live")],
        ),
        ({"production_needed": 1, "test_end": 2, "go_live": 3}, []),
    ],
)
def test_dates_that_run_backwards_are_named_in_pairs(days, pairs):
    assert runs_backwards({key: TODAY + timedelta(days=n) for key, n in days.items()}) == pairs
