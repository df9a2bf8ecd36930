"""Taking a submission, and the moves of the review itself."""

import json
from datetime import date, datetime
from typing import Any

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from projects.checklist.actions.rounds import mark_taken
from projects.checklist.models.submission import Submission
from projects.portfolio.actions.projects import lock, note, write_letter
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker, team_of
from projects.production.actions.clearing import suspend_clearance, withdraw_clearance
from projects.production.queries.gate import newest_clearance
from projects.production.states import ClearanceState
from reviews.assessment.actions.drafting import add_drafts
from reviews.assessment.models import Finding, Review, ReviewSuspension
from reviews.assessment.queries import recipients_of, report_due, review_facts, standing_of, take_facts
from reviews.assessment.rules.review import may_assign, may_take, may_withdraw_review
from reviews.assessment.states import LIVE, PASSED, FindingState, ReviewState

REASONS = {
    "changed": "A material answer of the checklist changed.",
    "lapsed": "Go-live moved too far from the date that was reviewed.",
    "finding_added": "A finding was added after the sign-off.",
}


@transaction.atomic
def take_submission(submission: Submission, *, by: User, at: datetime) -> Review:
    """The architect takes it from the inbox; what the rules raised becomes drafts; it cannot be withdrawn any more."""
    project, submission = locked_submission(submission)
    require(may_take(onlooker(by, project), take_facts(submission)), on=project)
    review = Review.objects.create(
        project=project,
        checklist=submission.round.checklist,
        submission=submission,
        reviewer=by,
        taken_at=at,
        first_report_due_on=report_due(submission.submitted_at),
    )
    mark_taken(submission.round, at=at)
    add_drafts(review, json.loads(submission.frozen)["risks"], at=at)
    keep_standing(review)
    record(project.chain, by, "review.taken", review, at=at, after={"submission": submission.uid})
    tell_team(review, "review_taken", cycle=str(review.uid), at=at, who=by.name, until=day(review.first_report_due_on))
    return review


@transaction.atomic
def assign_review(review: Review, *, to: User, by: User, at: datetime) -> Review:
    review = locked_review(review)
    rule = may_assign(onlooker(by, review.project), review_facts(review), to=onlooker(to, review.project))
    require(rule, on=review.project)
    before, review.reviewer = review.reviewer, to
    review.save(update_fields=["reviewer"])
    facts = {"before": {"reviewer": before.uid}, "after": {"reviewer": to.uid}}
    record(review.project.chain, by, "review.assigned", review, at=at, **facts)
    return review


@transaction.atomic
def withdraw_review(review: Review, *, by: User, at: datetime) -> Review:
    review = locked_review(review)
    require(may_withdraw_review(onlooker(by, review.project), review_facts(review)), on=review.project)
    _withdraw(review, by=by, at=at)
    return review


@transaction.atomic
def end_reviews(project: Project, *, by: User, at: datetime) -> int:
    """The project ends: each review that is not signed off is withdrawn, and with it what it asks of the team."""
    rows = list(Review.objects.filter(project=project, state__in=LIVE).order_by("pk"))
    for row in rows:
        _withdraw(locked_review(row), by=by, at=at)
    return len(rows)


def _withdraw(review: Review, *, by: User, at: datetime) -> None:
    suspended = review.state == ReviewState.SUSPENDED
    review.withdraw()
    review.save()
    clearance = newest_clearance(review.project) if suspended else None
    if clearance and clearance.state != ClearanceState.WITHDRAWN:
        withdraw_clearance(clearance, because="review_withdrawn", by=by, at=at)
    keep_standing(review)
    record(review.project.chain, by, "review.withdrawn", review, at=at)


@transaction.atomic
def follow_submission(submission: Submission, *, at: datetime) -> Review | None:
    """A later round: an open review goes back to the reviewer on it, and keeps its findings. Idempotent."""
    project, submission = locked_submission(submission)
    review = Review.objects.filter(checklist=submission.round.checklist).order_by("-pk").first()
    if review is None or submission.pk <= review.submission_id or submission.round.state != "submitted":
        return None
    if review.state not in {"in_review", "report_delivered", "mitigation", "suspended"}:
        return None
    review = locked_review(review)
    if review.state in {ReviewState.REPORT_DELIVERED, ReviewState.MITIGATION}:
        review.look_again()
    review.submission = submission
    review.save()
    mark_taken(submission.round, at=at)
    if review.state == ReviewState.IN_REVIEW:
        add_drafts(review, json.loads(submission.frozen)["risks"], at=at)
    keep_standing(review)
    record(project.chain, None, "review.followed", review, at=at, after={"submission": submission.uid})
    return review


def suspend_review(review: Review, *, because: str, by: User | None, at: datetime) -> None:
    """A passed sign-off no longer covers what is there; the caller holds the lock. Doing it twice does it once."""
    if review.state != ReviewState.CONCLUDED or review.outcome not in PASSED:
        return
    review.suspend()
    review.save()
    ReviewSuspension.objects.create(review=review, because=because, by=by, at=at)
    clearance = newest_clearance(review.project)
    if because == "finding_added" and clearance and clearance.state == ClearanceState.STANDS:
        suspend_clearance(clearance, because=because, by=by, at=at)
    keep_standing(review)
    record(review.project.chain, by, "review.suspended", review, at=at, after={"because": because})
    cycle = f"{review.uid}:{review.suspensions.count()}"
    tell_team(review, "review_suspended", cycle=cycle, at=at, because=REASONS[because], who=review.reviewer.name)


def settle_turn(review: Review) -> None:
    """Asking enters mitigation; when no finding waits for the team any more, the review is back with the reviewer."""
    waits = Finding.objects.filter(review=review, state=FindingState.MITIGATION_REQUESTED).exists()
    if waits and review.state == ReviewState.REPORT_DELIVERED:
        review.await_mitigation()
        review.save()
    if not waits and review.state == ReviewState.MITIGATION:
        review.look_again()
        review.save()
    keep_standing(review)


def locked_review(review: Review) -> Review:
    project = lock(review.project)
    related = ("submission__round", "reviewer", "checklist")
    fresh = Review.objects.select_related(*related).get(pk=review.pk)
    fresh.project = project
    return fresh


def locked_submission(submission: Submission) -> tuple[Project, Submission]:
    project = lock(submission.project)
    fresh = Submission.objects.select_related("round__checklist", "project").get(pk=submission.pk)
    return project, fresh


def keep_standing(review: Review) -> None:
    columns = standing_of(review)
    note(
        review.project,
        review_state=columns["review_state"],
        review_due_on=columns["review_due_on"],
        turn=columns["turn"],
        found_risk=columns["found_risk"],
        open_critical=columns["open_critical"],
    )


def tell_team(review: Review, letter: str, *, cycle: str, at: datetime, **words: Any) -> None:
    write_letter(review.project, letter, to=people_told(review), page="review", cycle=cycle, at=at, **words)


def people_told(review: Review) -> list[User]:
    """The team, the stakeholders named with the submission, and the architect of the project where there is one."""
    architect = [review.project.architect] if review.project.architect else []
    people = {person.pk: person for person in (*team_of(review.project), *recipients_of(review), *architect)}
    return list(people.values())


def day(value: date) -> str:
    return f"{value:%-d %b %Y}"
