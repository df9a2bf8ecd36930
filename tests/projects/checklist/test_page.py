"""The workbench and its saves, through the browser's door."""

from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.checklist.models.answers import Answer, AnswerRevision
from tests import corpus
from tests.builders import client_of
from tests.builders_projects import Cast, fill_checklist, reload, submit

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
HTMX = {"HX-Request": "true"}
NOT_COUNTED = ("SAVEPOINT", "RELEASE", "BEGIN", "ROLLBACK")


def page(cast: Cast) -> str:
    return reverse("checklist", kwargs={"key": cast.key})


def door(cast: Cast, question: str) -> str:
    return reverse("checklist_answer", kwargs={"key": cast.key, "question": question})


def queries_of(captured: CaptureQueriesContext) -> list[str]:
    """Beside the session and the person."""
    every = [query["sql"] for query in captured.captured_queries]
    own = ("django_session", 'FROM "accounts_user" INNER JOIN "accounts_organisation"')
    return [sql for sql in every if not sql.startswith(NOT_COUNTED) and not any(word in sql for word in own)]


def answer_of(cast: Cast, question: str) -> Answer:
    return Answer.objects.get(checklist__project=cast.project, question=question)


def test_the_page_shows_every_question_with_its_control(cast):
    body = client_of(cast.member).get(page(cast)).content.decode()

    for question in ("GR-01", "CU-01", "SC-02", "UA-10", "PF-12"):
        assert f'id="{question}"' in body
    assert "No answer yet" in body
    assert 'type="date"' in body


def test_an_answer_without_script_is_saved_and_leads_back_to_its_question(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.member)
    token = client.get(page(cast)).cookies["csrftoken"].value

    response = client.post(door(cast, "SC-02"), {"value": "yes", "revision": "0", "csrfmiddlewaretoken": token})

    assert (response.status_code, response["Location"]) == (302, page(cast) + "#SC-02")
    assert answer_of(cast, "SC-02").content == {"value": "yes"}


def test_a_post_without_the_token_is_refused(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.member)

    assert client.post(door(cast, "SC-02"), {"value": "yes", "revision": "0"}).status_code == 403
    assert Answer.objects.count() == 0


def test_a_save_answers_with_its_state_its_revision_and_what_it_raises(cast):
    response = client_of(cast.member).post(door(cast, "SC-02"), {"value": "no", "revision": "0"}, headers=HTMX)

    body = response.content.decode()
    assert (response.status_code, response["HX-Trigger"]) == (200, "answer-saved")
    assert ", r1" in body
    assert 'name="revision" value="1"' in body
    assert "Business has not agreed what goes live" in body
    assert "Hold a scope review" in body
    assert "<form" not in body  # the controls stay as they are: somebody is typing in them


def test_each_kind_of_answer_is_taken_and_shown_again(cast):
    client = client_of(cast.member)
    day = reload(cast.project).standing.go_live_on.isoformat()
    sent = {
        "GR-01": {"value": day},
        "CU-01": {"value": ["timing", "owners"], "note": "Two are open."},
        "SC-02": {"value": "partly", "pending_what": "Norway", "pending_owner": "Ida", "pending_due": day},
        "PF-12": {"value": "91.5"},
    }

    for question, fields in sent.items():
        assert client.post(door(cast, question), {**fields, "revision": "0"}).status_code == 302

    body = client.get(page(cast)).content.decode()
    assert answer_of(cast, "CU-01").content == {"value": ["timing", "owners"], "note": "Two are open."}
    assert answer_of(cast, "SC-02").content["pending_due"] == day
    for shown in ("Norway", "Ida", f'value="{day}"', 'value="91.5"', "Two are open."):
        assert shown in body


def test_not_known_yet_is_an_answer(cast):
    client_of(cast.member).post(door(cast, "PF-12"), {"value": "", "unknown": "on", "revision": "0"})

    assert answer_of(cast, "PF-12").content == {"unknown": True}
    assert "The value is not known yet" in client_of(cast.member).get(page(cast)).content.decode()


