"""The doors of production: page and API say the same, strangers see nothing, a page costs the same with fifty rows."""

import itertools
import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.production.actions.clearing import add_estimate
from projects.production.actions.requesting import clear_sign_off
from projects.production.actions.serving import comment_on_request, deploy_request, fail_deployment
from projects.production.models.clearance import Estimate
from projects.production.models.request import ProductionRequest, RequestComment, ServiceRequest
from tests.builders import client_of
from tests.builders_projects import Cast
from tests.projects.production.ways import (
    MANAGED,
    SELF_SERVICE,
    VALUES,
    configured,
    days,
    gate_project,
    request_of,
    signed_off,
)

pytestmark = pytest.mark.django_db
_keys = itertools.count(1)
PAGE = {"configure": VALUES, "sign_off": {}, "clear_sign_off": {}, "withdraw": {}}


@pytest.fixture(autouse=True)
def quiet(settings):
    settings.REDIS_URL = ""


def url(name: str, cast: Cast, **more) -> str:
    return reverse(name, kwargs={"key": cast.key, **more})


def call(client: Client, address: str, body: dict | None = None, *, method: str = "post"):
    headers = {"Idempotency-Key": f"key-{next(_keys)}"}
    return getattr(client, method)(address, json.dumps(body or {}), content_type="application/json", headers=headers)


def codes_in(answer) -> list[str]:
    return [reason["code"] for reason in answer.json()["reasons"]]


TABLE = list(itertools.product([MANAGED, SELF_SERVICE], [True, False], [True, False], [True, False]))


def expected_codes(infrastructure: str, phases: bool, passed: bool, estimate: bool) -> list[str]:
    codes = [] if phases else ["phases_open"]
    codes += [] if estimate else ["no_active_estimate"]
    return codes + (["no_clearance"] if infrastructure == SELF_SERVICE and not passed else [])


@pytest.mark.req("S1-14", "S1-29", "S1-30", "S1-53")
@pytest.mark.parametrize(("infrastructure", "phases", "passed", "estimate"), TABLE)
def test_configure_by_both_doors(infrastructure, phases, passed, estimate):
    cast = gate_project(infrastructure, phases=phases, cleared=passed, estimate=estimate)
    client, codes = client_of(cast.owner), expected_codes(infrastructure, phases, passed, estimate)

    shown = client.get(url("api_production", cast)).json()["actions"]["configure"]
    called = call(client, url("api_production_configure", cast), VALUES)
    ProductionRequest.objects.all().delete()
    posted = client.post(url("production_configure", cast), VALUES)

    assert shown["allowed"] is (codes == [])
    assert [reason["code"] for reason in shown["reasons"]] == codes
    assert called.status_code == (409 if codes else 200)
    assert posted.status_code == (409 if codes else 302)
    if codes:
        assert codes_in(called) == codes
    assert ProductionRequest.objects.count() == (0 if codes else 1)


@pytest.mark.req("S1-52", "S1-53", "S1-58")
@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize("passed", [True, False])
@pytest.mark.parametrize("infrastructure", [MANAGED, SELF_SERVICE])
def test_sign_off_by_the_api(infrastructure, passed, confirmed):
    cast = gate_project(infrastructure, cleared=passed)
    draft(cast)
    early = infrastructure == MANAGED and not passed

    answer = call(client_of(cast.owner), url("api_production_sign_off", cast), {"confirm_early": confirmed})

    if infrastructure == SELF_SERVICE and not passed:
        assert codes_in(answer) == ["no_clearance"]
    elif early and not confirmed:
        assert codes_in(answer) == ["confirm_early"]
    else:
        assert answer.json()["environment"] == "queued"
        assert [reason["code"] for reason in answer.json()["held"]] == (["no_clearance"] if early else [])


@pytest.mark.req("S1-52", "S1-53")
@pytest.mark.parametrize("said", [{"confirm_early": "on"}, {}])
@pytest.mark.parametrize("infrastructure", [MANAGED, SELF_SERVICE])
def test_an_early_sign_off_by_the_page(infrastructure, said):
    cast = gate_project(infrastructure)
    draft(cast)

    answer = client_of(cast.owner).post(url("production_sign_off", cast), said)

    accepted = infrastructure == MANAGED and bool(said)
    assert answer.status_code == (302 if accepted else 409)
    assert request_of(cast.project).state == ("queued" if accepted else "draft")


