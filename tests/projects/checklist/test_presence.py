"""Who is on which question: told to the project's people, for a minute, and to nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from golive.audit.models import AuditRow
from projects.checklist.models.answers import AnswerPresence
from tests.builders import client_of
from tests.builders_projects import Cast, fill_checklist, submit

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def place(cast: Cast) -> str:
    return reverse("checklist_presence", kwargs={"key": cast.key})


def be_on(cast: Cast, who: str, question: str = "SC-02") -> int:
    return client_of(getattr(cast, who)).post(place(cast), {"question": question}, headers=HTMX).status_code


def told(cast: Cast, who: str) -> str:
    return client_of(getattr(cast, who)).get(place(cast), headers=HTMX).content.decode()


def test_the_others_are_told_and_oneself_is_not(cast):
    assert be_on(cast, "member") == 200

    for who in ("owner", "viewer", "partner_member"):
        assert 'data-on="SC-02" data-said="Jonas Lind is on this question"' in told(cast, who)
    assert "Jonas" not in told(cast, "member")


def test_it_stands_on_the_page_and_in_the_panel_without_script(cast):
    be_on(cast, "member")
    client = client_of(cast.owner)

    for name in ("checklist", "checklist_panel"):
        body = client.get(reverse(name, kwargs={"key": cast.key}), headers=HTMX).content.decode()
        assert '<b>Jonas Lind</b> is on <a href="#SC-02">SC-02</a>' in body


def test_one_is_on_one_question_and_leaves_no_history(cast):
    before = AuditRow.objects.count()

    for question in ("SC-02", "UA-10", "UA-10"):
        be_on(cast, "member", question)

    assert AnswerPresence.objects.get().question == "UA-10"
    assert AuditRow.objects.count() == before


def test_after_a_minute_it_means_nothing(cast):
    be_on(cast, "member")
    AnswerPresence.objects.update(seen_at=timezone.now() - timedelta(seconds=61))

    assert "Jonas" not in told(cast, "owner")


@pytest.mark.parametrize("who", ["viewer", "architect", "lead"])
def test_whoever_only_looks_is_on_nothing(cast, who):
    assert be_on(cast, who) == 403
    assert not AnswerPresence.objects.exists()


@pytest.mark.parametrize("who", ["architect", "lead"])
def test_fasttrack_sees_the_page_and_not_who_is_on_it(cast, who):
    be_on(cast, "member")

    body = client_of(getattr(cast, who)).get(reverse("checklist", kwargs={"key": cast.key})).content.decode()

    assert "Jonas" not in told(cast, who)
    assert "Jonas Lind is on this question" not in body


def test_nobody_is_on_a_submitted_round(cast):
    fill_checklist(cast)
    submit(cast)

    assert be_on(cast, "member") == 409


def test_who_left_the_project_is_gone(cast):
    be_on(cast, "member")
    cast.project.memberships.filter(user=cast.member).delete()

    assert "Jonas" not in told(cast, "owner")


@pytest.mark.parametrize("question", ["XX-99", "", "\0", "S" * 400, "<b>"])
def test_a_question_that_is_not_asked_is_nowhere(cast, question):
    assert be_on(cast, "member", question) in {200, 400}
    assert not AnswerPresence.objects.exists()


def test_a_stranger_finds_nothing(cast):
    assert be_on(cast, "stranger") == 404


def api(cast: Cast, who: str, **body: str) -> tuple[int, object]:
    client, url = client_of(getattr(cast, who)), reverse("api_checklist_presence", kwargs={"key": cast.key})
    answer = client.put(url, body, content_type="application/json") if body else client.get(url)
    return answer.status_code, answer.json().get("results")


def test_a_program_says_and_hears_the_same(cast):
    assert api(cast, "member", question="SC-02") == (200, [])

    assert api(cast, "owner") == (200, [{"name": "Jonas Lind", "question": "SC-02"}])
    assert api(cast, "architect") == (200, [])
    assert api(cast, "viewer", question="SC-02")[0] == 403
    assert api(cast, "member", question="ZZ-99")[0] == 400
    assert AnswerPresence.objects.get().question == "SC-02"
