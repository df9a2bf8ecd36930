"""Every state against every verb, in the machine and in the database."""

from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from golive.core.guards import named_constraint
from reviews.assessment.models import Finding, Review
from reviews.assessment.states import FINDING_MOVES, REVIEW_MOVES, FindingState, ReviewState
from tests.reviews.ways import found, taken

pytestmark = pytest.mark.django_db
AT = timezone.now()
REVIEW_VERBS: dict[str, tuple[str, dict[str, Any]]] = {
    "deliver_report": ("report_delivered", {"at": AT}),
    "await_mitigation": ("mitigation", {}),
    "look_again": ("in_review", {}),
    "conclude": ("concluded", {"outcome": "ready", "at": AT}),
    "suspend": ("suspended", {}),
    "confirm_again": ("concluded", {"outcome": "ready", "at": AT}),
    "withdraw": ("withdrawn", {}),
}
REVIEW_SOURCES = {
    "deliver_report": {"in_review"},
    "await_mitigation": {"report_delivered"},
    "look_again": {"report_delivered", "mitigation"},
    "conclude": {"in_review", "report_delivered", "mitigation"},
    "suspend": {"concluded"},
    "confirm_again": {"suspended"},
    "withdraw": {"in_review", "report_delivered", "mitigation", "suspended"},
}
OPENED = {"open", "mitigation_requested", "plan_submitted", "plan_accepted"}
FINDING_VERBS: dict[str, tuple[set[str], str, dict[str, Any]]] = {
    "open": ({"draft"}, "open", {"at": AT}),
    "request_mitigation": ({"open"}, "mitigation_requested", {}),
    "submit_plan": ({"mitigation_requested"}, "plan_submitted", {}),
    "accept_plan": ({"plan_submitted"}, "plan_accepted", {}),
    "return_plan": ({"plan_submitted"}, "mitigation_requested", {}),
    "confirm_done": ({"plan_accepted"}, "mitigated", {}),
    "accept_risk": (OPENED, "accepted_by_customer", {"by": None, "because": "x", "until": None}),
    "dismiss": ({"draft"} | OPENED, "dismissed", {"because": "x"}),
}


@pytest.mark.parametrize(("state", "verb"), list(product(ReviewState.values, REVIEW_VERBS)))
def test_a_review_moves_along_its_table_only(state, verb):
    target, words = REVIEW_VERBS[verb]
    review = Review(state=state)

    if state in REVIEW_SOURCES[verb]:
        getattr(review, verb)(**words)
        assert review.state == target
        assert (state, target) in REVIEW_MOVES
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(review, verb)(**words)


@pytest.mark.parametrize(("state", "verb"), list(product(FindingState.values, FINDING_VERBS)))
def test_a_finding_moves_along_its_table_only(state, verb):
    sources, target, words = FINDING_VERBS[verb]
    finding = Finding(state=state)

    if state in sources:
        getattr(finding, verb)(**words)
        assert finding.state == target
        assert (state, target) in FINDING_MOVES
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(finding, verb)(**words)


def refused_by(table: str, pk: int, state: str, extra: str = "") -> str | None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{table}" SET "state" = %s{extra} WHERE "id" = %s', [state, pk])
    except IntegrityError as error:
        return named_constraint(error)
    return None


def paths(moves: set[tuple[str, str]], start: str) -> dict[str, list[str]]:
    """A legal way from the start to each state."""
    known, todo = {start: [start]}, [start]
    while todo:
        here = todo.pop(0)
        for source, target in sorted(moves):
            if source == here and target not in known:
                known[target] = [*known[here], target]
                todo.append(target)
    return known


@pytest.mark.parametrize("state", ReviewState.values)
def test_the_database_refuses_every_illegal_move_of_a_review(state):
    _, review = taken()
    outcome = ', "outcome" = \'ready\', "concluded_at" = "taken_at"'
    for each in paths(REVIEW_MOVES, "in_review")[state][1:]:
        assert refused_by("reviews_review", review.pk, each, outcome) is None

    illegal = [each for each in ReviewState.values if each != state and (state, each) not in REVIEW_MOVES]

    assert {refused_by("reviews_review", review.pk, each, outcome) for each in illegal} == {"review_moves"}


@pytest.mark.parametrize("state", FindingState.values)
def test_the_database_refuses_every_illegal_move_of_a_finding(state):
    cast, review = taken()
    finding = found(cast, review, opened=False)
    words = f', "because" = \'x\', "accepted_until" = \'2030-01-01\', "accepted_by_id" = {cast.owner.pk}'
    for each in paths(FINDING_MOVES, "draft")[state][1:]:
        assert refused_by("reviews_finding", finding.pk, each, words) is None

    illegal = [each for each in FindingState.values if each != state and (state, each) not in FINDING_MOVES]

    assert {refused_by("reviews_finding", finding.pk, each, words) for each in illegal} == {"finding_moves"}


def test_the_database_passes_no_review_with_an_open_critical():
    cast, review = taken()
    found(cast, review, "critical")

    passed = ', "outcome" = \'ready\', "concluded_at" = "taken_at"'

    assert refused_by("reviews_review", review.pk, "concluded", passed) == "review_passes_without_critical"
    assert refused_by("reviews_review", review.pk, "concluded", passed.replace("ready", "not_ready")) is None


def test_a_finding_is_never_deleted():
    cast, review = taken()
    finding = found(cast, review)

    with pytest.raises(IntegrityError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute('DELETE FROM "reviews_finding" WHERE "id" = %s', [finding.pk])

    assert named_constraint(error.value) == "finding_kept" or "finding" in str(error.value)