def draft(cast: Cast) -> None:
    """A whole draft, also where the gate would not let one be written."""
    ProductionRequest.objects.create(
        project=cast.project,
        infrastructure=cast.project.infrastructure,
        made_at=timezone.now(),
        made_by=cast.owner,
        **VALUES,
    )


def test_sign_off_asks_for_fresh_proof_in_both_doors():
    cast = gate_project(cleared=True)
    configured(cast)
    stale = client_of(cast.owner, fresh=False)

    asked = stale.get(url("production_sign_off", cast))
    posted = stale.post(url("production_sign_off", cast))
    called = call(stale, url("api_production_sign_off", cast))

    assert (asked.status_code, posted.status_code) == (302, 302)
    assert reverse("account_reauthenticate") in posted.headers["Location"]
    assert (called.status_code, called.json()["code"]) == (403, "step_up_needed")
    assert request_of(cast.project).state == "draft"


def test_the_question_says_what_happens_and_who_is_told():
    cast = gate_project(MANAGED)
    configured(cast)

    body = client_of(cast.owner).get(url("production_sign_off", cast)).content.decode()

    for words in ("North Europe", "Letter goes to", cast.partner_member.name, cast.engineer.name, "confirm_early"):
        assert words in body


ACTS = {
    "production_configure": ("api_production_configure", VALUES),
    "production_sign_off": ("api_production_sign_off", {}),
    "production_clear_sign_off": ("api_production_clear_sign_off", {}),
    "production_withdraw": ("api_production_withdraw", {}),
    "estimate_add": ("api_estimates", {"name": "x", "user_count": 5}),
}


@pytest.mark.req("S1-13")
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("who", "status"), [("member", 403), ("viewer", 403), ("architect", 403), ("lead", 403), ("stranger", 404)]
)
def test_the_wrong_person_by_both_doors(act, who, status):
    cast = gate_project(MANAGED, cleared=True)
    signed_off(cast) if "clear" in act or "withdraw" in act else draft(cast)
    client, (api, body) = client_of(getattr(cast, who)), ACTS[act]
    typed = {f"estimate-{name}": value for name, value in body.items()} if act == "estimate_add" else body

    posted, called = client.post(url(act, cast), typed), call(client, url(api, cast), body)

    assert (posted.status_code, called.status_code) == (status, status)
    if status == 403:
        assert codes_in(called)[0] == "not_environment_manager"


GETS = ["production", "production_sign_off", "production_clear_sign_off", "production_withdraw"]


@pytest.mark.parametrize("name", [*GETS, "api_production", "api_estimates"])
def test_a_stranger_sees_no_production(name):
    cast = gate_project(MANAGED, cleared=True)
    signed_off(cast)
    missing = reverse(name, kwargs={"key": "NONE-123"})
    client = client_of(cast.stranger)

    foreign, nothing = client.get(url(name, cast)), client.get(missing)

    assert (foreign.status_code, nothing.status_code) == (404, 404)
    assert client_of(cast.viewer).get(url(name, cast)).status_code == 200


def test_a_stranger_sees_no_service_request():
    cast = gate_project(MANAGED, cleared=True)
    service = signed_off(cast)
    client = client_of(cast.stranger)
    address = url("service_request", cast, number=1)

    assert client.get(address).status_code == 404
    assert client.get(address + "deploy/").status_code == 404
    assert client.post(address + "comment/", {"text": "x"}).status_code == 404
    assert client.get(reverse("api_service_request", kwargs={"uid": service.uid})).status_code == 404
    assert client.get(reverse("api_service_requests")).json()["results"] == []
    assert cast.key not in client.get(reverse("service_requests")).content.decode()


def test_an_engineer_sees_a_project_from_its_first_service_request_on():
    cast = gate_project(MANAGED, cleared=True)
    client = client_of(cast.engineer)
    before = client.get(url("production", cast)).status_code

    signed_off(cast)

    assert (before, client.get(url("production", cast)).status_code) == (404, 200)