def test_none_stands_alone_and_what_was_typed_is_kept(cast):
    fields = {"value": ["none", "timing"], "note": "I am not sure.", "revision": "0"}

    response = client_of(cast.member).post(door(cast, "CU-01"), fields, headers=HTMX)

    body = response.content.decode()
    assert (response.status_code, response["HX-Retarget"]) == (422, "#CU-01")
    assert "None stands alone." in body
    assert "I am not sure." in body
    assert body.count(" checked") == 2
    assert Answer.objects.count() == 0


def test_wrong_input_without_script_is_a_page_with_the_form(cast):
    response = client_of(cast.member).post(door(cast, "GR-01"), {"value": "0001-01-01", "revision": "0"})

    assert response.status_code == 422
    assert "five years" in response.content.decode()
    assert 'value="0001-01-01"' in response.content.decode()


def test_a_conflict_shows_both_texts_and_takes_no_side(cast):
    client_of(cast.owner).post(door(cast, "SC-02"), {"value": "no", "note": "The board said no.", "revision": "0"})

    mine = {"value": "yes", "note": "All signed.", "revision": "0"}
    response = client_of(cast.member).post(door(cast, "SC-02"), mine, headers=HTMX)

    body = response.content.decode()
    assert response.status_code == 409
    for text in ("The board", "All signed.", "Sigrid Aas", "Keep theirs", "Keep mine"):
        assert text in body
    assert 'name="revision" value="1"' in body
    assert body.count('data-kind="plain" data-size="s" type="submit"') >= 2
    assert answer_of(cast, "SC-02").content["note"] == "The board said no."


def test_keep_mine_writes_on_the_newest_revision_and_theirs_stays_in_the_history(cast):
    client_of(cast.owner).post(door(cast, "CU-01"), {"value": ["timing"], "revision": "0"})
    client = client_of(cast.member)
    assert client.post(door(cast, "CU-01"), {"value": ["owners", "checks"], "revision": "0"}).status_code == 409

    kept = client.post(door(cast, "CU-01"), {"value": ["owners", "checks"], "revision": "1", "whole": "1"})

    assert kept.status_code == 302
    assert answer_of(cast, "CU-01").content == {"value": ["owners", "checks"]}
    assert list(AnswerRevision.objects.order_by("revision").values_list("revision", flat=True)) == [1, 2]


def test_the_button_that_keeps_mine_carries_every_value(cast):
    client_of(cast.owner).post(door(cast, "CU-01"), {"value": ["timing"], "revision": "0"})

    response = client_of(cast.member).post(door(cast, "CU-01"), {"value": ["owners", "checks"], "revision": "0"})

    body = response.content.decode()
    assert response.status_code == 409
    for value in ("owners", "checks"):
        assert f'<input type="hidden" name="value" value="{value}">' in body


def test_keep_theirs_changes_nothing(cast):
    client_of(cast.owner).post(door(cast, "SC-02"), {"value": "no", "revision": "0"})

    response = client_of(cast.member).post(door(cast, "SC-02"), {"keep": "theirs"}, headers=HTMX)

    assert (response.status_code, response["HX-Retarget"]) == (200, "#SC-02")
    assert answer_of(cast, "SC-02").revision == 1


def test_the_same_answer_sent_twice_is_saved_once(cast):
    client = client_of(cast.member)

    for _again in range(2):
        assert client.post(door(cast, "SC-02"), {"value": "yes", "revision": "0"}).status_code == 302

    assert AnswerRevision.objects.count() == 1


@pytest.mark.parametrize("who", ["viewer", "architect"])
def test_whoever_only_sees_the_project_reads_and_is_told_why(cast, who):
    client = client_of(getattr(cast, who))

    body = client.get(page(cast)).content.decode()
    refused = client.post(door(cast, "SC-02"), {"value": "yes", "revision": "0"})

    assert "data-save" not in body
    assert "Only members of the project team" in body
    assert refused.status_code == 403
    assert Answer.objects.count() == 0


