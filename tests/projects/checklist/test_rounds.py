"""Rounds: what a submission freezes, who is told, and that none of it ever changes."""

import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from golive.core.decision import Refused
from golive.core.digests import digest_of_text
from golive.letters.message import build
from golive.letters.models import LetterRow
from projects.checklist.actions.answering import save_answer
from projects.checklist.actions.rounds import mark_taken, reopen_checklist, submit_checklist, withdraw_submission
from projects.checklist.models.checklist import ChecklistRound
from projects.checklist.models.submission import Submission
from projects.checklist.rules.answers import AnswerContent
from projects.checklist.states import ROUND_MOVES, RoundState
from projects.checklist.tasks import tell_of_submission
from projects.portfolio.actions.people import add_member
from projects.portfolio.models.people import Membership
from projects.portfolio.models.project import Project
from projects.portfolio.models.standing import ProjectStanding
from tests.builders import client_of, make_user
from tests.builders_projects import Cast, fill_checklist, make_project, plan_dates, submit
from tests.projects.checklist.jobs import job_of

pytestmark = pytest.mark.django_db
VERBS = {"submit": "submitted", "withdraw": "withdrawn", "supersede": "superseded"}


@pytest.fixture
def cast() -> Cast:
    cast = make_project()
    plan_dates(cast)
    fill_checklist(cast)
    return cast


def states(cast: Cast) -> list[tuple[int, str]]:
    rounds = ChecklistRound.objects.filter(checklist__project=cast.project)
    return list(rounds.order_by("number").values_list("number", "state"))


def reopen(cast: Cast) -> ChecklistRound:
    return reopen_checklist(cast.project, by=cast.owner, because="The scope grew.", at=timezone.now())


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", RoundState.values)
def test_every_move_is_legal_or_refused(state, verb):
    round_ = ChecklistRound(state=state)

    if (state, VERBS[verb]) in ROUND_MOVES:
        getattr(round_, verb)(at=timezone.now())
        assert round_.state == VERBS[verb]
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(round_, verb)(at=timezone.now())


def test_a_submission_freezes_wording_answers_and_what_they_raised(cast):
    submission = submit(cast)

    frozen = json.loads(submission.frozen)
    assert submission.sha256 == digest_of_text(submission.frozen)
    assert [one["id"] for one in frozen["questions"]] == ["GR-01", "CU-01", "SC-02", "UA-10", "PF-12"]
    assert frozen["questions"][2]["words"] == "Yes"
    assert frozen["completed_by"] == str(cast.member.uid)
    assert frozen["stakeholders"] == sorted([str(cast.owner.uid), str(cast.partner_member.uid)])
    assert ProjectStanding.objects.get(project=cast.project).checklist_state == "submitted"


def test_everybody_who_wrote_any_of_it_contributed(cast):
    content = AnswerContent(value="yes", note="All signed.")
    save_answer(cast.project, "SC-02", content, revision=1, by=cast.partner_member, at=timezone.now())

    submission = submit(cast, by=cast.owner)

    people = set(submission.contributors.values_list("user", flat=True))
    assert people == {cast.member.pk, cast.partner_member.pk, cast.owner.pk}


@pytest.mark.parametrize("table", ["submission", "submissioncontributor", "submissionstakeholder", "answerrevision"])
@pytest.mark.parametrize("sql", ["UPDATE projects_{} SET id = id + 1000", "DELETE FROM projects_{}"])
def test_what_was_sent_never_changes_not_even_by_sql(cast, table, sql):
    submit(cast)

    with pytest.raises(DatabaseError, match="_kept"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table))


def test_a_round_does_not_go_back_by_sql(cast):
    submit(cast)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE projects_checklistround SET state = 'draft', submitted_at = NULL")


def test_the_next_submission_supersedes_the_one_before(cast):
    submit(cast)
    reopen(cast)
    assert states(cast) == [(1, "submitted"), (2, "draft")]

    submit(cast)

    assert states(cast) == [(1, "superseded"), (2, "submitted")]
    assert Submission.objects.count() == 2


def test_a_withdrawn_submission_starts_the_next_round_and_is_not_superseded(cast):
    submit(cast)

    withdraw_submission(cast.project, by=cast.owner, because="One is wrong.", at=timezone.now())
    submit(cast)

    assert states(cast) == [(1, "withdrawn"), (2, "submitted")]


def test_once_taken_it_is_reopened_and_not_withdrawn(cast):
    submission = submit(cast)
    mark_taken(submission.round, at=timezone.now())

    with pytest.raises(Refused) as refused:
        withdraw_submission(cast.project, by=cast.owner, because="One is wrong.", at=timezone.now())

    assert refused.value.decision.codes == ["taken"]
    assert reopen(cast).number == 2


@pytest.mark.req("S1-47")
def test_a_stakeholder_of_each_side_goes_along_always(cast):
    Membership.objects.filter(project=cast.project, side="partner").update(stakeholder=False)
    with pytest.raises(Refused) as refused:
        submit(cast)
    assert refused.value.decision.codes == ["no_partner_stakeholder"]

    Membership.objects.filter(project=cast.project, user=cast.partner_member).update(stakeholder=True)

    submission = submit(cast)
    named = submission.stakeholders.values_list("user__name", "side")
    assert set(named) == {("Sigrid Aas", "customer"), ("Marta Kjeldsen", "partner")}


