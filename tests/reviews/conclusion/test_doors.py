"""The review page and its acts, and the same in the API."""

from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from reviews.conclusion.models import Conclusion
from reviews.conclusion.queries import seal_of
from tests.builders import client_of
from tests.builders_projects import make_project, submitted_project
from tests.reviews.ways import PDF, again, delivered, found, planned, signed_off, soon, taken

pytestmark = pytest.mark.django_db
CANARY = "Canary of the reviewers"


@pytest.fixture
def at_work():
    cast, review = taken()
    return SimpleNamespace(cast=cast, review=review, key=cast.key)


def page(cast, user, **query) -> str:
    return client_of(user).get(reverse("review", kwargs={"key": cast.key}), query).content.decode()


def door(name: str, cast, **kwargs) -> str:
    return reverse(name, kwargs={"key": cast.key, **kwargs})


def api(user, url: str, body=None, key: str = "k1"):
    return client_of(user).post(url, body or {}, content_type="application/json", headers={"Idempotency-Key": key})


def test_before_the_checklist_the_page_says_what_begins_the_review():
    cast = make_project()

    assert "The review begins when the checklist is submitted." in page(cast, cast.owner)


def test_a_reviewer_takes_a_submission_on_the_page_and_nobody_else():
    cast = submitted_project()
    submission = cast.project.submissions.get()
    url = reverse("review_take", kwargs={"uid": submission.uid})

    assert client_of(cast.owner).post(url).status_code == 403
    assert client_of(cast.stranger).post(url).status_code == 404
    assert url in page(cast, cast.architect)
    assert url not in page(cast, cast.owner)
    assert client_of(cast.architect).post(url).status_code == 302
    assert cast.project.reviews.get().reviewer == cast.architect


def test_a_draft_reaches_the_team_nowhere(at_work):
    cast, review = at_work.cast, at_work.review
    opened = found(cast, review, "high", title=f"{CANARY} opened")
    draft = found(cast, review, "critical", opened=False, title=f"{CANARY} draft")

    for person in (cast.owner, cast.partner_member, cast.viewer):
        browser = client_of(person)
        for name in ("review", "project", "history", "home"):
            url = reverse(name, kwargs={} if name == "home" else {"key": cast.key})
            assert CANARY not in browser.get(url).content.decode()
        listed = browser.get(reverse("api_findings", kwargs={"uid": review.uid})).json()
        assert listed["results"] == []
        whole = browser.get(reverse("api_review", kwargs={"uid": review.uid})).content.decode()
        assert draft.label not in whole
        for row in (opened, draft):
            assert browser.get(reverse("api_finding", kwargs={"uid": row.uid})).status_code == 404
            assert browser.get(door("finding_act", cast, uid=row.uid, verb="accept-risk")).status_code == 404
        assert draft.label not in browser.post(door("review_sign_off", cast), {"seen": "0" * 64}).content.decode()
    assert f"{CANARY} draft" in page(cast, cast.architect)


def test_after_the_report_the_team_sees_what_was_opened_and_no_later_draft(at_work):
    cast, review = at_work.cast, at_work.review
    opened = found(cast, review, "high", title=f"{CANARY} opened")
    delivered(cast, review)
    found(cast, review, "high", opened=False, title=f"{CANARY} draft")

    body = page(cast, cast.member, finding=opened.label)

    assert f"{CANARY} opened" in body
    assert f"{CANARY} draft" not in body


def test_the_rounds_of_mitigation_go_through_the_doors(at_work):
    cast, review = at_work.cast, at_work.review
    row = found(cast, review, "high")
    delivered(cast, review)
    architect, member = client_of(cast.architect), client_of(cast.member)

    def act(browser, verb, **said):
        return browser.post(door("finding_act", cast, uid=row.uid, verb=verb), said).status_code

    assert act(architect, "request-mitigation", ask="Who?", until=soon().isoformat()) == 302
    assert act(member, "submit-plan", what="", owner="", due_on="") == 422
    assert act(architect, "submit-plan", what="I", owner="I", due_on=soon().isoformat()) == 403
    assert act(member, "submit-plan", what="Time it.", owner="Rory", due_on=soon().isoformat()) == 302
    assert act(architect, "return", reply="Say when.") == 302
    assert act(member, "submit-plan", what="Time it on Sunday.", owner="Rory", due_on=soon().isoformat()) == 302
    assert act(member, "accept-plan") == 403
    assert act(architect, "accept-plan") == 302
    assert act(architect, "confirm-done") == 302
    body = page(cast, cast.member, finding=row.label)
    assert all(words in body for words in ("Time it on Sunday.", "Say when.", "Mitigated"))


