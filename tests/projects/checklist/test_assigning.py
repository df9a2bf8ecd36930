"""Who is asked to answer what: one person a question, found in their work, and no more once they are off the team."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from golive.audit.models import AuditRow
from golive.core.decision import Refused
from projects.checklist.actions.answering import save_answer
from projects.checklist.actions.assigning import assign, end_assignment
from projects.checklist.models.answers import ChecklistAssignment
from projects.checklist.queries.assigning import assignments_of
from projects.checklist.queries.proof import false_counters
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.queries.waiting import waiting_for
from projects.checklist.rules.answers import AnswerContent
from projects.checklist.rules.assigning import Asked, left_to_answer, may_be_asked
from projects.checklist.rules.catalogue import catalogue
from projects.portfolio.actions.people import add_member, remove_member
from projects.portfolio.rules.onlooker import Onlooker
from tests.builders import client_of
from tests.builders_projects import Cast, call, codes_of, fill_checklist, make_project, reload, start, submit
from tests.projects.checklist.test_page import queries_of

pytestmark = pytest.mark.django_db
both = pytest.mark.parametrize("door", ["page", "api"])


def ask(cast: Cast, what: str = "SC-02", *, person=None, due_in: int | None = None, by=None, project=None):
    asked = Asked(question=what) if "-" in what else Asked(topic=what)
    due_on = timezone.localdate() + timedelta(days=due_in) if due_in is not None else None
    who = {"person": person or cast.member, "by": by or cast.owner}
    return assign(project or cast.project, asked, due_on=due_on, at=timezone.now(), **who)


def answer(cast: Cast, question: str, **said) -> None:
    content = AnswerContent(**({"value": "yes"} | said))
    save_answer(cast.project, question, content, revision=0, by=cast.member, at=timezone.now())


def work_of(cast: Cast, person=None) -> list[str]:
    return [line.text for line in waiting_for(person or cast.member, timezone.localdate(), 50)]


@pytest.mark.parametrize(
    ("access", "codes"), [("member", []), ("viewer", ["asked_not_of_team"]), ("", ["asked_not_of_team"])]
)
def test_only_who_may_answer_is_asked(access, codes):
    assert may_be_asked(Onlooker(id=1, access=access), key="HALD-7Q2").codes == codes


def test_a_checklist_that_begins_with_an_assignment_counts_what_is_asked(cast):
    ask(cast)

    assert reload(cast.project).standing.asked == len(sheet_of(reload(cast.project), at=timezone.now()).questions) > 0
    assert list(false_counters()) == []


def test_what_is_left_is_asked_for_by_itself_or_with_its_topic_and_counted_once():
    questions = catalogue().questions.values()
    topic = catalogue().question("SC-02").topic

    mine = [Asked(question="SC-02"), Asked(topic=topic), Asked(question="UA-10")]

    assert left_to_answer(questions, mine, ["UA-10"]) == ("SC-02",)


def test_who_is_asked_finds_one_line_a_project_due_when_the_first_of_it_is(cast):
    ask(cast, "SC-02", due_in=9)
    ask(cast, "UA-10", due_in=4)
    ask(cast, "PF", due_in=30)

    [line] = waiting_for(cast.member, timezone.localdate(), 50)

    assert (line.text, line.url) == ("Answer 3 questions", f"/projects/{cast.key}/checklist/?mine")
    assert (line.due_on, line.project) == (timezone.localdate() + timedelta(days=4), "Halden Dairy")
    answer(cast, "SC-02")
    answer(cast, "UA-10", value=None, note="Not an answer.")
    assert work_of(cast) == ["Answer 2 questions"]


def test_work_costs_the_same_for_one_project_and_for_ten(cast, django_assert_num_queries):
    ask(cast)
    waiting_for(cast.member, timezone.localdate(), 50)
    with CaptureQueriesContext(connection) as one:
        waiting_for(cast.member, timezone.localdate(), 50)
    for n in range(10):
        other = start(f"Project {n}", owner=cast.owner)
        add_member(other, user=cast.owner, by=cast.owner, at=timezone.now(), access="owner")
        add_member(other, user=cast.member, by=cast.owner, at=timezone.now())
        ask(cast, project=other)

    with django_assert_num_queries(len(one)):
        lines = waiting_for(cast.member, timezone.localdate(), 50)

    assert len(lines) == 11


def test_somebody_else_asked_takes_it_over(cast):
    ask(cast)

    ask(cast, person=cast.partner_member)

    assert (work_of(cast), work_of(cast, cast.partner_member)) == ([], ["Answer 1 question"])
    assert ChecklistAssignment.objects.count() == 2
    row = AuditRow.objects.filter(act="answer.assigned").last()
    assert (row.object, row.after["person"]) == ("answer:SC-02", str(cast.partner_member.uid))


def test_who_left_the_team_or_only_looks_on_is_asked_no_more(cast):
    ask(cast)
    page = client_of(cast.owner).get(f"/projects/{cast.key}/people/{cast.member.uid}/remove/").content.decode()
    assert "Asked to answer 1 topic or question" in page

    remove_member(cast.project, user=cast.member, by=cast.owner, at=timezone.now())
    assert (work_of(cast), list(assignments_of(cast.project))) == ([], [])
    add_member(cast.project, user=cast.member, by=cast.owner, at=timezone.now(), access="viewer")
    assert (work_of(cast), list(assignments_of(cast.project))) == ([], [])

    ask(cast, person=cast.partner_member)  # nothing of the former one is in the way
    assert [row.person for row in assignments_of(cast.project)] == [cast.partner_member]


def test_what_is_submitted_asks_nobody(cast):
    row = ask(cast)
    fill_checklist(cast)
    submit(cast)

    assert work_of(cast) == []
    for act in (lambda: ask(cast), lambda: end_assignment(cast.project, row, by=cast.owner, at=timezone.now())):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.decision.codes == ["submitted"]


@both
def test_somebody_is_asked_and_nobody_any_more_by_both_doors(cast, door):
    said = {"what": "SC-02", "person": str(cast.member.uid), "due_on": "2026-12-24"}
    page, api = f"/projects/{cast.key}/checklist/assignments/", f"projects/{cast.key}/checklist/assignments/"

    sent = client_of(cast.owner).post(page, said) if door == "page" else call(cast.owner, "post", api, said)

    assert sent.status_code == (302 if door == "page" else 201)
    row = ChecklistAssignment.objects.get()
    assert (row.person, row.due_on.isoformat()) == (cast.member, "2026-12-24")
    assert "Jonas Lind" in client_of(cast.viewer).get(page).content.decode()
    assert "until 24 Dec" in client_of(cast.viewer).get(f"/projects/{cast.key}/checklist/").content.decode()
    if door == "page":
        assert client_of(cast.owner).post(f"{page}{row.uid}/end/").status_code == 302
    else:
        assert call(cast.owner, "delete", f"{api}{row.uid}/").status_code == 204
    assert call(cast.viewer, "get", api).json()["results"] == []


@both
@pytest.mark.parametrize(
    "wrong",
    [
        {"what": "XX-99"},
        {"what": ""},
        {"person": "viewer"},
        {"person": "stranger"},
        {"due_on": "24.12."},
        {"person": "x"},
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_asked(cast, door, wrong):
    uids = {name: str(getattr(cast, name).uid) for name in ("viewer", "stranger")}
    wrong = {name: uids.get(value, value) for name, value in wrong.items()}
    said = {"what": "SC-02", "person": str(cast.member.uid)} | wrong
    path = f"projects/{cast.key}/checklist/assignments/"

    sent = client_of(cast.owner).post(f"/{path}", said) if door == "page" else call(cast.owner, "post", path, said)

    assert sent.status_code == (422 if door == "page" else 400)
    assert not ChecklistAssignment.objects.exists()


def test_of_another_project_there_is_no_assignment(cast):
    other = make_project("Elsewhere")
    row = ask(other, "SC-02")

    ended = call(cast.owner, "delete", f"projects/{cast.key}/checklist/assignments/{row.uid}/")
    shown = client_of(cast.stranger).get(f"/projects/{cast.key}/checklist/assignments/")
    refused = call(cast.viewer, "post", f"projects/{cast.key}/checklist/assignments/", {})

    assert (ended.status_code, shown.status_code) == (404, 404)
    assert (refused.status_code, codes_of(refused)) == (403, ["not_of_team"])


def test_my_questions_are_those_i_was_asked(cast):
    ask(cast, "SC-02")

    body = client_of(cast.member).get(f"/projects/{cast.key}/checklist/?mine").content.decode()
    none = client_of(cast.owner).get(f"/projects/{cast.key}/checklist/?mine").content.decode()

    assert ('id="SC-02"' in body, 'id="UA-10"' in body) == (True, False)
    assert "Nobody asked you to answer anything here." in none


def test_assignments_cost_the_checklist_one_query(cast):
    client, page = client_of(cast.member), f"/projects/{cast.key}/checklist/"
    ask(cast, "SC-02")
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    for what in ("GR-01", "CU-01", "UA-10", "PF-12", "SC"):
        ask(cast, what)

    with CaptureQueriesContext(connection) as many:
        body = client.get(page).content.decode()

    assert len(queries_of(one)) == len(queries_of(many))
    assert body.count("<bdi>Jonas Lind</bdi>") == 5