def test_nobody_is_asked_to_sign_in_first_by_the_api():
    cast = gate_project()

    assert Client().get(url("api_production", cast)).status_code == 401
    assert Client().get(url("production", cast)).status_code == 302


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("api_production_configure", {"state": "queued"}),
        ("api_production_configure", {"signed_off_at": "2026-01-01T00:00:00Z"}),
        ("api_production_sign_off", {"signed_off_by": 1}),
        ("api_production_clear_sign_off", {"state": "draft"}),
        ("api_estimates", {"name": "x", "user_count": 1, "active": True}),
        ("api_production_configure", {"topology": "enormous"}),
        ("api_production_configure", {"administrator": "nobody"}),
    ],
)
def test_fields_that_are_not_asked_for_are_refused(name, body):
    cast = gate_project(MANAGED, cleared=True)
    configured(cast)

    answer = call(client_of(cast.owner), url(name, cast), body)

    assert answer.status_code == 400
    assert request_of(cast.project).state == "draft"


def test_values_that_cannot_be_are_told_at_the_field():
    cast = gate_project(cleared=True)

    answer = client_of(cast.owner).post(
        url("production_configure", cast), VALUES | {"administrator": "nobody", "version": "1" * 41}
    )

    assert answer.status_code == 422
    assert answer.content.decode().count('aria-invalid="true"') == 2
    assert not ProductionRequest.objects.exists()


@pytest.mark.req("S1-54", "S1-55")
def test_clear_sign_off_by_both_doors():
    for clear_by in ("page", "api"):
        cast = gate_project(MANAGED, cleared=True, name=f"By {clear_by}")
        signed_off(cast)
        client = client_of(cast.owner)

        if clear_by == "page":
            assert "every value kept" in client.get(url("production_clear_sign_off", cast)).content.decode()
            client.post(url("production_clear_sign_off", cast), {"because": "Another data centre"})
        else:
            call(client, url("api_production_clear_sign_off", cast), {"because": "Another data centre"})

        shown = client.get(url("api_production", cast)).json()
        assert shown["environment"] == "configure"
        assert shown["request"]["data_centre"] == "North Europe"
        assert ServiceRequest.objects.get(project=cast.project).request.because == "Another data centre"


@pytest.mark.req("S1-56")
def test_clear_sign_off_of_a_deploying_request_by_both_doors():
    cast = gate_project(MANAGED, cleared=True)
    deploy_request(signed_off(cast), by=cast.engineer, at=timezone.now())
    client = client_of(cast.owner)

    posted = client.post(url("production_clear_sign_off", cast), {})
    called = call(client, url("api_production_clear_sign_off", cast))

    assert (posted.status_code, called.status_code) == (409, 409)
    assert codes_in(called) == ["not_queued"]


# --- the engineer's doors ---------------------------------------------------------------------
@pytest.mark.req("S1-67")
def test_an_engineer_works_through_the_page():
    cast = gate_project(MANAGED, cleared=True)
    signed_off(cast)
    client = client_of(cast.engineer)
    address = url("service_request", cast, number=1)

    assert f"{cast.key}/SR-1" in client.get(reverse("service_requests")).content.decode()
    client.post(address + "start/")
    assert "cannot take the sign-off back" in client.get(address + "deploy/").content.decode()
    client.post(address + "deploy/")
    client.post(address + "fail/", {"because": "No quota"})
    client.post(address + "retry/")
    client.post(address + "finish/")

    service = ServiceRequest.objects.get()
    assert (service.state, service.request.state, service.taken_by) == ("finished", "done", cast.engineer)


def test_an_engineer_works_through_the_api():
    cast = gate_project(MANAGED, cleared=True)
    service = signed_off(cast)
    client = client_of(cast.engineer)

    def act(verb, **body):
        return call(client, reverse("api_service_request_act", kwargs={"uid": service.uid, "verb": verb}), body)

    states = [act("start").json()["state"], act("deploy").json()["request_state"]]
    states += [act("fail", because="No quota").json()["request_state"], act("retry").json()["request_state"]]
    states += [act("finish").json()["state"]]

    assert states == ["in_progress", "deploying", "failed", "deploying", "finished"]
    assert act("explode").status_code == 404
    assert act("deny").status_code == 400
    assert codes_in(act("deny", because="x")) == ["request_state"]


