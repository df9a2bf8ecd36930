"""Signing off a review, and confirming a suspended one again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import Cure, Decision, Reason, require
from projects.portfolio.queries.people import onlooker
from projects.production.actions.clearing import grant_clearance, restore_clearance
from projects.production.queries.gate import gate_facts, newest_clearance
from projects.production.states import ClearanceState
from reviews.assessment.actions.reviewing import day, keep_standing, locked_review, tell_team
from reviews.assessment.models import Review
from reviews.assessment.rules.facts import ReviewFacts, overall_advice
from reviews.assessment.rules.review import may_conclude, may_reconfirm
from reviews.assessment.states import FindingState, Outcome, ReviewState, Severity
from reviews.conclusion.models import Conclusion
from reviews.conclusion.queries import Seal, conclusion_facts, seal_of


@transaction.atomic
def conclude_review(review: Review, *, seen: str, passed: bool, by: User, at: datetime) -> Conclusion:
    """The architect's sign-off binds exactly the content seen; a passed one clears the rollout at once."""
    review = locked_review(review)
    facts = conclusion_facts(review)
    require(may_conclude(onlooker(by, review.project), facts, passed=passed), on=review.project)
    seal = seal_of(review)
    require(_as_seen(seal, seen, review), on=review.project)
    outcome = overall_advice(facts.findings) if passed else Outcome.NOT_READY
    review.conclude(outcome=outcome, at=at)
    review.save()
    return _conclude(review, seal, facts, by=by, at=at)


@transaction.atomic
def reconfirm_review(review: Review, *, seen: str, by: User, at: datetime) -> Conclusion:
    """A suspended sign-off is given again, against what is there now."""
    review = locked_review(review)
    facts = conclusion_facts(review)
    require(may_reconfirm(onlooker(by, review.project), facts), on=review.project)
    seal = seal_of(review)
    require(_as_seen(seal, seen, review), on=review.project)
    review.confirm_again(outcome=overall_advice(facts.findings), at=at)
    review.save()
    older = Conclusion.objects.filter(review=review).first()
    return _conclude(review, seal, facts, by=by, at=at, reconfirms=older)


@transaction.atomic
def restore_covered(review: Review, *, at: datetime) -> bool:
    """Content and date are again what was signed off: the system ends the suspension. Idempotent."""
    review = locked_review(review)
    covers = gate_facts(review.project).clearance == "covers"
    if review.state != ReviewState.SUSPENDED or not covers:
        return False
    review.confirm_again(outcome=review.outcome, at=at)
    review.save()
    keep_standing(review)
    clearance = newest_clearance(review.project)
    if clearance and clearance.state == ClearanceState.SUSPENDED:
        restore_clearance(clearance, by=None, at=at)
    record(review.project.chain, None, "review.restored", review, at=at)
    return True


def _conclude(
    review: Review, seal: Seal, facts: ReviewFacts, *, by: User, at: datetime, reconfirms: Conclusion | None = None
) -> Conclusion:
    planned = [row for row in facts.findings if row.state == FindingState.PLAN_ACCEPTED]
    conclusion = Conclusion.objects.create(
        project=review.project,
        review=review,
        submission=review.submission,
        reconfirms=reconfirms,
        outcome=review.outcome,
        conditions=[row.label for row in planned if row.severity == Severity.HIGH],
        review_hash=seal.review_hash,
        report=seal.report,
        report_sha256=seal.report.sha256 if seal.report else "",
        go_live_on=seal.go_live_on,
        submitted_by=review.submission.submitted_by,
        concluded_by=by,
        at=at,
    )
    keep_standing(review)
    after = {"outcome": conclusion.outcome, "review_hash": seal.review_hash, "report": conclusion.report_sha256 or None}
    act = "review.reconfirmed" if reconfirms else "review.concluded"
    record(review.project.chain, by, act, conclusion, at=at, after=after)
    if review.outcome != Outcome.NOT_READY:
        _clear(review, conclusion)
    _tell(review, conclusion)
    return conclusion


def _clear(review: Review, conclusion: Conclusion) -> None:
    assert conclusion.go_live_on is not None  # a passed outcome has one
    grant_clearance(
        review.checklist,
        conclusion=conclusion.uid,
        review_hash=conclusion.review_hash,
        content_hash=review.submission.content_hash,
        go_live_on=conclusion.go_live_on,
        by=conclusion.concluded_by,
        at=conclusion.at,
    )


def _tell(review: Review, conclusion: Conclusion) -> None:
    """The explicit statement that the project is ready to request production, or why not."""
    tell_team(
        review,
        "review_concluded",
        cycle=str(conclusion.uid),
        at=conclusion.at,
        who=conclusion.concluded_by.name,
        when=f"{conclusion.at:%-d %b %Y, %H:%M}",
        outcome=stated(conclusion.outcome),
        go_live=day(conclusion.go_live_on) if conclusion.go_live_on else "",
        conditions=", ".join(conclusion.conditions),
    )


def stated(outcome: str) -> str:
    """What the programme states when it is done, in the words of its letter and its page (S1-51)."""
    words = {
        Outcome.READY: _("ready to request production"),
        Outcome.READY_WITH_CONDITIONS: _("ready to request production, with conditions"),
        Outcome.NOT_READY: _("not ready to request production"),
    }
    return words[Outcome(outcome)]


def _as_seen(seal: Seal, seen: str, review: Review) -> Decision:
    """What you see is what you sign off."""
    if seen == seal.review_hash:
        return Decision()
    text = _("The review changed after you opened it. Read what is new, then sign off what you see then.")
    here = Cure("review", {"key": review.project.key})
    return Decision(missing=(Reason("review_changed", text, here),))