def test_only_a_stakeholder_of_the_customer_accepts_a_risk(at_work):
    cast, review = at_work.cast, at_work.review
    row = found(cast, review, "critical")
    delivered(cast, review)
    url = reverse("api_finding_act", kwargs={"uid": row.uid, "verb": "accept-risk"})
    said = {"because": "We can live with it.", "until": soon().isoformat()}

    refused = [api(person, url, said).status_code for person in (cast.partner_member, cast.member, cast.architect)]
    accepted = api(cast.owner, url, said)

    assert refused == [403, 403, 403]
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted_by_customer")


def test_a_finding_is_written_and_changed_through_both_doors(at_work):
    cast, review = at_work.cast, at_work.review
    words = {"severity": "high", "topic": "CU", "question": "", "title": "By form", "owner": "project_manager"}

    assert (
        client_of(cast.architect).post(door("finding_add", cast), words | {"kind": "risk", "severity": ""}).status_code
        == 422
    )
    assert client_of(cast.architect).post(door("finding_add", cast), words | {"kind": "risk"}).status_code == 302
    made = api(cast.architect, reverse("api_findings", kwargs={"uid": review.uid}), words | {"kind": "issue"})
    assert made.status_code == 201
    url = reverse("api_finding", kwargs={"uid": made.json()["uid"]})
    browser = client_of(cast.architect)
    changed = browser.put(url, words | {"title": "By call"}, content_type="application/json")
    sneaked = browser.put(url, words | {"state": "dismissed"}, content_type="application/json")
    assert (changed.status_code, changed.json()["title"], changed.json()["version"]) == (200, "By call", 2)
    assert sneaked.status_code == 400


def test_signing_off_on_the_page_says_that_the_project_is_ready(at_work):
    cast, review = at_work.cast, at_work.review
    delivered(cast, review)
    seen = seal_of(again(review)).review_hash
    browser = client_of(cast.architect)

    asked = browser.get(door("review_sign_off", cast), {"seen": seen})
    done = browser.post(door("review_sign_off", cast), {"seen": seen})

    assert f'name="seen" value="{seen}"' in asked.content.decode()
    assert done.status_code == 302
    assert "The project is ready to request production." in page(cast, cast.owner)


def test_a_change_between_look_and_click_is_refused_and_says_what_to_do(at_work):
    cast, review = at_work.cast, at_work.review
    delivered(cast, review)
    seen = seal_of(again(review)).review_hash
    row = found(cast, review, "low")

    answer = client_of(cast.architect).post(door("review_sign_off", cast), {"seen": seen})
    url = reverse("api_review_conclude", kwargs={"uid": review.uid})
    called = api(cast.architect, url, {"review_hash": seen, "passed": True})

    assert row.state == "open"
    assert answer.status_code == 409
    assert "Read what is new" in answer.content.decode()
    assert door("review", cast) in answer.content.decode()
    assert (called.status_code, called.json()["reasons"][0]["code"]) == (409, "review_changed")
    assert not Conclusion.objects.exists()


def test_signing_off_asks_who_one_is(at_work):
    cast, review = at_work.cast, at_work.review
    delivered(cast, review)
    seen = seal_of(again(review)).review_hash
    stale = client_of(cast.architect, fresh=False)

    answer = stale.post(door("review_sign_off", cast), {"seen": seen})
    url = reverse("api_review_conclude", kwargs={"uid": review.uid})
    body = {"review_hash": seen, "passed": True}
    called = stale.post(url, body, content_type="application/json", headers={"Idempotency-Key": "s"})

    assert (answer.status_code, called.status_code, called.json()["code"]) == (302, 403, "step_up_needed")
    assert not Conclusion.objects.exists()