@pytest.mark.req("S1-41", "S1-52")
def test_what_is_held_is_deployed_by_neither_door():
    cast = gate_project(MANAGED)
    service = signed_off(cast)
    client = client_of(cast.engineer)

    posted = client.post(url("service_request_act", cast, number=1, verb="deploy"))
    called = call(client, reverse("api_service_request_act", kwargs={"uid": service.uid, "verb": "deploy"}))

    assert (posted.status_code, called.status_code) == (409, 409)
    assert codes_in(called) == ["no_clearance"]
    assert request_of(cast.project).state == "queued"


@pytest.mark.parametrize("who", ["owner", "member", "viewer", "architect", "lead"])
@pytest.mark.parametrize("verb", ["start", "deploy", "deny", "fail", "finish", "retry"])
def test_only_engineers_pass_the_engineers_doors(who, verb):
    cast = gate_project(MANAGED, cleared=True)
    service = signed_off(cast)
    client, body = client_of(getattr(cast, who)), {"because": "x"} if verb in {"deny", "fail"} else {}

    posted = client.post(url("service_request_act", cast, number=1, verb=verb), body)
    called = call(client, reverse("api_service_request_act", kwargs={"uid": service.uid, "verb": verb}), body)

    assert (posted.status_code, called.status_code) == (403, 403)
    assert codes_in(called)[0] == "not_engineer"


def test_comments_by_both_doors():
    cast = gate_project(MANAGED, cleared=True)
    service = signed_off(cast)
    comments = reverse("api_request_comments", kwargs={"uid": service.uid})

    client_of(cast.member).post(url("service_request_comment", cast, number=1), {"text": "When?"})
    call(client_of(cast.engineer), comments, {"text": "Tomorrow."})
    empty = client_of(cast.member).post(url("service_request_comment", cast, number=1), {"text": " "})

    said = client_of(cast.owner).get(reverse("api_service_request", kwargs={"uid": service.uid})).json()["comments"]
    assert [each["text"] for each in said] == ["When?", "Tomorrow."]
    assert empty.status_code == 422


def test_a_comment_is_shown_as_text():
    cast = gate_project(MANAGED, cleared=True)
    comment_on_request(signed_off(cast), text="<script>alert(1)</script>", by=cast.member, at=timezone.now())

    body = client_of(cast.engineer).get(url("production", cast)).content.decode()

    assert "&lt;script&gt;alert(1)" in body


def test_the_queue_tells_the_promise_and_what_is_late():
    cast = gate_project(MANAGED, cleared=True)
    signed_off(cast)
    request = request_of(cast.project)
    ProductionRequest.objects.filter(pk=request.pk).update(released_at=request.released_at - days(3))

    body = client_of(cast.engineer).get(reverse("service_requests")).content.decode()
    shown = client_of(cast.engineer).get(reverse("api_service_requests")).json()["results"][0]

    assert "Overdue" in body
    assert shown["due_at"] is not None
    assert shown["held"] is False


def test_finished_requests_are_shown_when_asked_for():
    cast = gate_project(MANAGED, cleared=True)
    service = signed_off(cast)
    client = client_of(cast.engineer)
    for verb in ("deploy", "finish"):
        client.post(url("service_request_act", cast, number=service.number, verb=verb))

    assert cast.key not in client.get(reverse("service_requests")).content.decode()
    assert cast.key in client.get(reverse("service_requests") + "?all=1").content.decode()


# --- every state, drawn -----------------------------------------------------------------------
def at_state(state: str) -> Cast:
    cast = gate_project(MANAGED, cleared=state not in {"not_available", "held"}, phases=state != "not_available")
    if state in {"not_available", "empty"}:
        return cast
    configured(cast)
    if state == "draft":
        return cast
    service = signed_off(cast)
    if state in {"deploying", "failed", "done"}:
        deploy_request(service, by=cast.engineer, at=timezone.now())
    if state == "failed":
        fail_deployment(service, by=cast.engineer, because="No quota", at=timezone.now())
    if state == "done":
        client_of(cast.engineer).post(url("service_request_act", cast, number=1, verb="finish"))
    return cast


