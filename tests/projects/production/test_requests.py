"""The request from its values to deployment: what each act does, holds, releases and tells."""

from datetime import timedelta

import pytest

from golive.audit.models import AuditRow
from golive.letters.models import LetterRow
from golive.outbox.drain import drain
from golive.outbox.models import Outbox
from golive.programme.queries import number
from projects.checklist.models.checklist import Checklist
from projects.methodology.actions.phases import complete_phase, reopen_phase
from projects.plan.actions.milestones import set_milestones
from projects.portfolio.actions.people import add_member
from projects.portfolio.actions.projects import know
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import go_live_of
from projects.production.actions.clearing import (
    activate_estimate,
    add_estimate,
    deactivate_estimate,
    restore_clearance,
    suspend_clearance,
    withdraw_clearance,
)
from projects.production.actions.requesting import (
    clear_sign_off,
    configure_production,
    sign_off_request,
    withdraw_request,
)
from projects.production.actions.serving import (
    deploy_released,
    deploy_request,
    fail_deployment,
    finish_deployment,
    retry_deployment,
    start_service_request,
)
from projects.production.models.clearance import Clearance
from projects.production.models.request import VALUES as NAMES
from projects.production.models.request import ServiceRequest
from projects.production.queries.gate import gate_facts
from projects.production.rules.gate import environment, is_held
from projects.production.rules.preflight import flags
from projects.production.tasks import deploy_self_service, finish_self_service, weigh_request_again
from tests.builders import make_user
from tests.builders_projects import Cast, reload, submitted_project
from tests.projects.production.ways import (
    MANAGED,
    SELF_SERVICE,
    VALUES,
    active_estimate,
    clear,
    codes_of,
    configured,
    drained,
    facts_of,
    gate_project,
    kinds,
    letters,
    now,
    request_of,
    signed_off,
    standing,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet(settings):
    settings.REDIS_URL = ""


# --- the whole way, along the legal acts ---------------------------------------------------
@pytest.mark.req("S1-12", "S1-14", "S1-30", "S1-58")
def test_self_service_goes_from_passed_review_to_deployed_without_another_hand():
    cast = submitted_project(infrastructure=SELF_SERVICE)
    active_estimate(cast)
    assert codes_of(configure_production, cast.project, VALUES, by=cast.owner, at=now()) == ["no_clearance"]

    clear(cast)
    configured(cast)
    service = sign_off_request(cast.project, by=cast.owner, at=now()).service_request
    assert request_of(cast.project).released_at is not None
    drained()
    assert request_of(cast.project).state == "deploying"
    drained(now() + timedelta(minutes=number("deployment_self_service") + 1))

    service.refresh_from_db()
    assert (request_of(cast.project).state, service.state) == ("done", "finished")
    assert standing(cast).request_state == "done"
    assert not AuditRow.objects.filter(act="production.deployed").exclude(actor=None).exists()


@pytest.mark.req("S1-52", "S1-41", "S1-11")
def test_an_early_managed_request_waits_for_the_review_and_goes_on_with_it():
    cast = submitted_project(infrastructure=MANAGED)
    active_estimate(cast)
    configured(cast)
    assert codes_of(sign_off_request, cast.project, by=cast.owner, at=now()) == ["confirm_early"]

    service = sign_off_request(cast.project, by=cast.owner, at=now(), confirmed_early=True).service_request
    start_service_request(service, by=cast.engineer, at=now())
    assert is_held(facts_of(cast))
    assert codes_of(deploy_request, service, by=cast.engineer, at=now()) == ["no_clearance"]

    clear(cast)
    deploy_request(service, by=cast.engineer, at=now())
    finish_deployment(service, by=cast.engineer, at=now())

    assert request_of(cast.project).state == "done"
    assert environment(facts_of(cast)) == "deployed"


# --- configure and sign off ---------------------------------------------------
@pytest.mark.req("S1-13")
@pytest.mark.parametrize("infrastructure", [MANAGED, SELF_SERVICE])
def test_customer_and_partner_make_the_request_themselves(infrastructure):
    cast = gate_project(infrastructure, cleared=True)
    add_member(cast.project, user=cast.partner_member, by=cast.owner, at=now(), access="environment_manager")

    configure_production(cast.project, VALUES, by=cast.partner_member, at=now())
    request = sign_off_request(cast.project, by=cast.partner_member, at=now())

    assert request.signed_off_by == cast.partner_member
    for outsider in (cast.member, cast.viewer, cast.architect, cast.lead, cast.engineer):
        refused = codes_of(configure_production, cast.project, VALUES, by=outsider, at=now())
        assert refused[0] == "not_environment_manager"


def test_a_draft_is_saved_with_holes_and_signed_off_only_whole():
    cast = gate_project(cleared=True)
    configure_production(cast.project, {"data_centre": "North Europe"}, by=cast.owner, at=now())

    assert codes_of(sign_off_request, cast.project, by=cast.owner, at=now()) == ["values_missing"]
    configured(cast)
    assert sign_off_request(cast.project, by=cast.owner, at=now()).state == "queued"


@pytest.mark.req("S1-63")
def test_from_the_sign_off_on_the_team_changes_nothing():
    cast = gate_project(MANAGED, cleared=True)
    signed_off(cast)

    assert codes_of(configure_production, cast.project, VALUES, by=cast.owner, at=now()) == ["request_queued"]
    assert codes_of(add_estimate, cast.project, name="x", user_count=1, by=cast.owner, at=now()) == ["estimate_locked"]
    assert request_of(cast.project).signed_off_by == cast.owner
    assert AuditRow.objects.filter(act="request.signed_off", actor=cast.owner).count() == 1


@pytest.mark.req("S1-67")
def test_a_sign_off_makes_a_service_request_that_engineers_find():
    cast = gate_project(MANAGED, cleared=True)
    assert list(ServiceRequest.objects.visible_to(cast.engineer)) == []

    service = signed_off(cast)

    assert (service.number, service.state, service.previous) == (1, "requested", None)
    assert list(ServiceRequest.objects.visible_to(cast.engineer)) == [service]
    assert list(ServiceRequest.objects.visible_to(cast.stranger)) == []


def test_a_sign_off_is_told_to_the_team_and_on_managed_to_the_engineers():
    cast = gate_project(MANAGED, cleared=True)
    idle = make_user("Gone", is_engineer=True, is_active=False, organisation=cast.engineer.organisation)

    signed_off(cast)

    team = {person.email for person in (cast.owner, cast.member, cast.viewer, cast.partner_member)}
    assert letters("request_signed_off") == team | {cast.engineer.email}
    assert letters("request_released") == team | {cast.engineer.email}
    assert idle.email not in letters("request_signed_off")


def test_on_self_service_no_engineer_is_written_to():
    cast = gate_project(cleared=True)

    signed_off(cast)

    assert cast.engineer.email not in letters("request_signed_off") | letters("request_released")


def test_the_letter_of_a_held_request_says_why():
    cast = gate_project(MANAGED)

    signed_off(cast)

    words = LetterRow.objects.filter(letter="request_signed_off").first().words
    assert words["state"] == "held"
    assert words["because"].startswith("the go-live review")
    assert letters("request_released") == set()


# --- clear sign-off ---------------------------------------------------
@pytest.mark.req("S1-54", "S1-55")
@pytest.mark.parametrize("infrastructure", [MANAGED, SELF_SERVICE])
def test_clear_sign_off_leads_back_to_configure_with_every_value(infrastructure):
    cast = gate_project(infrastructure, cleared=True)
    signed_off(cast)

    clear_sign_off(cast.project, by=cast.owner, at=now(), because="Another data centre")

    draft = request_of(cast.project)
    assert environment(facts_of(cast)) == "configure"
    assert draft.state == "draft"
    assert {name: getattr(draft, name) for name in NAMES} == VALUES
    assert (draft.signed_off_at, draft.signed_off_by) == (None, None)
    changed = configure_production(cast.project, {"data_centre": "Norway East"}, by=cast.owner, at=now())
    assert changed.data_centre == "Norway East"


@pytest.mark.req("S1-70")
def test_clearing_leaves_no_orphan():
    cast = gate_project(MANAGED, cleared=True)
    first = signed_off(cast)
    start_service_request(first, by=cast.engineer, at=now())

    clear_sign_off(cast.project, by=cast.owner, at=now())
    second_estimate = add_estimate(cast.project, name="Second", user_count=200, by=cast.owner, at=now())
    activate_estimate(second_estimate, by=cast.owner, at=now())
    second = sign_off_request(cast.project, by=cast.owner, at=now()).service_request

    first.refresh_from_db()
    assert (first.state, first.request.state) == ("cancelled", "signoff_cleared")
    assert (second.number, second.previous, second.state) == (2, first, "requested")
    assert codes_of(deactivate_estimate, second_estimate, by=cast.owner, at=now()) == ["estimate_locked"]


@pytest.mark.req("S1-56")
def test_once_deploying_nothing_is_taken_back():
    cast = gate_project(MANAGED, cleared=True)
    service = signed_off(cast)
    deploy_request(service, by=cast.engineer, at=now())

    assert codes_of(clear_sign_off, cast.project, by=cast.owner, at=now()) == ["not_queued"]
    assert codes_of(withdraw_request, cast.project, by=cast.owner, at=now()) == ["not_queued"]
    assert request_of(cast.project).state == "deploying"


@pytest.mark.parametrize("wrong", ["member", "viewer", "architect", "lead", "engineer"])
def test_the_wrong_side_does_not_clear(wrong):
    cast = gate_project(MANAGED, cleared=True)
    signed_off(cast)

    refused = codes_of(clear_sign_off, cast.project, by=getattr(cast, wrong), at=now())

    assert refused == ["not_environment_manager"]
    assert request_of(cast.project).state == "queued"


def test_a_failed_request_is_withdrawn_and_its_values_are_kept():
    cast = gate_project(MANAGED, cleared=True)
    service = signed_off(cast)
    deploy_request(service, by=cast.engineer, at=now())
    fail_deployment(service, by=cast.engineer, because="No quota", at=now())

    withdraw_request(cast.project, by=cast.owner, at=now())

    service.refresh_from_db()
    assert service.state == "cancelled"
    assert request_of(cast.project).data_centre == "North Europe"
    assert standing(cast).request_state == "withdrawn"


# --- held and released ---------------------------------------------------
@pytest.mark.req("S1-11", "S1-12")
def test_a_passed_review_releases_in_its_own_transaction():
    cast = gate_project(MANAGED)
    signed_off(cast)
    assert request_of(cast.project).released_at is None
    at = now()

    clearance = clear(cast, at=at)

    request = request_of(cast.project)
    assert (request.released_at, request.clearance) == (at, clearance)
    assert kinds().count("request.released") == 1


@pytest.mark.req("S1-12", "S1-53")
def test_self_service_is_enabled_at_once_by_the_clearance():
    cast = gate_project()
    assert environment(facts_of(cast)) == "not_available"

    clear(cast)

    assert environment(facts_of(cast)) == "configure"


@pytest.mark.req("S1-29")
@pytest.mark.parametrize("infrastructure", [MANAGED, SELF_SERVICE])
def test_a_reopened_phase_holds_a_queued_request_until_it_is_complete_again(infrastructure):
    cast = submitted_project(infrastructure=infrastructure)
    active_estimate(cast)
    clear(cast)
    Outbox.objects.all().delete()
    signed_off(cast)
    released = request_of(cast.project).released_at

    reopen_phase(cast.project, "test", by=cast.owner, because="A fault in UAT", at=now())
    Outbox.objects.filter(kind="request.released").delete()  # as if the deploying worker came late
    drained()
    held = request_of(cast.project)
    complete_phase(cast.project, "test", by=cast.owner, at=now())
    Outbox.objects.filter(kind="request.released").delete()
    for _time in ("a row for each hearer", "what they hear"):  # and not what they announce
        drain(limit=Outbox.objects.filter(state="ready").count(), now=now() + timedelta(seconds=5))

    assert released is not None
    assert (held.state, held.released_at) == ("queued", None)
    assert AuditRow.objects.filter(act="request.held").count() == 1
    assert AuditRow.objects.filter(act="request.released").count() == 2


def test_what_is_held_is_not_deployed_by_a_late_worker():
    cast = gate_project(cleared=True)
    signed_off(cast)
    know(cast.project, open_gate_phases=["test"])

    assert deploy_released(cast.project, at=now()) is False
    drained()

    assert request_of(cast.project).state == "queued"


@pytest.mark.parametrize("times", [1, 2])
def test_the_system_deploys_once(times):
    cast = gate_project(cleared=True)
    signed_off(cast)

    answers = [deploy_released(cast.project, at=now()) for _ in range(times)]

    assert answers == [True, False][:times]
    assert kinds().count("deployment.due") == 1
    assert AuditRow.objects.filter(act="production.deploying").count() == 1


def test_a_deployment_that_failed_is_not_ended_by_the_clock_of_its_first_try():
    cast = gate_project(cleared=True)
    service = signed_off(cast)
    began = now()
    deploy_released(cast.project, at=began)
    fail_deployment(service, by=cast.engineer, because="No quota", at=now())
    retry_deployment(service, by=cast.engineer, at=began + timedelta(minutes=20))

    drained(began + timedelta(minutes=31))
    first = request_of(cast.project).state
    drained(began + timedelta(minutes=51))

    assert (first, request_of(cast.project).state) == ("deploying", "done")


def move_go_live(cast: Cast, n: int) -> None:
    day = go_live_of(cast.project) + timedelta(days=n)
    set_milestones(cast.project, {"go_live": day}, by=cast.owner, at=now())


def test_a_go_live_moved_too_far_holds_and_is_said_each_time():
    cast = gate_project(MANAGED, cleared=True)
    signed_off(cast)

    for n in (50, -50, 50):
        move_go_live(cast, n)
        drained()

    assert request_of(cast.project).released_at is None
    assert gate_facts(reload(cast.project)).clearance == "lapsed"
    said = [kind for kind in kinds() if kind.startswith("clearance.")]
    assert said == ["clearance.cover_ended", "clearance.cover_returned", "clearance.cover_ended"]


def test_a_go_live_within_the_tolerance_changes_nothing():
    cast = gate_project(MANAGED, cleared=True)
    signed_off(cast)

    move_go_live(cast, 42)
    drained()

    assert request_of(cast.project).released_at is not None
    assert "clearance.cover_ended" not in kinds()


class Heard:
    """A piece of work as its handler sees it, for running it twice."""

    def __init__(self, **payload):
        self.payload = payload

    def finishing(self):
        return self

    def __enter__(self):
        return None

    def __exit__(self, *_error):
        return False


def test_weighing_twice_gives_the_same_end():
    cast = gate_project(MANAGED, cleared=True)
    signed_off(cast)
    know(cast.project, open_gate_phases=["test"])

    for _ in range(2):
        weigh_request_again(Heard(project=cast.key))

    assert AuditRow.objects.filter(act="request.held").count() == 1
    assert request_of(cast.project).released_at is None


def test_changed_content_ends_the_cover_and_holds_at_once():
    cast = gate_project(MANAGED, cleared=True)
    service = signed_off(cast)

    Checklist.objects.filter(project=cast.project).update(content_hash="c" * 64)

    assert facts_of(cast).clearance == "changed"
    assert codes_of(deploy_request, service, by=cast.engineer, at=now()) == ["no_clearance"]


@pytest.mark.parametrize(("act", "more"), [(suspend_clearance, "suspended"), (withdraw_clearance, "none")])
def test_a_clearance_taken_away_holds_in_the_same_transaction(act, more):
    cast = gate_project(MANAGED, cleared=True)
    signed_off(cast)
    clearance = Clearance.objects.get(project=cast.project)

    act(clearance, because="finding_added", by=None, at=now())

    assert (facts_of(cast).clearance, request_of(cast.project).released_at) == (more, None)
    assert standing(cast).clearance_state == Clearance.objects.get(project=cast.project).state


def test_a_restored_clearance_releases_again():
    cast = gate_project(MANAGED, cleared=True)
    signed_off(cast)
    clearance = Clearance.objects.get(project=cast.project)
    suspend_clearance(clearance, because="finding_added", by=None, at=now())

    restore_clearance(clearance, by=None, at=now())

    assert request_of(cast.project).released_at is not None
    assert LetterRow.objects.filter(letter="request_released", recipient=cast.owner).count() == 2


def test_the_clearance_of_another_project_does_not_count():
    cast, _other = gate_project(), gate_project(name="Another one", cleared=True)

    assert facts_of(cast).clearance == "none"


def test_a_clearance_for_older_content_does_not_count():
    cast = gate_project()

    clear(cast, content_hash="c" * 64)

    assert facts_of(cast).clearance == "changed"


def test_a_draft_after_an_end_keeps_what_was_in_the_standing():
    cast = gate_project(MANAGED, cleared=True)
    signed_off(cast)

    clear_sign_off(cast.project, by=cast.owner, at=now())

    assert standing(cast).request_state == "signoff_cleared"
    assert list(Project.objects.visible_to(cast.engineer)) == [cast.project]


def test_the_facts_cost_two_queries(django_assert_num_queries):
    cast = gate_project(MANAGED, cleared=True)
    signed_off(cast)
    project = reload(cast.project)

    with django_assert_num_queries(2):
        gate_facts(project)


def test_each_handler_run_twice_gives_the_same_end():
    cast = gate_project(cleared=True)
    service = signed_off(cast)
    deploy = Heard(project=cast.key)

    for _ in range(2):
        deploy_self_service(deploy)
    request = request_of(cast.project)
    finish = Heard(project=cast.key, id=request.pk, begun=request.deploying_at.isoformat())
    for _ in range(2):
        finish_self_service(finish)

    service.refresh_from_db()
    assert service.state == "finished"
    for act in ("production.deploying", "production.deployed"):
        assert AuditRow.objects.filter(act=act).count() == 1
    assert LetterRow.objects.filter(letter="production_deployed", recipient=cast.owner).count() == 1


def test_a_deploying_request_is_untouched_by_a_reopened_phase_and_flagged():
    cast = gate_project(MANAGED, cleared=True)
    deploy_request(signed_off(cast), by=cast.engineer, at=now())

    know(cast.project, open_gate_phases=["test"])
    weigh_request_again(Heard(project=cast.key))

    assert request_of(cast.project).state == "deploying"
    assert [reason.code for reason in flags(facts_of(cast))] == ["phases_open"]


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_nothing_moves_on_a_project_at_rest(state):
    cast = gate_project(MANAGED, cleared=True)
    service = signed_off(cast)
    Project.objects.filter(pk=cast.project.pk).update(state=state)

    assert codes_of(clear_sign_off, cast.project, by=cast.owner, at=now()) == ["project_not_active"]
    assert codes_of(deploy_request, service, by=cast.engineer, at=now()) == ["project_not_active"]
    assert deploy_released(cast.project, at=now()) is False