def test_a_disabled_stakeholder_does_not_count(cast):
    cast.partner_member.is_active = False
    cast.partner_member.save()

    with pytest.raises(Refused) as refused:
        submit(cast)

    assert refused.value.decision.codes == ["no_partner_stakeholder"]


def test_letters_tell_reviewers_and_team_once_each(cast):
    outsider = make_user("Ada", is_architect=True, organisation=cast.architect.organisation)
    submission = submit(cast)

    for _twice in range(2):
        tell_of_submission(job_of("checklist.submitted", id=submission.pk, project=cast.key))

    told = LetterRow.objects.filter(letter="submission_received")
    people = [cast.architect, cast.lead, outsider, cast.owner, cast.member, cast.viewer, cast.partner_member]
    assert sorted(told.values_list("address", flat=True)) == sorted(one.email for one in people)
    words = told.first().words
    assert (words["round"], words["who"], words["project"]) == ("1", "Sigrid Aas", "Halden Dairy")
    assert words["until"]
    assert told.first().url.endswith(f"/projects/{cast.key}/checklist/rounds/1/")


@pytest.mark.req("S1-46", "S1-47", "S1-48")
def test_the_mailbox_of_the_review_is_told_once_under_its_configured_name(cast, settings):
    settings.GOLIVE_MAILBOX, settings.REVIEW_FROM = "Fjord go-live <desk@fjord.example>", "Fjord <review@fjord.example>"
    submission = submit(cast)

    for _twice in range(2):
        tell_of_submission(job_of("checklist.submitted", id=submission.pk, project=cast.key))

    [row] = LetterRow.objects.filter(letter="checklist_received")
    letter = build(row)
    assert (letter.to, letter.from_email) == (["Fjord go-live <desk@fjord.example>"], "Fjord <review@fjord.example>")
    assert (row.recipient, row.words["stakeholders"]) == (None, "Sigrid Aas, Marta Kjeldsen")
    copied = LetterRow.objects.filter(letter="submission_received").values_list("recipient", flat=True)
    assert {cast.owner.pk, cast.partner_member.pk} <= set(copied)


def test_submit_tells_whom_it_writes_to_and_which_phases_are_open(cast):
    body = client_of(cast.owner).get(reverse("checklist_submit", kwargs={"key": cast.key})).content.decode()

    assert "Golive go-live desk" in body
    assert "Still open" in body


def test_the_architect_of_the_project_is_told_instead_of_all(cast):
    other = make_user("Ada", is_architect=True, organisation=cast.architect.organisation)
    Project.objects.filter(pk=cast.project.pk).update(architect=cast.architect)

    tell_of_submission(job_of("checklist.submitted", id=submit(cast).pk, project=cast.key))

    told = set(LetterRow.objects.values_list("address", flat=True))
    assert {cast.architect.email, cast.lead.email} <= told
    assert other.email not in told


def test_submit_says_what_will_happen_and_asks_once(cast):
    client = client_of(cast.owner)
    address = reverse("checklist_submit", kwargs={"key": cast.key})

    asked = client.get(address).content.decode()
    for words in ("5 of 5 questions are answered", "Withdraw it until the review begins", "Imke Voss", "Nadia Rahal"):
        assert words in asked
    assert client.post(address).status_code == 302

    assert states(cast) == [(1, "submitted")]
    assert client.post(address).status_code == 409


@pytest.mark.parametrize("verb", ["withdraw", "reopen"])
def test_a_way_back_wants_a_reason_and_the_right_person(cast, verb):
    submit(cast)
    address = reverse(f"checklist_{verb}", kwargs={"key": cast.key})

    silent = client_of(cast.owner).post(address, {"because": " "})
    viewer = client_of(cast.viewer).post(address, {"because": ""})
    told = client_of(cast.owner).post(address, {"because": "One is wrong."})

    assert (silent.status_code, viewer.status_code, told.status_code) == (422, 403, 302)
    assert ChecklistRound.objects.get(number=2).because == "One is wrong."


def test_the_page_of_a_round_shows_the_frozen_text_under_its_hash(cast):
    submission = submit(cast)
    reopen(cast)
    content = AnswerContent(value="no")
    save_answer(cast.project, "SC-02", content, revision=1, by=cast.member, at=timezone.now())
    address = reverse("checklist_round", kwargs={"key": cast.key, "number": 1})

    body = client_of(cast.viewer).get(address).content.decode()

    assert submission.sha256 in body
    assert "Has the business signed off the scope of this go-live?" in body
    assert "<bdi>Yes</bdi>" in body
    assert client_of(cast.viewer).get(address.replace("/1/", "/2/")).status_code == 404  # not sent yet


def test_somebody_who_left_the_team_is_not_told(cast):
    gone = make_user("Gro", organisation=cast.owner.organisation, is_active=False)
    with pytest.raises(Refused):
        submit_checklist(cast.project, by=gone, at=timezone.now())
    add_member(cast.project, user=gone, by=cast.owner, at=timezone.now())

    tell_of_submission(job_of("checklist.submitted", id=submit(cast).pk, project=cast.key))

    assert gone.email not in set(LetterRow.objects.values_list("address", flat=True))
