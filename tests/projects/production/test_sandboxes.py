"""Sandboxes: who keeps the list, what ticks and ceases with it, and what rules of other slices know of it."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from golive.core.decision import Refused
from golive.proofs import false_standing
from projects.methodology.actions.phases import complete_phase
from projects.methodology.models.course import Step
from projects.methodology.rules.catalogue import LATEST
from projects.portfolio.models.standing import ProjectFacts
from projects.portfolio.rules.onlooker import Onlooker
from projects.production.actions.sandboxes import change_sandbox, register_sandbox, retire_sandbox
from projects.production.models.sandbox import Sandbox
from projects.production.queries.sandboxes import acceptance_of
from projects.production.rules.sandboxes import SandboxFacts, may_keep_sandboxes, serves_acceptance
from tests.builders import client_of
from tests.builders_projects import Cast, call, do_steps, make_project, onboard, plan_dates

SAID = {"name": "Acceptance", "tier": 2, "purpose": "acceptance", "location": "North Europe", "version": "10.0.42"}
MANAGER = Onlooker(id=1, side="partner", access="environment_manager")
MEMBER = Onlooker(id=2, side="customer", access="member")


def register(cast: Cast, **said) -> Sandbox:
    return register_sandbox(cast.project, **(SAID | said), by=cast.owner, at=timezone.now())


@pytest.fixture
def cast(db) -> Cast:
    return make_project(methodology=LATEST)


@pytest.mark.parametrize(
    ("person", "facts", "codes"),
    [
        (MANAGER, {}, []),
        (MEMBER, {}, ["not_environment_manager"]),
        (MANAGER, {"project_state": "paused"}, ["project_not_active"]),
        (MANAGER, {"retired": True}, ["sandbox_retired"]),
        (MANAGER, {"name_taken": True}, ["sandbox_name_taken"]),
    ],
)
def test_environment_managers_keep_the_list(person, facts, codes):
    known = SandboxFacts("HALD-7Q2", **({"project_state": "active"} | facts))

    assert may_keep_sandboxes(person, known).codes == codes


@pytest.mark.parametrize(("tier", "serves"), [(1, False), (2, True), (5, True)])
def test_acceptance_counts_from_tier_two(tier, serves):
    assert serves_acceptance(tier, least=2) is serves


def test_acceptance_is_tested_in_the_sandbox_that_is_named_for_it():
    small = Sandbox(name="A", tier=1, purpose="acceptance")
    test, named = Sandbox(name="B", tier=3, purpose="test"), Sandbox(name="C", tier=2, purpose="acceptance")

    assert acceptance_of([small], least=2) is None
    assert acceptance_of([small, test], least=2) is test
    assert acceptance_of([small, test, named], least=2) is named


def test_the_first_that_counts_ticks_its_step_and_the_last_that_goes_ends_the_tick(cast):
    register(cast, name="Build", tier=1, purpose="build")
    step = Step.objects.get(project=cast.project, key="D02")
    assert step.state == "open"

    accepted = register(cast)
    step.refresh_from_db()
    assert (step.state, step.done_by, step.ceased_at) == ("done", None, None)

    retire_sandbox(accepted, by=cast.owner, at=timezone.now())
    step.refresh_from_db()
    assert step.state == "done"
    assert step.ceased_at is not None


def test_what_rules_know_follows_the_list(cast):
    first = register(cast)
    register(cast, name="Build", tier=1, purpose="build", location="West Europe", version="10.0.43")
    change_sandbox(first, **(SAID | {"version": "10.0.44"}), by=cast.owner, at=timezone.now())

    facts = ProjectFacts.objects.get(project=cast.project)
    assert facts.sandbox_locations == ["North Europe", "West Europe"]
    assert facts.acceptance_version == "10.0.44"
    assert list(false_standing()) == []


def test_the_version_is_kept_on_the_day_acceptance_is_signed_off(db):
    cast = make_project()
    plan_dates(cast)
    onboard(cast)
    sandbox = register(cast)
    for phase in ("analysis", "design_develop"):
        do_steps(cast, phase)
        complete_phase(cast.project, phase, by=cast.owner, at=timezone.now())
    do_steps(cast, "test")
    change_sandbox(sandbox, **(SAID | {"version": "10.0.99"}), by=cast.owner, at=timezone.now())

    facts = ProjectFacts.objects.get(project=cast.project)
    assert (facts.uat_signed_version, facts.acceptance_version) == ("10.0.42", "10.0.99")
    assert list(false_standing()) == []


def test_a_name_stands_once_until_its_sandbox_is_retired(cast):
    first = register(cast)
    with pytest.raises(Refused) as refused:
        register(cast, name="ACCEPTANCE")
    assert refused.value.decision.codes == ["sandbox_name_taken"]

    retire_sandbox(first, by=cast.owner, at=timezone.now())
    assert register(cast).name == "Acceptance"


def test_a_retired_one_is_not_changed_any_more(cast):
    sandbox = register(cast)
    retire_sandbox(sandbox, by=cast.owner, at=timezone.now())

    for act in (lambda: change_sandbox(sandbox, **SAID, by=cast.owner, at=timezone.now()),
                lambda: retire_sandbox(sandbox, by=cast.owner, at=timezone.now())):  # fmt: skip
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.decision.codes == ["sandbox_retired"]
    assert client_of(cast.owner).get(f"/projects/{cast.key}/production/sandboxes/{sandbox.uid}/").status_code == 404


@pytest.mark.parametrize("column", [{"tier": 0}, {"tier": 6}, {"purpose": "party"}])
def test_the_database_knows_tiers_and_purposes(cast, column):
    with pytest.raises(IntegrityError):
        Sandbox.objects.create(
            project=cast.project, registered_at=timezone.now(), registered_by=cast.owner, **(SAID | column)
        )


def test_by_the_page_and_by_the_api(cast):
    browser = client_of(cast.owner)
    fields = {f"sandbox-{name}": value for name, value in SAID.items()}
    assert browser.post(f"/projects/{cast.key}/production/sandboxes/add/", fields).status_code == 302
    made = call(cast.owner, "post", f"projects/{cast.key}/sandboxes/", SAID | {"name": "Training"})
    assert made.status_code == 201

    listed = call(cast.member, "get", f"projects/{cast.key}/sandboxes/").json()
    assert [row["name"] for row in listed["results"]] == ["Acceptance", "Training"]
    assert [reason["code"] for reason in listed["actions"]["register"]["reasons"]] == ["not_environment_manager"]
    page = browser.get(f"/projects/{cast.key}/production/").content.decode()
    assert page.index("Acceptance") < page.index("Training")

    uid = listed["results"][0]["uid"]
    changed = call(cast.owner, "put", f"projects/{cast.key}/sandboxes/{uid}/", SAID | {"tier": 4})
    assert changed.json()["tier"] == 4
    browser.post(f"/projects/{cast.key}/production/sandboxes/{uid}/", SAID | {"tier": 3})
    assert call(cast.owner, "get", f"projects/{cast.key}/sandboxes/{uid}/").json()["tier"] == 3
    assert call(cast.owner, "post", f"projects/{cast.key}/sandboxes/{uid}/retire/").json()["retired_at"]


@pytest.mark.parametrize(
    "wrong",
    [{"tier": 9}, {"tier": "x"}, {"purpose": "party"}, {"name": ""}, {"name": "a\u202eb"}, {"location": "x" * 61}],
)
def test_what_is_wrong_is_said_at_its_field(cast, wrong):
    field = next(iter(wrong))
    answered = call(cast.owner, "post", f"projects/{cast.key}/sandboxes/", SAID | wrong)
    fields = {f"sandbox-{name}": value for name, value in (SAID | wrong).items()}
    page = client_of(cast.owner).post(f"/projects/{cast.key}/production/sandboxes/add/", fields)

    assert (answered.status_code, page.status_code) == (400, 422)
    assert field in answered.json()["errors"]
    assert field in page.context["sandbox_form"].errors
    assert not Sandbox.objects.exists()
