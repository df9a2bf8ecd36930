"""Dates in words, and the numbers behind the pictures."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.template import Context, Template
from django.utils import timezone

from golive.pages.dates import moment_words, relative_words, weekday_words
from golive.pages.icons import HEROICONS, OWN, icon_svg
from golive.pages.pictures import Station, clock_of, journey_of, percent_of
from golive.pages.timeline import Milestone, months_of, placer, span_of, timeline_of

TODAY = date(2026, 11, 23)


def drawn(source: str, **context) -> str:
    return Template("{% load golive %}" + source).render(Context(context))


@pytest.mark.parametrize("word", [*HEROICONS, *OWN])
def test_every_icon_is_a_silent_picture_without_style(word: str) -> None:
    svg = icon_svg(word)

    assert svg.startswith("<svg")
    assert 'aria-hidden="true"' in svg
    assert 'class="icon"' in svg
    assert "style=" not in svg


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(KeyError):
        icon_svg("nonsense")


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "in 1 day"), (49, "in 49 days"), (-1, "1 day ago"), (-3, "3 days ago")]
)
def test_a_day_is_told_from_today(days: int, words: str) -> None:
    assert relative_words(TODAY + timedelta(days=days), TODAY) == words


def test_a_day_has_its_weekday() -> None:
    assert weekday_words(date(2026, 11, 4)) == "Wed 4 Nov 2026"


def test_a_moment_is_told_in_the_zone_of_the_reader() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    with timezone.override("Europe/Oslo"):
        assert moment_words(late, TODAY) == "today, 00:30"
    with timezone.override("UTC"):
        assert moment_words(late, TODAY) == "22 Nov 2026, 23:30"


def test_a_missing_date_says_so() -> None:
    assert "no date" in drawn("{% dated day %}", day=None)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY + timedelta(days=49), "<b>49</b> days to go-live"),
        (TODAY + timedelta(days=1), "<b>1</b> day to go-live"),
        (TODAY - timedelta(days=2), "<b>2</b> days since go-live"),
    ],
)
def test_the_countdown_counts_both_ways(day: date, words: str) -> None:
    assert words in drawn("{% countdown day today %}", day=day, today=TODAY)


@pytest.mark.parametrize(("done", "total", "percent"), [(0, 0, 0), (1, 3, 33), (85, 92, 92), (7, 7, 100)])
def test_a_meter_is_as_long_as_what_is_done(done: int, total: int, percent: int) -> None:
    assert percent_of(done, total) == percent
    assert f"{done} of {total}" in drawn("{% meter done total %}", done=done, total=total)


@pytest.mark.parametrize(("used", "full"), [(0, 0), (2, 2), (3, 3), (5, 3)])
def test_a_clock_has_one_tick_a_promised_day(used: int, full: int) -> None:
    clock = clock_of(used, 3, text="", strong="", tone="mute", paused=False)

    assert len(clock.ticks) == 3
    assert [kind for kind, _ in clock.ticks].count("used") == full


def test_the_journey_folds_what_is_still_to_come() -> None:
    states = ["done", "done", "now", "later", "later", "goal"]
    stations = [Station(f"S{n}", state) for n, state in enumerate(states, 1)]

    journey = journey_of(stations)

    assert [station.name for station in journey.near] == ["S1", "S2", "S3"]
    assert [station.name for station in journey.later] == ["S4", "S5", "S6"]
    assert (journey.start, journey.next_name) == (4, "S4")


def test_a_journey_that_is_over_has_nothing_to_fold() -> None:
    html = drawn("{% journey stations %}", stations=[Station("Date set", "done"), Station("Live", "done")])

    assert "<details" not in html
    assert html.count("<li") == 2


def test_the_present_station_is_told_to_a_screen_reader() -> None:
    assert 'data-state="now" aria-current="step"' in drawn("{% journey s %}", s=[Station("Checklist", "now")])


# --- timeline --------------------------------------------------------------------------------------------------------
def milestones(*days: int) -> list[Milestone]:
    return [Milestone(f"Milestone number {n}", TODAY + timedelta(days=day)) for n, day in enumerate(days)]


def test_labels_on_one_row_never_cover_each_other() -> None:
    timeline = timeline_of(milestones(0, 3, 9, 40, 41, 120), TODAY)

    for row in {mark.row for mark in timeline.marks}:
        reaches = [mark.reach for mark in timeline.marks if mark.row == row]
        assert all(left[1] < right[0] for left, right in pairwise(reaches))


def test_labels_stay_inside_the_drawing() -> None:
    timeline = timeline_of(milestones(-200, 0, 400), TODAY)

    assert all(mark.reach[0] >= 0 and mark.reach[1] <= 1180 for mark in timeline.marks)


def test_a_timeline_without_milestones_shows_today() -> None:
    timeline = timeline_of([], TODAY)

    assert timeline.marks == ()
    assert timeline.today_label == "Today, 23 Nov"


@pytest.mark.parametrize("years", [1, 3, 9])
def test_months_of_a_long_plan_are_thinned(years: int) -> None:
    first, last = span_of([TODAY, TODAY + timedelta(days=365 * years)])

    months = list(months_of(first, last, placer(first, last)))

    assert 5 <= len(months) <= 15


def test_a_timeline_says_everything_in_words_too() -> None:
    one = Milestone("Go-live", date(2027, 1, 11), sub="in 49 days", tone="accent", icon="flag", word="On plan")

    html = drawn("{% timeline milestones today %}", milestones=[one], today=TODAY)

    assert "<b>Go-live</b><span>11 Jan 2027, in 49 days</span>" in html
    assert "On plan" in html
    assert 'role="img"' in html
