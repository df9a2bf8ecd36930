"""Two who act on one request at once: the project's lock lets one of them find it as the other left it."""

import threading

import pytest
from django.db import connections
from django.utils import timezone

from golive.core.decision import Refused
from projects.production.actions.clearing import withdraw_clearance
from projects.production.actions.requesting import clear_sign_off, sign_off_request
from projects.production.actions.serving import deploy_released, deploy_request
from projects.production.models.clearance import Clearance
from projects.production.models.request import ServiceRequest
from tests.projects.production.ways import MANAGED, clear, configured, gate_project, request_of, signed_off

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture(autouse=True)
def quiet(settings):
    settings.REDIS_URL = ""


def at_once(*calls):
    """All of them together; tells what each came to."""
    start, answers = threading.Barrier(len(calls)), []

    def run(call):
        start.wait()
        try:
            answers.append(str(call() or "done"))
        except Refused as refused:
            answers.extend(refused.decision.codes)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(answers)


def test_clearing_against_deploying_lets_one_through():
    cast = gate_project(MANAGED, cleared=True)
    service, at = signed_off(cast), timezone.now()

    answers = at_once(
        lambda: clear_sign_off(cast.project, by=cast.owner, at=at) and "cleared",
        lambda: deploy_request(service, by=cast.engineer, at=at) and "deployed",
    )

    assert answers in (["deployed", "not_queued"], ["cleared", "request_state"])


def test_withdrawing_the_clearance_against_deploying_never_deploys_uncleared():
    cast = gate_project(MANAGED, cleared=True)
    service, at = signed_off(cast), timezone.now()
    clearance = Clearance.objects.get()

    answers = at_once(
        lambda: withdraw_clearance(clearance, because="x", by=None, at=at) or "withdrawn",
        lambda: deploy_request(service, by=cast.engineer, at=at) and "deployed",
    )

    assert answers in (["deployed", "withdrawn"], ["no_clearance", "withdrawn"])
    deployed = request_of(cast.project).state == "deploying"
    assert deployed is ("deployed" in answers)


def test_two_sign_offs_make_one_service_request():
    cast = gate_project(cleared=True)
    configured(cast)
    at = timezone.now()

    answers = at_once(*(lambda: sign_off_request(cast.project, by=cast.owner, at=at) and "signed" for _ in range(3)))

    assert answers == ["request_queued", "request_queued", "signed"]
    assert ServiceRequest.objects.count() == 1


def test_the_system_and_a_second_worker_deploy_once():
    cast = gate_project(cleared=True)
    signed_off(cast)
    at = timezone.now()

    answers = at_once(*(lambda: deploy_released(cast.project, at=at) and "began" for _ in range(3)))

    assert answers == ["began", "done", "done"]


def test_a_clearance_against_a_sign_off_leaves_nothing_unreleased():
    cast = gate_project(MANAGED)
    configured(cast)
    at = timezone.now()

    at_once(
        lambda: clear(cast) and "granted",
        lambda: sign_off_request(cast.project, by=cast.owner, at=at, confirmed_early=True) and "signed",
    )

    assert request_of(cast.project).released_at is not None
