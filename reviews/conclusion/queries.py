"""What a sign-off would bind now, and what was signed off."""

from dataclasses import dataclass
from datetime import date

from projects.portfolio.queries import go_live_of
from reviews.assessment.models import Review
from reviews.assessment.queries import review_facts, review_hash, with_report
from reviews.assessment.rules.facts import ReviewFacts
from reviews.conclusion.models import Conclusion
from reviews.report.models import Report
from reviews.report.queries import newest_report, report_state


@dataclass(frozen=True)
class Seal:
    """What the page shows before the sign-off: the hash is handed back with it."""

    review_hash: str
    go_live_on: date | None
    report: Report | None


def seal_of(review: Review) -> Seal:
    go_live_on = go_live_of(review.project)
    return Seal(review_hash(review, go_live_on=go_live_on), go_live_on, newest_report(review))


def conclusion_facts(review: Review) -> ReviewFacts:
    return with_report(review_facts(review), **report_state(review))


def conclusions_of(review: Review) -> list[Conclusion]:
    return list(Conclusion.objects.filter(review=review).select_related("concluded_by", "report"))
