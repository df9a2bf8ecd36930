"""T23: two acts that contradict each other at the same moment. Whatever the order, no illegal state is left behind.

Each act pauses between being allowed and being done, so that both would be allowed if the project row were not locked.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from golive.audit.models import AuditRow
from golive.audit.queries import verify_all
from golive.proofs import false_standing
from projects.checklist.actions import answering, rounds
from projects.checklist.models.answers import Answer
from projects.checklist.models.checklist import Checklist
from projects.checklist.models.submission import Submission
from projects.checklist.rules.answers import read_answer
from projects.checklist.rules.catalogue import catalogue
from projects.production.actions import requesting, serving
from projects.production.models.clearance import Clearance
from projects.production.models.request import ProductionRequest
from reviews.assessment.actions import mitigating, reviewing
from reviews.assessment.models import Finding, Review
from reviews.conclusion import actions as conclusion
from reviews.conclusion.models import Conclusion
from reviews.conclusion.queries import seal_of
from tests.builders_projects import Cast, reload
from tests.races.crowd import Act, all_at_once, locking_all_but_projects, slowly, told
from tests.races.stages import MANAGED, WORDS, concluded, reported, signed_off, submitted
from tests.scale import times

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture(autouse=True)
def slow_decisions(monkeypatch) -> None:
    for module in (answering, rounds, requesting, serving, mitigating, reviewing, conclusion):
        monkeypatch.setattr(module, "require", slowly(module.require))


# --- the pairs: a project, two acts, and what must not be found afterwards -------------------------------------------
Pair = tuple[Cast, Act, Act, Callable[[], Any]]


def conclude_or_add_a_finding() -> Pair:
    """A sign-off never stands over a finding that its signer has not seen."""
    cast = submitted()
    review = reported(cast)
    seen = seal_of(review).review_hash

    def unseen() -> bool:
        found = Finding.objects.filter(review=review, state="draft").exists()
        stands = Clearance.objects.filter(project=cast.project, state="stands").exists()
        return found and (stands or Review.objects.get(pk=review.pk).state == "concluded")

    return (
        cast,
        lambda: conclusion.conclude_review(review, seen=seen, passed=True, by=cast.architect, at=timezone.now()),
        lambda: mitigating.add_finding(review, by=cast.lead, at=timezone.now(), **WORDS),
        unseen,
    )


def conclude_or_reopen() -> Pair:
    """Both may happen: the sign-off is of the round that was sent, and clears it once."""
    cast = submitted()
    review = reported(cast)
    seen = seal_of(review).review_hash

    def not_cleared_once() -> bool:
        given = Conclusion.objects.filter(project=cast.project, submission=review.submission)
        return given.count() != Clearance.objects.filter(project=cast.project).count()

    return (
        cast,
        lambda: conclusion.conclude_review(review, seen=seen, passed=True, by=cast.architect, at=timezone.now()),
        lambda: rounds.reopen_checklist(cast.project, by=cast.owner, because="More.", at=timezone.now()),
        not_cleared_once,
    )


def conclude_or_give_up() -> Pair:
    """A review is signed off, or given up; never both."""
    cast = submitted()
    review = reported(cast)
    seen = seal_of(review).review_hash

    def both() -> bool:
        rows = AuditRow.objects.filter(chain=cast.project.chain)
        return rows.filter(act__in=["review.concluded", "review.withdrawn"]).count() != 1

    return (
        cast,
        lambda: conclusion.conclude_review(review, seen=seen, passed=True, by=cast.architect, at=timezone.now()),
        lambda: reviewing.withdraw_review(review, by=cast.lead, at=timezone.now()),
        both,
    )


def deploy_or_suspend_the_clearance() -> Pair:
    """Nothing enters deploying after its clearance was suspended."""
    cast = submitted(MANAGED)
    review = concluded(cast)
    service = signed_off(cast)

    def deployed_uncleared() -> bool:
        rows = AuditRow.objects.filter(
            chain=cast.project.chain, act__in=["production.deploying", "clearance.suspended"]
        )
        return list(rows.order_by("seq").values_list("act", flat=True)) == [
            "clearance.suspended",
            "production.deploying",
        ]

    return (
        cast,
        lambda: serving.deploy_request(service, by=cast.engineer, at=timezone.now()),
        lambda: mitigating.add_finding(review, by=cast.architect, at=timezone.now(), **WORDS),
        deployed_uncleared,
    )


def deploy_or_clear_the_sign_off() -> Pair:
    """A sign-off is taken back, or deployed; never both."""
    cast = submitted(MANAGED)
    concluded(cast)
    service = signed_off(cast)

    def both() -> bool:
        rows = AuditRow.objects.filter(chain=cast.project.chain)
        return rows.filter(act__in=["production.deploying", "request.sign_off_cleared"]).count() != 1

    return (
        cast,
        lambda: serving.deploy_request(service, by=cast.engineer, at=timezone.now()),
        lambda: requesting.clear_sign_off(cast.project, by=cast.owner, at=timezone.now()),
        both,
    )


def answer_or_submit() -> Pair:
    """What was submitted is what stands in the checklist while the round is submitted."""
    cast = submitted()
    rounds.reopen_checklist(cast.project, by=cast.owner, because="More.", at=timezone.now())
    row = Answer.objects.get(checklist__project=cast.project, question="PF-12")
    content = read_answer(catalogue().question("PF-12"), {"value": "70"}, today=timezone.localdate())

    def not_what_was_sent() -> bool:
        checklist = Checklist.objects.get(project=cast.project)
        newest = Submission.objects.filter(project=cast.project).latest("pk")
        return newest.round.number == 2 and newest.content_hash != checklist.content_hash

    return (
        cast,
        lambda: answering.save_answer(
            cast.project, "PF-12", content, revision=row.revision, by=cast.member, at=timezone.now()
        ),
        lambda: rounds.submit_checklist(cast.project, by=cast.owner, at=timezone.now()),
        not_what_was_sent,
    )


PAIRS = [
    conclude_or_add_a_finding,
    conclude_or_reopen,
    conclude_or_give_up,
    deploy_or_suspend_the_clearance,
    deploy_or_clear_the_sign_off,
    answer_or_submit,
]


@pytest.mark.parametrize("pair", PAIRS)
def test_no_illegal_state_is_left_behind(pair):
    for turn in range(times(20)):
        cast, one, other, illegal = pair()

        answers = all_at_once([one, other] if turn % 2 else [other, one])

        assert [told(answer) for answer in answers].count("done") >= 1
        assert not illegal()
        assert not ProductionRequest.objects.filter(state="deploying", clearance=None).exists()
        assert reload(cast.project).standing
        assert list(false_standing()) == []
        assert list(verify_all()) == []


# --- the positive control: these tests see the race when the lock is gone --------------------------------------------
@pytest.fixture
def no_lock(monkeypatch) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", locking_all_but_projects())


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time, with or without our lock")
@pytest.mark.parametrize("pair", [answer_or_submit, conclude_or_add_a_finding])
def test_without_the_lock_the_race_is_seen(no_lock, pair):
    assert connection.vendor == "postgresql"

    for _turn in range(10):
        _cast, one, other, illegal = pair()
        all_at_once([one, other])
        if illegal():
            return
    pytest.fail("Ten times nothing illegal was left behind: this test could not fail.")