@pytest.mark.req("S1-52")
def test_an_early_request_says_that_it_waits_for_the_review():
    cast = at_state("held")

    body = client_of(cast.owner).get(url("production", cast)).content.decode()

    assert "Waiting for the review." in body
    assert [reason["code"] for reason in client_of(cast.owner).get(url("api_production", cast)).json()["held"]] == [
        "no_clearance"
    ]


WORDS = {
    "not_available": "Production is not available yet.",
    "empty": "Production can be configured.",
    "draft": "Production can be requested.",
    "held": "Queued, and held.",
    "queued": "Nothing holds the request.",
    "deploying": "Production is being deployed.",
    "failed": "The deployment failed.",
    "done": "Production is deployed.",
}


@pytest.mark.parametrize("who", ["owner", "viewer", "architect"])
@pytest.mark.parametrize("state", WORDS)
def test_the_page_of_every_state_answers_first(state, who):
    cast = at_state(state)

    body = client_of(getattr(cast, who)).get(url("production", cast)).content.decode()

    assert f"<b>{WORDS[state]}</b>" in body or WORDS[state] in body
    if who != "owner":
        assert "Only an owner or an environment manager" in body


# --- cost ---------------------------------------------------------------------------------------
def fill_estimates(cast: Cast, n: int) -> None:
    for each in range(n):
        Estimate.objects.create(
            project=cast.project,
            name=f"Estimate no. {each:02}",
            user_count=each + 1,
            added_at=timezone.now(),
            added_by=cast.owner,
        )


@pytest.mark.parametrize("rows", [1, 50])
def test_the_production_page_costs_the_same(rows, django_assert_num_queries):
    cast = gate_project(MANAGED, cleared=True, estimate=False)
    active = add_estimate(cast.project, name="First", user_count=1, by=cast.owner, at=timezone.now())
    client = client_of(cast.owner)
    client.post(url("estimate_act", cast, uid=active.uid, verb="activate"))
    service = signed_off(cast)
    fill_estimates(cast, rows)
    for n in range(rows):
        RequestComment.objects.create(
            service_request=service, text=f"Comment no. {n:02}", by=cast.member, at=timezone.now()
        )

    clear_sign_off(cast.project, by=cast.owner, at=timezone.now())  # the state that asks for most

    with django_assert_num_queries(12):
        body = client.get(url("production", cast)).content.decode()

    assert [n for n in range(rows) if f"Estimate no. {n:02}" not in body] == []
    assert [n for n in range(rows) if f"Comment no. {n:02}" not in body] == []


def many_requests(n: int) -> Cast:
    cast = gate_project(MANAGED, cleared=True)
    service = signed_off(cast)
    for number in range(2, n + 1):
        ServiceRequest.objects.filter(pk=service.pk).update(state="cancelled", ended_at=timezone.now())
        ProductionRequest.objects.filter(pk=service.request_id).update(state="signoff_cleared", ended_at=timezone.now())
        assert number
        service = signed_off(cast)
    return cast


@pytest.mark.parametrize("rows", [1, 50])
def test_the_queue_costs_the_same(rows, django_assert_num_queries):
    cast = many_requests(rows)
    client = client_of(cast.engineer)

    with django_assert_num_queries(4):
        body = client.get(reverse("service_requests") + "?all=1").content.decode()
    with django_assert_num_queries(4):
        listed = client.get(reverse("api_service_requests")).json()["results"]

    assert [n for n in range(1, rows + 1) if f"{cast.key}/SR-{n}<" not in body] == []
    assert [line["number"] for line in listed] == [f"SR-{n}" for n in range(rows, 0, -1)]


@pytest.mark.parametrize("rows", [1, 50])
def test_the_page_of_a_service_request_costs_the_same(rows, django_assert_num_queries):
    cast = gate_project(MANAGED, cleared=True)
    service = signed_off(cast)
    for n in range(rows):
        RequestComment.objects.create(
            service_request=service, text=f"Comment no. {n:02}", by=cast.member, at=timezone.now()
        )
    client = client_of(cast.engineer)

    with django_assert_num_queries(8):
        body = client.get(url("service_request", cast, number=1)).content.decode()

    assert [n for n in range(rows) if f"Comment no. {n:02}" not in body] == []
