"""Through the doors: contradictions hold back Submit until something is said, what is known is confirmed by a click."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from golive.audit.models import AuditRow
from projects.checklist.actions.freezing import freeze
from projects.checklist.models.contradictions import ContradictionStand
from projects.checklist.queries.proof import false_counters
from projects.checklist.queries.rounds import decisions_of
from projects.checklist.queries.sheet import sheet_of
from tests.builders import client_of
from tests.builders_projects import call, codes_of, describe, make_project, plan_dates, reload

pytestmark = pytest.mark.django_db
TEXT = "The last cases run on Monday; the signer knows."


@pytest.fixture
def cast(whole_checklist):
    """UAT is signed off and has not ended: CO-09."""
    made = make_project()
    plan_dates(made, go_live_in=90)
    describe(made)
    answer(made, "UA-02", (timezone.localdate() + timedelta(days=3)).isoformat())
    answer(made, "UA-10", "yes")
    return made


def answer(cast, question, value, revision=0):
    path = f"projects/{cast.key}/checklist/answers/{question}/"
    response = call(cast.member, "put", path, {"value": value}, **{"If-Match": f'"{revision}"'})
    assert response.status_code == 200
    return response.json()


def page(cast, user=None):
    return client_of(user or cast.member).get(f"/projects/{cast.key}/checklist/").content.decode()


def say(cast, *, user=None, which="CO-09", **fields):
    form = {"stand": "explained", "text": TEXT, "revision": "0"} | fields
    return client_of(user or cast.member).post(f"/projects/{cast.key}/checklist/contradictions/{which}/", form)


def put(cast, body, revision=0, user=None, which="CO-09"):
    path = f"projects/{cast.key}/checklist/contradictions/{which}/"
    headers = {} if revision is None else {"If-Match": f'"{revision}"'}
    return call(user or cast.member, "put", path, body, **headers)


def submit_reasons(cast):
    return decisions_of(cast.owner, sheet_of(reload(cast.project), at=timezone.now()))["submit"].codes


def test_what_contradicts_holds_back_submit_until_something_is_said(cast):
    before = submit_reasons(cast)
    shown = page(cast)

    response = say(cast)

    assert (response.status_code, response["Location"]) == (302, f"/projects/{cast.key}/checklist/#contradictions")
    assert ("contradictions" in before, "contradictions" in submit_reasons(cast)) == (True, False)
    assert "UAT is signed off, and has not ended." in shown
    for way_out in ('href="#UA-10"', "Explain", "Raise as known risk"):
        assert way_out in shown
    assert TEXT in page(cast, cast.viewer)
    assert list(false_counters()) == []


def test_what_was_said_is_asked_again_when_an_answer_changes(cast):
    say(cast)

    answer(cast, "UA-02", (timezone.localdate() + timedelta(days=9)).isoformat(), 1)
    again = say(cast, text="Now Friday.", revision="1")

    assert again.status_code == 302
    assert [row.text for row in ContradictionStand.objects.order_by("revision")] == [TEXT, "Now Friday."]
    assert "contradictions" not in submit_reasons(cast)


def test_two_who_speak_at_once_are_shown_to_each_other(cast):
    say(cast)

    late = say(cast, user=cast.owner, text="I know better.", stand="raised")
    api = put(cast, {"stand": "raised", "text": "I know better."}, user=cast.owner)
    blind = put(cast, {"stand": "raised", "text": "I know better."}, None)

    body = late.content.decode()
    assert (late.status_code, TEXT in body, "I know better." in body) == (409, True, True)
    assert (api.status_code, api.json()["theirs"]["text"], api.json()["revision"], api["ETag"]) == (412, TEXT, 1, '"1"')
    assert blind.status_code == 428
    assert ContradictionStand.objects.count() == 1


def test_the_same_word_sent_twice_is_kept_once(cast):
    assert [say(cast).status_code, say(cast).status_code] == [302, 302]
    assert ContradictionStand.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"text": "x" * 1001}, {"text": "a\x00b"}, {"stand": "mended"}, {"revision": "-1"}, {"stand": ""}],
)
def test_a_bad_word_is_refused_and_stays_in_its_field(cast, wrong):
    response = say(cast, **wrong)
    fields = {"stand": "explained", "text": TEXT} | {key: one for key, one in wrong.items() if key != "revision"}

    assert response.status_code == 422
    assert wrong.get("text") == "" or wrong.get("text", TEXT).replace("\x00", "")[:20] in response.content.decode()
    if "revision" not in wrong:
        assert put(cast, fields).status_code == 400
    assert ContradictionStand.objects.count() == 0


def test_what_does_not_contradict_any_more_is_no_matter_to_speak_of(cast):
    answer(cast, "UA-10", "partly", 1)

    page_, api = say(cast), put(cast, {"stand": "explained", "text": TEXT})

    assert (page_.status_code, api.status_code, codes_of(api)) == (409, 409, ["not_contradictory"])
    assert (
        say(cast, which="CO-99").status_code == put(cast, {"stand": "raised", "text": "x"}, which="CO-99").status_code
    )
    assert say(cast, which="CO-99").status_code == 404


def test_who_may_not_answer_says_nothing_and_strangers_find_nothing(cast):
    refused = [say(cast, user=who).status_code for who in (cast.viewer, cast.stranger)]
    api = [put(cast, {"stand": "raised", "text": "x"}, user=who).status_code for who in (cast.viewer, cast.stranger)]

    assert (refused, api) == ([403, 404], [403, 404])


def test_the_history_tells_of_the_word_without_the_word(cast):
    put(cast, {"stand": "raised", "text": TEXT})

    row = AuditRow.objects.get(act="contradiction.raised")

    assert (row.object, row.after["revision"], len(row.after["sha256"])) == ("contradiction:CO-09", 1, 64)
    assert TEXT not in str(row.after)


def test_the_api_shows_what_the_page_shows(cast):
    put(cast, {"stand": "raised", "text": TEXT})

    listed = call(cast.viewer, "get", f"projects/{cast.key}/checklist/contradictions/").json()["results"]
    whole = call(cast.viewer, "get", f"projects/{cast.key}/checklist/").json()

    (one,) = listed
    assert (one["id"], one["said"]["text"], one["revision"], one["fix"]) == ("CO-09", TEXT, 1, ["UA-10", "UA-02"])
    assert one["because"][1] == {"name": "UA-10", "said": "Yes"}
    assert whole["contradictions"] == listed
    assert whole["readiness"]["topics"][4]["topic"] == "UA"
    assert {risk["rule"] for risk in whole["raised_by_facts"]} == {"PR-01", "PR-02", "PR-05", "PR-06"}


def test_what_the_plan_knows_is_offered_and_stands_only_when_confirmed(cast):
    go_live = reload(cast.project).standing.go_live_on.isoformat()
    known = call(cast.member, "get", f"projects/{cast.key}/checklist/").json()["known"]
    shown = page(cast)

    form = {"value": go_live, "revision": "0", "whole": "1"}
    response = client_of(cast.member).post(f"/projects/{cast.key}/checklist/answers/GR-01/", form)

    assert known["GR-01"] == {"value": go_live, "known_from": "the go-live milestone"}
    assert ("From the project:" in shown, f'name="value" value="{go_live}"' in shown) == (True, True)
    assert response.status_code == 302
    assert "GR-01" not in call(cast.member, "get", f"projects/{cast.key}/checklist/").json()["known"]
    assert sheet_of(reload(cast.project), at=timezone.now()).rows["GR-01"].revision == 1


def test_the_page_says_why_each_finding_was_raised_and_how_ready_it_is(cast):
    answer(cast, "UA-03", "50")

    shown = page(cast)

    assert "Why this was raised:" in shown
    assert '<a href="#UA-02">UA-02</a>' in shown
    assert "Nobody is marked as primary contact" in shown
    assert "Eight moments are worth asking them" in shown
    for part in ('id="h-ready"', "Readiness by topic"):
        assert part in shown


def test_what_was_raised_is_a_risk_of_the_submission_with_the_words_of_the_team(cast):
    put(cast, {"stand": "raised", "text": TEXT})
    sheet = sheet_of(reload(cast.project), at=timezone.now())

    frozen = json.loads(freeze(sheet, by=cast.owner, at=timezone.now()).frozen)

    raised = [risk for risk in frozen["risks"] if risk["rule"] == "CO-09"]
    assert [(risk["question"], risk["severity"], risk["detail"]) for risk in raised] == [("UA-10", "high", TEXT)]
    assert {risk["rule"] for risk in frozen["risks"] if not risk["question"]} == {"PR-01", "PR-02", "PR-05", "PR-06"}
    (one,) = frozen["contradictions"]
    assert (one["id"], one["stand"], one["text"], one["raised_already"]) == ("CO-09", "raised", TEXT, False)
