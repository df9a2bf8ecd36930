"""What engineers do with a request, who talks about it, and the estimates that it is sized from."""

import pytest

from projects.portfolio.actions.projects import know
from projects.production.actions.clearing import (
    add_estimate,
    deactivate_estimate,
)
from projects.production.actions.requesting import (
    configure_production,
)
from projects.production.actions.serving import (
    comment_on_request,
    deny_request,
    deploy_request,
    fail_deployment,
    retry_deployment,
    start_service_request,
)
from tests.projects.production.ways import (
    MANAGED,
    VALUES,
    active_estimate,
    codes_of,
    gate_project,
    letters,
    now,
    request_of,
    signed_off,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet(settings):
    settings.REDIS_URL = ""


# --- engineers ---------------------------------------------------
def test_denial_keeps_the_values_and_tells_the_reason():
    cast = gate_project(MANAGED, cleared=True)
    service = signed_off(cast)

    deny_request(service, by=cast.engineer, because="Other data centre than the sandboxes", at=now())

    service.refresh_from_db()
    ended, draft = service.request, request_of(cast.project)
    assert (service.state, ended.state, draft.state) == ("denied", "denied", "draft")
    assert ended.because == "Other data centre than the sandboxes"
    assert draft.version == "10.0.42"
    assert cast.owner.email in letters("request_denied")


def test_a_failed_deployment_is_tried_again_only_while_it_is_cleared():
    cast = gate_project(MANAGED, cleared=True)
    service = signed_off(cast)
    deploy_request(service, by=cast.engineer, at=now())
    fail_deployment(service, by=cast.engineer, because="No quota", at=now())
    know(cast.project, open_gate_phases=["test"])

    assert codes_of(retry_deployment, service, by=cast.engineer, at=now()) == ["phases_open"]
    know(cast.project, open_gate_phases=[])
    retry_deployment(service, by=cast.engineer, at=now())

    assert request_of(cast.project).state == "deploying"


@pytest.mark.parametrize("wrong", ["owner", "member", "architect", "lead", "partner_member"])
def test_only_engineers_work_on_requests(wrong):
    cast = gate_project(MANAGED, cleared=True)
    service, person = signed_off(cast), getattr(cast, wrong)

    for act, more in ((start_service_request, {}), (deploy_request, {}), (deny_request, {"because": "x"})):
        assert codes_of(act, service, by=person, at=now(), **more) == ["not_engineer"]


def test_a_comment_goes_to_the_other_side():
    cast = gate_project(MANAGED, cleared=True)
    service = signed_off(cast)

    comment_on_request(service, text="Is the batch load right?", by=cast.engineer, at=now())
    asked = letters("request_commented")
    comment_on_request(service, text="Yes.", by=cast.member, at=now())

    assert cast.engineer.email not in asked
    assert asked == {person.email for person in (cast.owner, cast.member, cast.viewer, cast.partner_member)}
    assert letters("request_commented") - asked == {cast.engineer.email}
    assert codes_of(comment_on_request, service, text="x", by=cast.viewer, at=now()) == ["not_of_request"]


# --- estimates ---------------------------------------------------
def test_one_estimate_is_active_and_the_gate_follows():
    cast = gate_project(cleared=True, estimate=False)
    first = active_estimate(cast)
    second = active_estimate(cast, "Second")

    first.refresh_from_db()
    assert (first.active, second.active) == (False, True)
    deactivate_estimate(second, by=cast.owner, at=now())
    assert "no_active_estimate" in codes_of(configure_production, cast.project, VALUES, by=cast.owner, at=now())


@pytest.mark.parametrize("wrong", ["member", "viewer", "architect", "engineer"])
def test_only_owner_and_environment_manager_keep_estimates(wrong):
    cast = gate_project()

    refused = codes_of(add_estimate, cast.project, name="x", user_count=1, by=getattr(cast, wrong), at=now())

    assert refused == ["not_environment_manager"]
