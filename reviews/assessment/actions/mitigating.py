"""Acts on one finding: written, opened, dismissed; and the rounds of mitigation between reviewer and team."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import Decision, require
from golive.core.digests import digest
from projects.portfolio.actions.projects import write_letter
from projects.portfolio.queries.people import onlooker
from projects.portfolio.rules.onlooker import Onlooker
from reviews.assessment.actions.drafting import WORDS, keep_version, write_finding
from reviews.assessment.actions.reviewing import day, locked_review, settle_turn, suspend_review, tell_team
from reviews.assessment.models import Finding, MitigationPlan, MitigationRound, PlanDecision, Review
from reviews.assessment.queries import finding_facts, open_round, review_facts
from reviews.assessment.rules.facts import FindingFacts, ReviewFacts
from reviews.assessment.rules.findings import (
    may_accept_risk,
    may_add_finding,
    may_edit_finding,
    may_move_finding,
    may_return_plan,
    may_submit_plan,
)
from reviews.assessment.states import FindingState

Rule = Callable[[Onlooker, ReviewFacts, FindingFacts], Decision]


@transaction.atomic
def add_finding(review: Review, *, by: User, at: datetime, **words: Any) -> Finding:
    """A reviewer's own finding: a draft in a running review. After the sign-off it suspends what it contradicts."""
    review = locked_review(review)
    require(may_add_finding(onlooker(by, review.project), review_facts(review)), on=review.project)
    finding = write_finding(review, by=by, at=at, **words)
    record(review.project.chain, by, "finding.added", finding, at=at, after={"version": finding.version})
    suspend_review(review, because="finding_added", by=by, at=at)
    return finding


@transaction.atomic
def edit_finding(finding: Finding, *, by: User, at: datetime, **words: Any) -> Finding:
    review, finding = _checked(finding, by, may_edit_finding)
    for name in WORDS:
        if name in words:
            setattr(finding, name, words[name])
    finding.version, finding.changed_at = finding.version + 1, at
    finding.save()
    version = keep_version(finding, by=by, at=at)
    after = {"version": version.version, "sha256": version.sha256} | _graded(finding)
    record(review.project.chain, by, "finding.edited", finding, at=at, after=after)
    settle_turn(review)
    return finding


@transaction.atomic
def open_finding(finding: Finding, *, by: User, at: datetime) -> Finding:
    review, finding = _checked(finding, by, _moving(FindingState.OPEN))
    finding.open(at=at)
    return _kept(review, finding, "finding.opened", by=by, at=at, **_graded(finding))


@transaction.atomic
def open_drafts(review: Review, *, by: User, at: datetime) -> int:
    """Every draft at once: all are opened or none."""
    drafts = list(Finding.objects.filter(review=review, state=FindingState.DRAFT).select_related("review__project"))
    for finding in drafts:
        open_finding(finding, by=by, at=at)
    return len(drafts)


@transaction.atomic
def dismiss_finding(finding: Finding, *, because: str, by: User, at: datetime) -> Finding:
    review, finding = _checked(finding, by, _moving(FindingState.DISMISSED))
    finding.dismiss(because=because)
    return _kept(review, finding, "finding.dismissed", by=by, at=at)


@transaction.atomic
def request_mitigation(
    finding: Finding, *, by: User, at: datetime, ask: str = "", until: date | None = None
) -> MitigationRound:
    """Asks the team for a plan; from here on it is their turn."""
    review, finding = _checked(finding, by, _moving(FindingState.MITIGATION_REQUESTED))
    finding.request_mitigation()
    asked = _ask(finding, ask=ask, until=until, by=by, at=at)
    _kept(review, finding, "finding.mitigation_requested", by=by, at=at)
    words = {"who": by.name, "finding": finding.label, "title": finding.title, "until": day(until) if until else ""}
    tell_team(review, "mitigation_requested", cycle=f"round:{asked.pk}", at=at, **words)
    return asked


