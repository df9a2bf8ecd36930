"""T22: eight clients decide the same thing at once. One does; the others are told by a 409 who did, and when."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from golive.accounts.models import User
from golive.audit.models import AuditRow
from golive.audit.queries import verify_all
from projects.checklist.models.submission import Submission
from projects.portfolio.actions.people import add_member
from projects.production.models.request import ServiceRequest
from reviews.assessment.models import Review
from reviews.conclusion.models import Conclusion
from reviews.conclusion.queries import seal_of
from tests.builders import make_user
from tests.builders_projects import Cast
from tests.races.crowd import CLIENTS, Answer, all_at_once, asked, caller
from tests.races.stages import MANAGED, configured, more_leads, reported, submitted
from tests.scale import times

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
Scene = Callable[[], tuple[Cast, list[Callable[[], Answer]], Callable[[], int]]]


def taking():
    """Eight architects take the same submission from the inbox."""
    cast = submitted()
    submission = Submission.objects.get(project=cast.project)
    people = more_leads(cast, CLIENTS)
    calls = [asked(caller(person), reverse("api_reviews"), {"submission": str(submission.uid)}) for person in people]
    return cast, calls, Review.objects.filter(project=cast.project).count


def signing_off_the_review():
    """Eight leads have the same page open and press the button."""
    cast = submitted()
    review = reported(cast)
    url = reverse("api_review_conclude", kwargs={"uid": review.uid})
    said = {"review_hash": seal_of(review).review_hash, "passed": True}
    calls = [asked(caller(person), url, said) for person in more_leads(cast, CLIENTS)]
    return cast, calls, Conclusion.objects.filter(project=cast.project).count


def environment_managers(cast: Cast) -> list[User]:
    people = [make_user(f"Manager {n}", organisation=cast.owner.organisation) for n in range(CLIENTS)]
    for person in people:
        add_member(cast.project, user=person, by=cast.owner, at=timezone.now(), access="environment_manager")
    return people


def signing_off_the_request():
    """Eight environment managers sign off the same draft, early."""
    cast = submitted(MANAGED)
    configured(cast)
    url = reverse("api_production_sign_off", kwargs={"key": cast.key})
    calls = [asked(caller(person), url, {"confirm_early": True}) for person in environment_managers(cast)]
    return cast, calls, ServiceRequest.objects.filter(project=cast.project).count


DECISIONS = {
    taking: "review.taken",
    signing_off_the_review: "review.concluded",
    signing_off_the_request: "request.signed_off",
}


@pytest.mark.parametrize("scene", DECISIONS)
def test_one_of_eight_decides_and_the_others_are_told_who_and_when(scene):
    for _round in range(times(20)):
        cast, calls, decided = scene()

        answers = all_at_once(calls)

        winners = [answer for answer in answers if answer.status in (200, 201)]
        losers = [answer for answer in answers if answer not in winners]
        assert (len(winners), {answer.status for answer in losers}) == (1, {409}), answers
        assert decided() == 1
        row = AuditRow.objects.get(chain=cast.project.chain, act=DECISIONS[scene])
        assert row.actor == winners[0].by
        for loser in losers:
            assert row.actor.name in loser.detail
            assert f"{row.at:%H:%M}" in loser.detail
    assert list(verify_all()) == []
