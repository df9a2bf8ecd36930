"""The sign-off: what it binds, what takes it away, and what gives it back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from golive.audit.models import AuditRow
from golive.core.decision import Refused
from golive.core.guards import named_constraint
from golive.outbox.drain import drain
from golive.proofs import false_standing
from projects.checklist.actions.answering import save_answer
from projects.checklist.actions.rounds import reopen_checklist
from projects.checklist.models.submission import Submission
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.rules.answers import read_answer
from projects.plan.actions.milestones import set_milestones
from projects.production.queries.gate import gate_facts, newest_clearance
from reviews.assessment.actions.mitigating import dismiss_finding, open_finding
from reviews.assessment.actions.reviewing import assign_review, take_submission, withdraw_review
from reviews.assessment.models import Review
from reviews.assessment.queries import submissions_waiting
from reviews.conclusion.actions import conclude_review, reconfirm_review
from reviews.conclusion.models import Conclusion
from reviews.conclusion.queries import seal_of
from tests.builders_projects import reload, submit
from tests.reviews.ways import again, concluded, delivered, found, planned, signed_off, taken

pytestmark = pytest.mark.django_db


def refused(act) -> list[str]:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.decision.codes


def change_answer(cast, value: str) -> None:
    sheet = sheet_of(reload(cast.project), at=timezone.now())
    question = next(q for q in sheet.questions if q.id == "PF-12")
    content = read_answer(question, {"value": value}, today=timezone.localdate())
    revision = sheet.rows["PF-12"].revision
    save_answer(cast.project, "PF-12", content, revision=revision, by=cast.member, at=timezone.now())


def cover(cast) -> str:
    return gate_facts(reload(cast.project)).clearance


def true_standing() -> bool:
    return list(false_standing()) == []


@pytest.mark.req("S1-51")
def test_a_sign_off_states_that_the_project_is_ready_to_request_production():
    cast, review, conclusion = signed_off()
    drain()

    letters = [m for m in mail.outbox if "signed off" in m.subject]

    assert conclusion.outcome == review.outcome == "ready"
    assert cover(cast) == "covers"
    told = " ".join(each for m in letters for each in m.to)
    assert cast.owner.email in told
    assert cast.partner_member.email in told
    assert all("ready to request production" in m.subject and "ready to request production" in m.body for m in letters)
    assert true_standing()


def test_a_high_finding_under_an_accepted_plan_is_a_condition():
    cast, review = taken()
    row = found(cast, review, "high")
    delivered(cast, review)
    planned(cast, row)

    conclusion = concluded(cast, review)

    assert (conclusion.outcome, conclusion.conditions) == ("ready_with_conditions", [row.label])
    assert cover(cast) == "covers"


def test_not_ready_ends_the_review_and_clears_nothing():
    cast, review = taken()
    found(cast, review, "critical")

    conclusion = concluded(cast, review, passed=False)

    assert (conclusion.outcome, conclusion.report) == ("not_ready", None)
    assert newest_clearance(cast.project) is None
    retake = lambda: take_submission(review.submission, by=cast.lead, at=timezone.now())  # noqa: E731
    assert refused(retake) == ["reviewed"]
    assert true_standing()


def test_what_changed_after_the_look_is_not_signed_off():
    cast, review = taken()
    delivered(cast, review)
    seen = seal_of(again(review)).review_hash
    found(cast, review, "low", title="Seen by nobody")

    sign = lambda: conclude_review(again(review), seen=seen, passed=True, by=cast.architect, at=timezone.now())  # noqa: E731

    assert refused(sign) == ["review_changed"]
    assert not Conclusion.objects.exists()


def test_a_sign_off_happens_once():
    cast, review, conclusion = signed_off()

    assert refused(lambda: concluded(cast, review)) == ["review_concluded"]
    assert list(Conclusion.objects.all()) == [conclusion]


def test_neither_submitter_nor_contributor_nor_member_signs_off_even_with_the_database_in_hand():
    cast, review, conclusion = signed_off()

    for person, constraint in (
        (cast.owner, "conclusion_not_by_submitter"),
        (cast.member, "conclusion_not_by_contributor"),
        (cast.partner_member, "conclusion_not_by_contributor"),
    ):
        row = Conclusion.objects.get(pk=conclusion.pk)
        row.pk, row.concluded_by, row.reconfirms = None, person, conclusion
        row.uid = review.uid
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            row.save(force_insert=True)
        assert named_constraint(error.value) in {constraint, "conclusion_not_by_contributor"}


def test_a_finding_added_after_the_sign_off_takes_the_clearance_away_at_once():
    cast, review, _conclusion = signed_off()

    late = found(cast, review, "high", opened=False)

    assert again(review).state == "suspended"
    assert cover(cast) == "suspended"
    assert true_standing()
    drain()
    assert again(review).state == "suspended"
    seen = seal_of(again(review)).review_hash
    confirm = lambda: reconfirm_review(again(review), seen=seen, by=cast.architect, at=timezone.now())  # noqa: E731
    assert refused(confirm) == ["drafts_undecided"]
    open_finding(late, by=cast.architect, at=timezone.now())
    dismiss_finding(late, because="Answered by mail.", by=cast.architect, at=timezone.now())
    seen = seal_of(again(review)).review_hash
    assert reconfirm_review(again(review), seen=seen, by=cast.architect, at=timezone.now()).reconfirms is not None
    assert cover(cast) == "covers"
    assert true_standing()


def test_changed_content_suspends_and_the_old_content_restores_by_itself():
    cast, review, _conclusion = signed_off()
    reopen_checklist(cast.project, by=cast.owner, because="A number was wrong.", at=timezone.now())

    before = sheet_of(reload(cast.project), at=timezone.now()).rows["PF-12"].content["value"]
    change_answer(cast, "70")
    drain()
    assert (again(review).state, cover(cast)) == ("suspended", "changed")
    assert reload(cast.project).standing.turn == "team"
    change_answer(cast, before)
    drain()

    assert (again(review).state, cover(cast)) == ("concluded", "covers")
    assert true_standing()


def test_a_later_round_of_a_suspended_review_is_confirmed_again():
    cast, review, first = signed_off()
    reopen_checklist(cast.project, by=cast.owner, because="A number was wrong.", at=timezone.now())
    change_answer(cast, "95")
    drain()
    later = submit(cast)
    drain()

    review = again(review)
    assert (review.state, review.submission, review.project.standing.turn) == ("suspended", later, "reviewers")
    seen = seal_of(review).review_hash
    second = reconfirm_review(review, seen=seen, by=cast.architect, at=timezone.now())

    assert (second.reconfirms, second.submission) == (first, later)
    assert cover(cast) == "covers"
    assert true_standing()


def test_a_go_live_that_moved_too_far_suspends():
    cast, review, _conclusion = signed_off()
    far = timezone.localdate() + timedelta(days=160)

    set_milestones(cast.project, {"go_live": far}, by=cast.owner, at=timezone.now())
    drain()

    assert (again(review).state, cover(cast)) == ("suspended", "lapsed")
    assert true_standing()


def test_a_later_round_brings_an_open_review_back_to_the_reviewer_with_its_findings():
    cast, review = taken()
    row = found(cast, review, "high")
    delivered(cast, review)
    reopen_checklist(cast.project, by=cast.owner, because="More is known.", at=timezone.now())
    change_answer(cast, "95")
    later = submit(cast)
    drain()

    review = again(review)

    assert (review.state, review.submission) == ("in_review", later)
    assert row in review.findings.all()
    assert Review.objects.count() == 1
    assert true_standing()


def test_a_review_that_is_given_up_can_be_taken_anew():
    cast, review = taken()
    waiting = lambda: list(submissions_waiting(type(cast.project).objects.all()))  # noqa: E731
    assert waiting() == []

    withdraw_review(review, by=cast.architect, at=timezone.now())

    assert waiting() == [review.submission]
    second = take_submission(review.submission, by=cast.lead, at=timezone.now())
    assert (second.state, second.reviewer, waiting()) == ("in_review", cast.lead, [])
    assert refused(lambda: take_submission(review.submission, by=cast.architect, at=timezone.now())) == ["taken"]
    assert true_standing()


def test_withdrawing_a_suspended_review_withdraws_its_clearance():
    cast, review, _conclusion = signed_off()
    found(cast, review, "high", opened=False)

    withdraw_review(again(review), by=cast.architect, at=timezone.now())
    second = take_submission(again(review).submission, by=cast.lead, at=timezone.now())

    assert newest_clearance(cast.project).state == "withdrawn"
    for finding in second.findings.all():
        dismiss_finding(finding, because="Seen before.", by=cast.lead, at=timezone.now())
    delivered_by_lead(cast, second)
    assert cover(cast) == "covers"


def delivered_by_lead(cast, review):
    cast.architect = cast.lead
    delivered(cast, review)
    return concluded(cast, review)


def test_a_review_is_assigned_by_a_lead_and_the_old_holder_signs_no_more():
    cast, review = taken()
    delivered(cast, review)

    assign_review(again(review), to=cast.lead, by=cast.lead, at=timezone.now())

    assert refused(lambda: concluded(cast, review)) == ["not_holder"]


def test_the_history_tells_nothing_of_a_draft():
    cast, review = taken()
    found(cast, review, "critical", opened=False, title="Canary of a draft")

    rows = [row.body for row in AuditRow.objects.filter(chain=cast.project.chain, act__startswith="finding.added")]

    assert rows
    assert not any("critical" in body or "Canary" in body or "R-0" in body for body in rows)


def test_the_team_is_told_of_risk_as_its_answers_predict_until_the_report():
    cast, review = taken()
    found(cast, review, "critical")
    before = reload(cast.project).standing

    delivered(cast, review)

    after = reload(cast.project).standing
    assert (before.open_critical, after.open_critical) == (0, 1)
    assert Submission.objects.count() == 1
    assert true_standing()
