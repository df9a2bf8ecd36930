"""Saving answers: revisions, counters, what others hear, and two writers at once."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, connections
from django.utils import timezone

from golive.audit.models import AuditRow
from golive.core.decision import Refused, Stale
from golive.outbox.models import Outbox
from projects.checklist.actions.answering import judge_again, save_answer
from projects.checklist.actions.rounds import reopen_checklist
from projects.checklist.models.answers import Answer, AnswerRevision
from projects.checklist.models.checklist import Checklist
from projects.checklist.queries.proof import false_counters
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.queries.waiting import waiting_for
from projects.checklist.rules.answers import AnswerContent
from projects.checklist.tasks import judge_again_on_move
from projects.plan.actions.milestones import set_milestones
from projects.portfolio.actions.projects import lock
from projects.portfolio.models.project import Project
from projects.portfolio.models.standing import ProjectStanding
from tests.builders_projects import (
    Cast,
    complete_header,
    fill_checklist,
    make_project,
    plan_dates,
    reload,
    start,
    submit,
)
from tests.projects.checklist.jobs import job_of

pytestmark = pytest.mark.django_db


def save(cast: Cast, question: str, value, *, revision: int = 0, by=None, at=None, **said) -> Answer:
    content = AnswerContent(value=value, **said)
    at = at or timezone.now()
    return save_answer(cast.project, question, content, revision=revision, by=by or cast.member, at=at)


def checklist_of(cast: Cast) -> Checklist:
    return Checklist.objects.get(project=cast.project)


def told_of_content(cast: Cast) -> list[bool]:
    rows = Outbox.objects.filter(kind="checklist.content_changed", payload__project=cast.key).order_by("pk")
    return [row.payload["differs"] for row in rows]


def test_a_save_keeps_answer_revision_counters_and_history(cast):
    save(cast, "SC-02", "no")

    row, standing = checklist_of(cast), ProjectStanding.objects.get(project=cast.project)
    assert (row.asked, row.answered, row.get_predicted_risk_display()) == (5, 1, "Critical")
    assert (standing.asked, standing.answered, standing.predicted_risk) == (5, 1, row.predicted_risk)
    audit = AuditRow.objects.get(act="answer.saved")
    assert (audit.object, '"no"' in audit.body) == ("answer:SC-02", False)


def test_an_older_revision_meets_both_texts_and_overwrites_nothing(cast):
    save(cast, "SC-02", "no", by=cast.owner)

    with pytest.raises(Stale) as met:
        save(cast, "SC-02", "yes")

    assert (met.value.theirs.value, met.value.mine.value, met.value.revision) == ("no", "yes", 1)
    assert met.value.by == "Sigrid Aas"
    assert Answer.objects.get().content == {"value": "no"}


def test_every_text_stays_in_the_history_with_whose_it_was(cast):
    save(cast, "SC-02", "no", by=cast.owner)
    save(cast, "SC-02", "yes", revision=1)

    kept = AnswerRevision.objects.order_by("revision").values_list("revision", "content__value", "by__name")
    assert list(kept) == [(1, "no", "Sigrid Aas"), (2, "yes", "Jonas Lind")]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_writers_at_once_one_wins_and_the_other_is_shown_both():
    cast = make_project()
    plan_dates(cast)
    save(cast, "GR-01", timezone.localdate() + timedelta(days=60))
    for _round in range(5):
        row = Answer.objects.filter(question="SC-02").first()
        seen = row.revision if row else 0
        ends = race(
            partial(save, cast, "SC-02", "yes", revision=seen, by=cast.owner, note=f"owner {seen}"),
            partial(save, cast, "SC-02", "partly", revision=seen, by=cast.member, note=f"member {seen}"),
        )
        assert sorted(ends) == ["Answer", "Stale"]
        assert Answer.objects.get(question="SC-02").revision == seen + 1


def race(*calls) -> list[str]:
    gate, ends = threading.Barrier(len(calls)), []

    def run(call) -> None:
        try:
            gate.wait()
            ends.append(type(call()).__name__)
        except Exception as error:
            ends.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return ends


def test_a_submitted_answer_is_refused_by_the_rule_and_by_the_database(cast):
    fill_checklist(cast)
    submit(cast)

    with pytest.raises(Refused) as refused:
        save(cast, "SC-02", "no", revision=1)

    assert refused.value.decision.codes == ["submitted"]
    with pytest.raises(Exception, match="answer_only_in_draft"), connection.cursor() as cursor:
        cursor.execute("UPDATE projects_answer SET content = '{}' WHERE question = 'SC-02'")


def test_others_hear_when_the_content_begins_and_ceases_to_differ(cast):
    fill_checklist(cast)
    submit(cast)
    reopen_checklist(cast.project, by=cast.owner, because="The scope grew.", at=timezone.now())
    assert told_of_content(cast) == []

    save(cast, "SC-02", "no", revision=1)
    save(cast, "CU-01", ("timing",), revision=1)
    assert told_of_content(cast) == [True]

    save(cast, "SC-02", "yes", revision=2)
    save(cast, "CU-01", ("none",), revision=2)

    assert told_of_content(cast) == [True, False]
    assert checklist_of(cast).content_hash == checklist_of(cast).submitted_hash


def test_an_answer_that_restates_the_plan_does_not_make_the_content_differ(cast):
    fill_checklist(cast)
    submit(cast)
    reopen_checklist(cast.project, by=cast.owner, because="A date moved.", at=timezone.now())

    save(cast, "GR-01", timezone.localdate() + timedelta(days=90), revision=1)

    assert (told_of_content(cast), checklist_of(cast).differs) == ([], False)


def test_a_moved_milestone_is_judged_again_and_twice_is_once(cast):
    save(cast, "GR-01", timezone.localdate() + timedelta(days=60))
    assert checklist_of(cast).get_predicted_risk_display() == "On track"
    go_live = timezone.localdate() + timedelta(days=70)
    set_milestones(cast.project, {"go_live": go_live}, by=cast.owner, at=timezone.now())

    for _twice in range(2):
        judge_again_on_move(job_of("milestone.moved", project=cast.key))

    assert checklist_of(cast).get_predicted_risk_display() == "High"
    assert list(false_counters()) == []


def test_verify_finds_what_is_kept_and_not_true(cast, unguarded):
    fill_checklist(cast)
    submit(cast)
    assert list(false_counters()) == []

    with unguarded():
        Checklist.objects.filter(project=cast.project).update(answered=1, content_hash="0" * 64)
        ProjectStanding.objects.filter(project=cast.project).update(checklist_state="draft", predicted_risk=4)

    told = "\n".join(false_counters())
    for name in (
        "checklist.answered is 1, not 5",
        "checklist.content_hash is 000",
        "standing.checklist_state is draft, not submitted",
        "standing.answered is 5, not 1",
        "standing.predicted_risk is 4, not 0",
    ):
        assert f"{cast.key}: {name}" in told


def test_verify_does_not_judge_by_a_date_that_was_set_later(cast):
    save(cast, "GR-01", timezone.localdate() + timedelta(days=60))
    moved = {"go_live": timezone.localdate() + timedelta(days=70)}
    set_milestones(cast.project, moved, by=cast.owner, at=timezone.now() + timedelta(seconds=1))

    assert list(false_counters()) == []
    judge_again(lock(Project.objects.get(pk=cast.project.pk)), at=timezone.now() + timedelta(seconds=2))
    assert list(false_counters()) == []


def test_the_checklist_waits_for_those_who_may_submit_it(cast, django_assert_num_queries):
    today = timezone.localdate()
    complete_header(cast, cast.partner_member)

    [line] = waiting_for(cast.owner, today, 10)

    due = reload(cast.project).standing.go_live_on - timedelta(days=28)
    assert (line.url, line.due_on, line.project) == (f"/projects/{cast.key}/checklist/", due, "Halden Dairy")
    assert [one.project for one in waiting_for(cast.partner_member, today, 10)] == ["Halden Dairy"]
    for other in (cast.member, cast.viewer, cast.stranger, cast.architect):
        assert waiting_for(other, today, 10) == []


def test_what_waits_costs_the_same_however_much_and_ends_with_submission(cast, django_assert_num_queries):
    day = {"go_live": timezone.localdate() + timedelta(days=60)}
    for n in range(5):
        set_milestones(start(f"Project {n}", owner=cast.owner), day, by=cast.owner, at=timezone.now())
    start("Without a date", owner=cast.owner)
    with django_assert_num_queries(7):  # outside of a request each of the six numbers is asked for by itself
        lines = waiting_for(cast.owner, timezone.localdate(), 50)
    assert len(lines) == 6
    assert "Without a date" not in {line.project for line in lines}

    fill_checklist(cast)
    submit(cast)

    assert "Halden Dairy" not in {line.project for line in waiting_for(cast.owner, timezone.localdate(), 50)}


def test_the_sheet_of_a_project_without_an_answer_asks_everything(cast):
    sheet = sheet_of(reload(cast.project), at=timezone.now())

    assert (len(sheet.questions), sheet.answered, sheet.checklist) == (5, 0, None)
    assert list(false_counters()) == []