@transaction.atomic
def submit_plan(finding: Finding, *, what: str, owner: str, due_on: date, by: User, at: datetime) -> MitigationPlan:
    review, finding = _checked(finding, by, may_submit_plan)
    finding.submit_plan()
    asked = open_round(finding)
    content = {"what": what, "owner": owner, "due_on": due_on.isoformat(), "round": asked.number}
    plan = MitigationPlan.objects.create(
        round=asked, what=what, owner=owner, due_on=due_on, sha256=digest(content), by=by, at=at
    )
    _kept(review, finding, "finding.plan_submitted", by=by, at=at, sha256=plan.sha256)
    words = {"who": by.name, "finding": finding.label, "title": finding.title}
    to, cycle = [review.reviewer], f"plan:{plan.pk}"
    write_letter(review.project, "plan_submitted", to=to, page="review", cycle=cycle, at=at, **words)
    return plan


@transaction.atomic
def accept_plan(finding: Finding, *, by: User, at: datetime, reply: str = "") -> PlanDecision:
    review, finding = _checked(finding, by, _moving(FindingState.PLAN_ACCEPTED))
    finding.accept_plan()
    return _decide(review, finding, accepted=True, reply=reply, by=by, at=at)


@transaction.atomic
def return_plan(finding: Finding, *, reply: str, by: User, at: datetime, until: date | None = None) -> PlanDecision:
    """Says what is missing; the next round begins with it."""
    review, finding = _checked(finding, by, may_return_plan)
    finding.return_plan()
    decision = _decide(review, finding, accepted=False, reply=reply, by=by, at=at)
    _ask(finding, ask=reply, until=until, by=by, at=at)
    return decision


@transaction.atomic
def confirm_done(finding: Finding, *, by: User, at: datetime) -> Finding:
    """The reviewer confirms that the work of an accepted plan is done."""
    review, finding = _checked(finding, by, _moving(FindingState.MITIGATED))
    finding.confirm_done()
    return _kept(review, finding, "finding.mitigated", by=by, at=at)


@transaction.atomic
def accept_risk(finding: Finding, *, because: str, until: date, by: User, at: datetime) -> Finding:
    review, finding = _checked(finding, by, may_accept_risk)
    finding.accept_risk(by=by, because=because, until=until)
    return _kept(review, finding, "finding.risk_accepted", by=by, at=at, until=until)


def _checked(finding: Finding, by: User, rule: Rule) -> tuple[Review, Finding]:
    """Locked, read anew, and allowed: what every act on a finding begins with."""
    review = locked_review(finding.review)
    fresh = Finding.objects.get(pk=finding.pk)
    require(rule(onlooker(by, review.project), review_facts(review), finding_facts(fresh)), on=review.project)
    fresh.review = review
    return review, fresh


def _moving(to: FindingState) -> Rule:
    def rule(person: Onlooker, facts: ReviewFacts, finding: FindingFacts) -> Decision:
        return may_move_finding(person, facts, finding, to=to)

    return rule


def _ask(finding: Finding, *, ask: str, until: date | None, by: User, at: datetime) -> MitigationRound:
    count = MitigationRound.objects.filter(finding=finding).count()
    return MitigationRound.objects.create(
        finding=finding, number=count + 1, ask=ask, until=until, asked_by=by, asked_at=at
    )


def _decide(review: Review, finding: Finding, *, accepted: bool, reply: str, by: User, at: datetime) -> PlanDecision:
    plan = open_round(finding).plan
    decision = PlanDecision.objects.create(plan=plan, accepted=accepted, reply=reply, by=by, at=at)
    _kept(review, finding, "finding.plan_accepted" if accepted else "finding.plan_returned", by=by, at=at)
    words = {"who": by.name, "finding": finding.label, "title": finding.title, "because": reply}
    words["decision"] = "accepted" if accepted else "returned"
    tell_team(review, "plan_decided", cycle=f"plan:{plan.pk}", at=at, **words)
    return decision


def _kept(review: Review, finding: Finding, act: str, *, by: User, at: datetime, **after: Any) -> Finding:
    finding.changed_at = at
    finding.save()
    record(review.project.chain, by, act, finding, at=at, after={"state": finding.state, **after})
    settle_turn(review)
    return finding


def _graded(finding: Finding) -> dict[str, str]:
    """For the history, which the team reads: of a draft it tells nothing."""
    if finding.opened_at is None:
        return {}
    return {"label": finding.label, "kind": finding.kind, "severity": finding.severity}