def test_wrong_input_of_a_viewer_is_refused_for_who_he_is(cast):
    response = client_of(cast.viewer).post(door(cast, "SC-02"), {"value": "rubbish", "revision": "0"})

    assert response.status_code == 403


@pytest.mark.parametrize("name", ["checklist", "checklist_panel", "checklist_submit", "checklist_reopen"])
def test_a_stranger_finds_nothing(cast, name):
    address = reverse(name, kwargs={"key": cast.key})

    assert client_of(cast.stranger).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_an_unknown_question_is_missing(cast):
    assert client_of(cast.member).post(door(cast, "XX-99"), {"value": "yes", "revision": "0"}).status_code == 404


def test_a_submitted_checklist_is_read_only_and_says_how_to_go_on(cast):
    fill_checklist(cast)
    submit(cast)

    body = client_of(cast.owner).get(page(cast)).content.decode()
    refused = client_of(cast.owner).post(door(cast, "SC-02"), {"value": "no", "revision": "1"})

    assert "its answers are read-only" in unescape(body)
    assert "Reopen checklist" in body
    assert "Withdraw submission" in body
    assert "data-save" not in body
    assert refused.status_code == 409


def test_the_panel_lists_what_stands_before_submit(cast):
    body = client_of(cast.owner).get(reverse("checklist_panel", kwargs={"key": cast.key}), headers=HTMX)

    text = body.content.decode()
    assert "4 things before Submit" in text
    assert "5 questions are not answered" in text
    assert 'id="topics"' in text
    assert 'hx-swap-oob="true"' in text


@pytest.mark.parametrize("whole", [False, True])
def test_the_page_costs_the_same_however_much_is_answered(cast, whole):
    client = client_of(cast.member)
    client.post(door(cast, "SC-02"), {"value": "no", "revision": "0"})
    if whole:
        fill_checklist(cast)

    with CaptureQueriesContext(connection) as captured:
        body = client.get(page(cast)).content.decode()

    assert len(queries_of(captured)) == 8
    assert body.count("Saved today, ") == (5 if whole else 1)


def test_a_changed_answer_is_saved_in_eleven_queries(cast):
    client = client_of(cast.member)
    client.post(door(cast, "SC-02"), {"value": "yes", "revision": "0"})

    with CaptureQueriesContext(connection) as captured:
        client.post(door(cast, "SC-02"), {"value": "yes", "note": "Signed.", "revision": "1"}, headers=HTMX)

    assert len(queries_of(captured)) == 11


def test_an_answer_that_moves_progress_and_risk_costs_one_more(cast):
    client = client_of(cast.member)
    client.post(door(cast, "SC-02"), {"value": "yes", "revision": "0"})

    with CaptureQueriesContext(connection) as captured:
        client.post(door(cast, "UA-10"), {"value": "no", "revision": "0"}, headers=HTMX)

    standing = reload(cast.project).standing
    assert (standing.answered, standing.predicted_risk > 0) == (2, True)
    assert len(queries_of(captured)) == 12


HOSTILE = corpus.NO_TEXT + corpus.BIDI[:2] + corpus.INERT + corpus.NO_DAY


@pytest.mark.parametrize("question", ["GR-01", "CU-01", "SC-02", "UA-10", "PF-12"])
def test_no_hostile_value_is_our_fault(cast, question):
    client = client_of(cast.member)

    for value in HOSTILE:
        fields = dict.fromkeys(("unknown", "note", "pending_what", "pending_owner", "pending_due", "reason"), value)
        for sent in ({"value": value}, {"value": "partly", **fields}, {"revision": value}):
            body = urlencode({"revision": "0", **sent}, errors="surrogatepass")
            response = client.post(door(cast, question), body, FORM, headers=HTMX)
            assert response.status_code in {200, 400, 409, 422}, ascii(sent)


@pytest.mark.parametrize("number", ["0", "99", "9" * 30])
def test_a_round_that_never_was_is_missing(cast, number):
    assert client_of(cast.member).get(f"{page(cast)}rounds/{number}/").status_code == 404
