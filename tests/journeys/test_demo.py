"""The demo: eight projects in eight states, everybody may sign in, filling it twice changes nothing."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from golive.accounts.models import Organisation, User
from golive.audit.queries import verify_all
from golive.core.pdf import available
from golive.outbox.queries import stuck
from golive.scenes.players import PLAYERS
from golive.scenes.stories import STORIES
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker
from projects.production.queries.gate import gate_facts
from projects.production.rules.gate import is_held, may_configure
from reviews.assessment.models import Review
from tests.architecture.code import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Name, phases open, checklist, review, request; the sign-offs need a report, and so Pango.
STATES = [
    ("Brightwater Bakery", 0, "submitted", "concluded", "done"),
    ("Brightwater Finance", 3, "draft", "", ""),
    ("Brightwater Grain", 0, "submitted", "concluded", ""),
    ("Brightwater Retail", 0, "submitted", "", ""),
    ("Halden Dairy", 0, "submitted", "mitigation", ""),
    ("Halden Farm Shops", 3, "draft", "", ""),
    ("Halden Logistics", 0, "submitted", "in_review", "queued"),
    ("Halden Warehouse", 1, "draft", "", ""),
]


@pytest.fixture
def filled(transactional_db, whole_checklist, tmp_path, settings, capsys) -> str:
    settings.MEDIA_ROOT = str(tmp_path)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("demo", "--no-serve")
    return capsys.readouterr().out


def state_of(project: Project) -> tuple:
    row = project.standing
    phases = len(project.facts.open_gate_phases)
    return project.name, phases, row.checklist_state, row.review_state, row.request_state


@pytest.mark.skipif(bool(available()), reason="Without Pango nothing can be signed off.")
def test_a_demo_has_eight_projects_in_eight_states_and_is_filled_once(filled, capsys):
    projects = Project.objects.select_related("standing", "facts").order_by("name")

    assert [state_of(project) for project in projects] == STATES
    assert len({state_of(project)[1:] for project in projects}) >= len(STORIES) - 1  # two are new: one has no dates
    assert (Organisation.objects.count(), User.objects.count()) == (6, 12)
    assert (list(verify_all()), stuck()) == ([], [])
    call_command("verify")
    assert_gates(projects)
    assert_printed(filled)
    assert_alive()
    assert_left_as_it_is(capsys)


def assert_gates(projects) -> None:
    by_name = {project.name: project for project in projects}
    owner = User.objects.get(email=PLAYERS["amara"].email)
    grain = by_name["Brightwater Grain"]
    assert may_configure(onlooker(owner, grain), gate_facts(grain))
    assert Review.objects.get(project=grain).outcome == "ready_with_conditions"
    assert is_held(gate_facts(by_name["Halden Logistics"]))


def assert_printed(said: str) -> None:
    """What is printed lets everybody in."""
    for player in PLAYERS.values():
        assert f"{player.email}" in said
        assert said.count(player.password) == 1
        client = Client()
        sent = {"login": player.email, "password": player.password}
        assert client.post("/account/login/", sent).status_code == 302
        assert client.get("/").status_code == 200


def assert_alive() -> None:
    """Its dates are around today, and never in the future of the one who looks."""
    now = timezone.now()
    for review in Review.objects.all():
        assert review.taken_at < now
    assert Project.objects.filter(standing__go_live_on__gt=now.date()).count() == 7


def assert_left_as_it_is(capsys) -> None:
    before = list(Project.objects.order_by("pk").values_list())
    capsys.readouterr()

    call_command("demo", "--no-serve")

    assert list(Project.objects.order_by("pk").values_list()) == before
    assert "filled already" in capsys.readouterr().out


def test_a_database_with_others_gets_no_demo(capsys):
    organisation = Organisation.objects.create(name="Elsewhere", kind="customer")
    User.objects.create_user("somebody@elsewhere.example", name="Somebody", organisation=organisation)

    call_command("demo", "--no-serve")

    said = capsys.readouterr().out
    assert "Nobody of the demo" in said
    assert PLAYERS["sigrid"].password not in said
    assert not Project.objects.exists()


def test_no_demo_runs_in_a_public_place(settings):
    settings.DEMO = settings.LOCAL = False

    with pytest.raises(CommandError):
        call_command("demo", "--no-serve")

    assert not User.objects.exists()


def test_no_name_of_the_demo_is_a_vendors():
    """The words that the law of trademarks keeps for their owners are nowhere but in the infrastructure's name."""
    sources = [path.read_text() for path in (ROOT / "golive" / "scenes").glob("*.py")]
    names = json.dumps([*(player.name for player in PLAYERS.values()), *sources]).lower()

    assert [word for word in ("dynamics", "azure", "contoso", "fabrikam") if word in names] == []
