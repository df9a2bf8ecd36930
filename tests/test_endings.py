"""A project pauses, goes on, ends and leaves the lists: what each withdraws, cancels, refuses and keeps."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from golive.core.decision import Refused
from golive.endings import archive_project, close_project, pause_project, resume_project, unarchive_project
from golive.letters.actions import send_letter
from golive.letters.models import LetterRow
from golive.outbox.models import Outbox
from golive.pages.home import waiting
from golive.proofs import false_standing
from projects.checklist.models.checklist import ChecklistRound
from projects.portfolio.actions.moves import move_project
from projects.portfolio.actions.projects import lock
from projects.portfolio.models.keeping import ProjectMove
from projects.portfolio.models.project import Project
from projects.portfolio.rules.endings import EndingFacts, ending_acts
from projects.portfolio.rules.onlooker import Onlooker
from projects.portfolio.states import PROJECT_MOVES, ProjectState
from projects.portfolio.tasks import still_concerned
from projects.production.models.request import ProductionRequest, ServiceRequest
from reviews.assessment.models import Review
from tests.builders import client_of
from tests.builders_projects import call, make_project, reload, submitted_project
from tests.journeys import situations as s
from tests.journeys import situations_endings as e
from tests.journeys import situations_review as r
from tests.projects.production.ways import drained

pytestmark = pytest.mark.django_db
NOW = timezone.now
OWNER, LEAD = Onlooker(id=1, access="owner"), Onlooker(id=2, staff=frozenset({"lead"}))
MEMBER, ARCHITECT = Onlooker(id=3, access="member"), Onlooker(id=4, staff=frozenset({"architect"}))


def close(world, **words):
    return close_project(world.cast.project, reason="cancelled", by=world.cast.owner, at=NOW(), **words)


def refused(act, *args, **words) -> list[str]:
    with pytest.raises(Refused) as found:
        act(*args, **words)
    return found.value.decision.codes


# --- the rules: who, and when ---
@pytest.mark.parametrize(
    ("person", "verbs"),
    [
        (OWNER, {"pause", "resume", "close", "archive", "unarchive"}),
        (LEAD, {"pause", "close"}),
        (MEMBER, set()),
        (ARCHITECT, set()),
    ],
)
def test_an_owner_decides_and_a_lead_may_pause_and_close(person, verbs):
    facts = EndingFacts("HALD-7Q2", "active")

    assert {verb for verb, decision in ending_acts(person, facts).items() if not decision.who} == verbs


# Every state (with its flag) times every verb: what is missing for an owner.
TABLE = {
    ("active", False): ([], ["not_paused"], [], ["not_over"], ["not_archived"]),
    ("paused", False): (["project_not_active"], [], [], ["not_over"], ["not_archived"]),
    ("closed", False): (["project_not_active"], ["not_paused"], ["project_over"], [], ["not_archived"]),
    ("closed", True): (["project_not_active"], ["not_paused"], ["project_over"], ["archived"], []),
    ("graduated", False): (["project_not_active"], ["not_paused"], ["project_over"], [], ["not_archived"]),
    ("graduated", True): (["project_not_active"], ["not_paused"], ["project_over"], ["archived"], []),
}


@pytest.mark.parametrize(("state", "archived"), TABLE)
def test_each_move_in_each_state(state, archived):
    found = ending_acts(OWNER, EndingFacts("HALD-7Q2", state, archived=archived))

    assert tuple(decision.codes for decision in found.values()) == TABLE[state, archived]


def test_nothing_rests_or_ends_while_something_is_deploying():
    found = ending_acts(OWNER, EndingFacts("HALD-7Q2", "active", deploying=True))

    assert (found["pause"].codes, found["close"].codes) == (["deploying"], ["deploying"])


def test_the_machine_is_the_table_of_the_guard():
    field = Project._meta.get_field("state")
    moves = {(t.source, t.target) for t in field.get_all_transitions(Project)}

    assert moves == {(str(a), str(b)) for a, b in PROJECT_MOVES}


# --- pausing ---
def test_a_paused_project_keeps_everything_and_says_who_why_and_when():
    world = s.submitted()
    pause_project(world.cast.project, because="Summer.", by=world.cast.lead, at=NOW())

    project = reload(world.cast.project)
    move = ProjectMove.objects.get()
    assert (project.state, project.standing.state, project.standing.waits_for) == ("paused", "paused", "nobody")
    assert (move.verb, move.because, move.by) == ("pause", "Summer.", world.cast.lead)
    assert project.standing.checklist_state == "submitted"
    assert list(false_standing()) == []
    letters = LetterRow.objects.filter(letter="project_paused")
    assert {row.recipient for row in letters} == {
        world.cast.owner, world.cast.member, world.cast.viewer, world.cast.partner_member,
        world.people["environment_manager"], world.people["project_manager"],
    }  # fmt: skip
    assert letters[0].words["because"] == "Summer."


def test_nobody_is_waited_for_while_it_rests():
    world = e.paused_submitted()

    assert waiting(world.cast.architect, timezone.localdate()) == []
    assert waiting(world.cast.owner, timezone.localdate()) == []


def test_resuming_lets_it_go_on_where_it_stood():
    world = e.paused_submitted()
    resume_project(world.cast.project, by=world.cast.owner, at=NOW())

    project = reload(world.cast.project)
    assert (project.state, project.standing.waits_for) == ("active", "reviewers")
    assert Outbox.objects.filter(kind="project.resumed").count() == 1
    assert list(false_standing()) == []


def test_a_self_service_request_that_was_released_meanwhile_is_deployed_on_resume():
    world = s.released_self_service()
    pause_project(world.cast.project, by=world.cast.owner, at=NOW())
    drained()
    assert ProductionRequest.objects.get().state == "queued"

    resume_project(world.cast.project, by=world.cast.owner, at=NOW())
    drained()

    assert ProductionRequest.objects.get().state == "deploying"


def test_a_lead_may_pause_but_only_an_owner_resumes():
    world = e.paused()

    assert refused(resume_project, world.cast.project, by=world.cast.lead, at=NOW()) == ["not_owner"]


@pytest.mark.parametrize("ends", [pause_project, close_project])
def test_it_waits_for_a_running_deployment(ends):
    world = s.deploying()
    more = {"reason": "other"} if ends is close_project else {}

    assert refused(ends, world.cast.project, by=world.cast.owner, at=NOW(), **more) == ["deploying"]


# --- guidance ---
@pytest.mark.parametrize(
    ("state", "letter", "because"),
    [
        (ProjectState.PAUSED, "review_taken", "project_paused"),
        (ProjectState.CLOSED, "review_taken", "project_closed"),
        (ProjectState.PAUSED, "report_delivered", ""),
        (ProjectState.CLOSED, "report_delivered", ""),
    ],
)
def test_a_project_that_rests_or_is_over_gives_no_guidance_and_still_tells_what_was_decided(state, letter, because):
    world = e.paused() if state == "paused" else e.closed()
    guidance = letter == "review_taken"
    row = LetterRow(
        letter=letter,
        matter=world.cast.project.chain,
        recipient=world.cast.owner,
        delivery_class="guidance" if guidance else "security",
    )

    assert still_concerned(row) == because


# --- closing ---
def test_closing_withdraws_a_submission_that_nobody_has_taken():
    world = s.submitted()
    close(world)

    assert list(ChecklistRound.objects.order_by("number").values_list("state", flat=True)) == ["withdrawn", "draft"]
    assert reload(world.cast.project).standing.state == "closed"
    assert list(false_standing()) == []


def test_closing_withdraws_a_running_review_with_what_it_asks():
    world = r.asked()
    assert waiting(world.cast.member, timezone.localdate())
    close(world)

    assert Review.objects.get().state == "withdrawn"
    assert waiting(world.cast.member, timezone.localdate()) == []
    assert waiting(world.cast.architect, timezone.localdate()) == []
    assert list(false_standing()) == []


def test_closing_withdraws_a_suspended_review_with_its_clearance():
    world = r.suspended()
    close(world)

    assert Review.objects.get().state == "withdrawn"
    assert world.cast.project.clearances.get().state == "withdrawn"
    assert list(false_standing()) == []


def test_closing_leaves_what_was_decided():
    world = r.concluded()
    close(world)

    assert Review.objects.get().state == "concluded"
    assert world.cast.project.clearances.get().state == "stands"
    assert list(false_standing()) == []


@pytest.mark.parametrize("situation", [s.held, s.released, s.failed])
def test_closing_withdraws_a_request_and_cancels_its_service_request(situation):
    world = situation()
    told_before = list(false_standing())  # its facts are as told, not as walked
    close(world, because="The budget went.")

    request, service = ProductionRequest.objects.get(), ServiceRequest.objects.get()
    assert (request.state, request.because, service.state) == ("withdrawn", "The budget went.", "cancelled")
    assert waiting(world.cast.engineer, timezone.localdate()) == []
    assert told_of_standing() == told_before


def told_of_standing() -> list[str]:
    """Without the counters of the checklist, which the situation lays by hand."""
    return [line for line in false_standing() if ": checklist." not in line]


def test_closing_drops_letters_that_wait_and_writes_one_that_tells_it():
    world = s.released()
    send_letter(
        "review_taken", to=[world.cast.member], matter=world.cast.project.chain, at=NOW(),
        words={"project": "H", "who": "I", "until": "1 Dec 2026"},
    )  # fmt: skip
    other = make_project("Another")
    send_letter(
        "review_taken", to=[world.cast.member], matter=other.project.chain, at=NOW(),
        words={"project": "A", "who": "I", "until": "1 Dec 2026"},
    )  # fmt: skip
    close(world)

    mine = LetterRow.objects.filter(matter=world.cast.project.chain)
    waiting = mine.filter(state="queued")
    assert {row.letter for row in waiting} == {"project_closed"}
    assert {row.recipient for row in waiting} >= {world.cast.member, world.cast.engineer}
    assert {row.skipped_because for row in mine.filter(state="skipped")} == {"project_closed"}
    assert LetterRow.objects.get(matter=other.project.chain).state == "queued"


def test_what_was_announced_before_changes_nothing_after():
    world = s.released_self_service()
    told_before = told_of_standing()
    close(world)
    drained()

    assert ProductionRequest.objects.get().state == "withdrawn"
    assert not Outbox.objects.filter(state__in=["dead", "ready"]).exists()
    assert told_of_standing() == told_before


def test_a_closed_project_stays_closed():
    world = e.closed()

    assert refused(close, world) == ["project_over"]
    assert refused(pause_project, world.cast.project, by=world.cast.owner, at=NOW()) == ["project_not_active"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=world.cast.project.pk).update(state="active")


def test_closing_is_all_or_nothing(monkeypatch):
    world = s.released()

    def fails(*_args, **_words):
        raise RuntimeError("the last step fails")

    monkeypatch.setattr("golive.endings.move_project", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        close(world)

    assert ProductionRequest.objects.get().state == "queued"
    assert not LetterRow.objects.filter(state="skipped").exists()


# --- archiving ---
def test_an_archived_project_leaves_the_lists_comes_back_and_stays_closed():
    world = e.archived()
    project = reload(world.cast.project)
    assert (project.state, project.standing.archived) == ("closed", True)
    assert client_of(world.cast.owner).get(world.page).status_code == 200

    unarchive_project(world.cast.project, by=world.cast.owner, at=NOW())

    project = reload(world.cast.project)
    assert (project.state, project.standing.archived, project.archived_at) == ("closed", False, None)
    assert [move.verb for move in ProjectMove.objects.order_by("pk")] == ["close", "archive", "unarchive"]
    assert list(false_standing()) == []


def test_only_what_is_over_is_archived():
    cast = make_project()

    assert refused(archive_project, cast.project, by=cast.owner, at=NOW()) == ["not_over"]
    with pytest.raises(IntegrityError), transaction.atomic():
        move_project(lock(cast.project), "archive", by=cast.owner, at=NOW())


# --- its name and its zone ---
def test_what_it_is_called_is_found_at_once_and_the_history_holds_no_name():
    cast = submitted_project()
    answered = call(
        cast.owner, "put", f"projects/{cast.key}/settings/", {"name": "Åsgård Farm", "time_zone": "Pacific/Auckland"}
    )
    drained()

    assert answered.json()["time_zone"] == "Pacific/Auckland"
    words = set(cast.project.words.values_list("word", flat=True))
    assert "farm" in words
    assert "halden" not in words
    assert list(false_standing()) == []
    row = client_of(cast.owner).get(f"/api/v1/projects/{cast.key}/history/?act=project.settings_saved").json()
    assert "Farm" not in str(row)


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "a\u202eb"}, {"name": "x" * 121}, {"time_zone": "Mars/Phobos"}, {"time_zone": ""}]
)
def test_what_is_wrong_is_said_at_its_field(wrong):
    cast = make_project()
    fields = {"name": "Halden", "time_zone": "UTC"} | wrong
    answered = call(cast.owner, "put", f"projects/{cast.key}/settings/", fields)
    page = client_of(cast.owner).post(f"/projects/{cast.key}/settings/", fields)

    assert (answered.status_code, page.status_code) == (400, 422)
    assert set(wrong) == set(answered.json()["errors"]) == set(page.context["form"].errors)
    assert reload(cast.project).name == "Halden Dairy"


@pytest.mark.parametrize(
    ("verb", "body"), [("close", {}), ("close", {"reason": "bored"}), ("pause", {"because": "a\u202eb"})]
)
def test_a_move_with_bad_words_is_refused_with_a_sentence(verb, body):
    cast = make_project()
    answered = call(cast.owner, "post", f"projects/{cast.key}/{verb}/", body)
    page = client_of(cast.owner).post(f"/projects/{cast.key}/settings/{verb}/", body)

    assert (answered.status_code, page.status_code) == (400, 422)
    assert reload(cast.project).state == "active"


# --- the page ---
def test_the_question_says_what_will_be_withdrawn_and_who_is_told():
    world = s.released()
    page = client_of(world.cast.owner).get(f"{world.page}settings/close/").content.decode()

    assert "The production request, with its service request." in page
    assert "letters that wait" in page
    assert "Henrik Dal" in page
    assert "a closed project stays closed" in page


@pytest.mark.parametrize(
    ("situation", "offered"),
    [
        (s.started, ["pause", "close", "archive"]),
        (e.paused, ["resume", "close", "archive"]),
        (e.closed, ["archive"]),
        (e.archived, ["unarchive"]),
    ],
)
def test_the_page_offers_what_can_change_something(situation, offered):
    world = situation()
    page = client_of(world.cast.owner).get(f"{world.page}settings/")

    assert [move.verb for move in page.context["moves"]] == offered


def test_a_page_of_a_paused_project_says_so_and_leads_to_its_settings():
    world = e.paused()
    page = client_of(world.cast.owner).get(f"{world.page}plan/").content.decode()

    assert "<span>paused</span>" in page
    assert f'href="/projects/{world.key}/settings/"' in page


def test_a_stranger_learns_nothing():
    cast = make_project()
    for verb in ("pause", "close", "resume", "archive", "unarchive"):
        assert client_of(cast.stranger).get(f"/projects/{cast.key}/settings/{verb}/").status_code == 404
    assert client_of(cast.owner).get(f"/projects/{cast.key}/settings/graduate/").status_code == 404


@pytest.mark.parametrize("rows", [1, 50])
def test_the_page_costs_the_same_with_one_move_and_with_fifty(rows, django_assert_num_queries):
    world = e.paused()
    ProjectMove.objects.bulk_create(
        ProjectMove(project=world.cast.project, verb="pause", because=f"Reason {n}", by=world.cast.owner, at=NOW())
        for n in range(rows)
    )
    client = client_of(world.cast.owner)

    with django_assert_num_queries(6):
        body = client.get(f"{world.page}settings/").content.decode()

    assert all(f"Reason {n}<" in body for n in range(rows))