@pytest.mark.parametrize("who", ["owner", "member", "partner_member"])
def test_nobody_of_the_project_signs_off_through_a_door(who, at_work):
    cast, review = at_work.cast, at_work.review
    delivered(cast, review)
    person, seen = getattr(cast, who), seal_of(again(review)).review_hash
    url = reverse("api_review_conclude", kwargs={"uid": review.uid})

    codes = [
        api(person, url, {"review_hash": seen, "passed": passed}, key=str(passed)).status_code
        for passed in (True, False)
    ]

    assert codes == [403, 403]
    assert client_of(person).post(door("review_sign_off", cast), {"seen": seen}).status_code == 403


def test_not_ready_is_said_on_the_page(at_work):
    cast, review = at_work.cast, at_work.review
    seen = seal_of(review).review_hash

    client_of(cast.architect).post(door("review_not_ready", cast), {"seen": seen})

    assert "The project is not ready to request production." in page(cast, cast.owner)


def test_a_suspended_sign_off_is_confirmed_on_the_page():
    cast, review, _conclusion = signed_off()
    found(cast, review, "low")
    seen = seal_of(again(review)).review_hash

    assert "The sign-off is suspended." in page(cast, cast.owner)
    assert client_of(cast.architect).post(door("review_reconfirm", cast), {"seen": seen}).status_code == 302
    assert "The project is ready to request production." in page(cast, cast.owner)


def test_a_report_is_downloaded_by_those_who_see_the_project(at_work):
    cast, review = at_work.cast, at_work.review
    report = delivered(cast, review)
    urls = [door("report_pdf", cast, uid=report.uid), reverse("api_report_pdf", kwargs={"uid": report.uid})]

    for url in urls:
        answer = client_of(cast.viewer).get(url, headers={"Accept": "application/pdf"})
        assert (answer.status_code, b"".join(answer.streaming_content)) == (200, PDF)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox")
        assert answer["Content-Disposition"].startswith("attachment")
        assert client_of(cast.stranger).get(url).status_code == 404


def test_a_damaged_report_is_refused_with_a_sentence(at_work):
    cast, review = at_work.cast, at_work.review
    report = delivered(cast, review)
    default_storage.delete(report.path)

    shown = client_of(cast.viewer).get(door("report_pdf", cast, uid=report.uid))
    called = client_of(cast.viewer).get(reverse("api_report_pdf", kwargs={"uid": report.uid}))

    assert shown.status_code == 409
    assert "not what was stored" in shown.content.decode()
    assert (called.status_code, called.json()["code"]) == (409, "report_damaged")


def test_a_report_that_is_being_made_says_so(at_work):
    cast, review = at_work.cast, at_work.review

    client_of(cast.architect).post(door("report_deliver", cast))

    assert "expected within a minute" in page(cast, cast.owner)
    assert [row["report"] for row in client_of(cast.owner).get(
        reverse("api_reports", kwargs={"uid": review.uid})).json()["results"]] == [None]  # fmt: skip


def test_strangers_meet_nothing(at_work):
    cast, review = at_work.cast, at_work.review
    row = found(cast, review)
    report = delivered(cast, review)
    browser = client_of(cast.stranger)
    pages = [door(name, cast) for name in ("review", "review_sign_off", "review_assign", "finding_add", "reports")]
    calls = [reverse(name, kwargs={"uid": review.uid}) for name in ("api_review", "api_findings", "api_reports")]
    calls += [reverse("api_finding", kwargs={"uid": row.uid}), reverse("api_report_pdf", kwargs={"uid": report.uid})]

    assert {browser.get(url).status_code for url in pages + calls} == {404}
    assert browser.get(reverse("api_reviews")).json()["results"] == []


@pytest.mark.parametrize("rows", [1, 50])
def test_the_review_page_costs_the_same(rows, at_work, django_assert_num_queries):
    cast, review = at_work.cast, at_work.review
    findings = [found(cast, review, "high", title=f"Row {n}.") for n in range(rows)]
    delivered(cast, review)
    planned(cast, findings[0])
    browser = client_of(cast.architect)
    url = reverse("review", kwargs={"key": cast.key})

    with django_assert_num_queries(11):
        body = browser.get(url).content.decode()

    assert all(f"Row {n}." in body for n in range(rows))
