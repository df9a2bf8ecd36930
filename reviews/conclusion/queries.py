"""What a sign-off would bind now, what was signed off, and all that the review page reads."""

from dataclasses import dataclass, replace
from datetime import date

from golive.accounts.models import User
from golive.core.decision import Decision
from projects.portfolio.models.project import Project
from projects.portfolio.queries.milestones import go_live_of
from projects.portfolio.queries.people import onlooker, who_and_when
from projects.portfolio.rules.onlooker import Onlooker
from reviews.assessment.models import Finding, Review, ReviewSuspension
from reviews.assessment.queries import (
    facts_from,
    finding_facts,
    findings_of,
    hash_from,
    review_facts,
    review_hash,
    review_of,
    shown_to,
    with_report,
)
from reviews.assessment.rules.facts import ReviewFacts
from reviews.assessment.rules.findings import finding_acts
from reviews.assessment.rules.review import review_acts
from reviews.assessment.states import ReviewState
from reviews.conclusion.models import Conclusion
from reviews.report.models import Report, ReportOrder
from reviews.report.queries import newest_report, orders_of, report_state


@dataclass(frozen=True)
class Seal:
    """What the page shows before the sign-off: the hash is handed back with it."""

    review_hash: str
    go_live_on: date | None
    report: Report | None


@dataclass(frozen=True)
class ReviewSheet:
    """A person before a review: the rows, the facts, and what may be done."""

    person: Onlooker
    review: Review
    findings: list[Finding]  # all of them; `shown` are those the person may know of
    shown: list[Finding]
    facts: ReviewFacts
    seal: Seal
    orders: list[ReportOrder]
    conclusions: list[Conclusion]
    suspension: ReviewSuspension | None

    @property
    def acts(self) -> dict[str, Decision]:
        return review_acts(self.person, self.facts)

    def acts_on(self, finding: Finding) -> dict[str, Decision]:
        return finding_acts(self.person, self.facts, finding_facts(finding))


def sheet_of(user: User, project: Project) -> ReviewSheet | None:
    """In a fixed number of queries; none without a review. The project comes with its standing."""
    review = review_of(project)
    if review is None:
        return None
    findings, orders = findings_of(review), orders_of(review)
    go_live_on = project.standing.go_live_on
    facts = facts_from(review, findings, go_live_on=go_live_on)
    stored = bool(orders and hasattr(orders[0], "report"))
    newest = next((order.report for order in orders if hasattr(order, "report")), None)
    return ReviewSheet(
        person=onlooker(user, project),
        review=review,
        findings=findings,
        shown=shown_to(user, review, findings),
        facts=with_report(facts, ordered=bool(orders), stored=stored),
        seal=Seal(hash_from(review, findings, go_live_on=go_live_on), go_live_on, newest),
        orders=orders,
        conclusions=conclusions_of(review),
        suspension=review.suspensions.first() if review.state == ReviewState.SUSPENDED else None,
    )


def seal_of(review: Review) -> Seal:
    go_live_on = go_live_of(review.project)
    return Seal(review_hash(review, go_live_on=go_live_on), go_live_on, newest_report(review))


def conclusion_facts(review: Review) -> ReviewFacts:
    facts = with_report(review_facts(review), **report_state(review))
    last = conclusions_of(review)[:1] if review.state == ReviewState.CONCLUDED else []
    return replace(facts, signed_off=who_and_when(last[0].concluded_by, last[0].at)) if last else facts


def conclusions_of(review: Review) -> list[Conclusion]:
    return list(Conclusion.objects.filter(review=review).select_related("concluded_by", "report"))
