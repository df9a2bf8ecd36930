"""Findings come into being: as drafts from what the rules raised, or from a reviewer's hand."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from golive.accounts.models import User
from golive.core.digests import digest
from reviews.assessment.models import Finding, FindingVersion, Review
from reviews.assessment.states import FindingKind

PREFIXES = {
    FindingKind.RISK: "R",
    FindingKind.ISSUE: "I",
    FindingKind.ASSERTION: "S",
    FindingKind.BEST_PRACTICE: "BP",
    FindingKind.RECOMMENDATION: "RE",
}
WORDS = ("kind", "severity", "topic", "question", "title", "detail", "mitigation", "owner")


def add_drafts(review: Review, risks: Iterable[Mapping[str, Any]], *, at: datetime) -> list[Finding]:
    """One draft for each rule that fired and has no finding yet; the reviewer opens or dismisses it."""
    known = set(Finding.objects.filter(review=review).values_list("rule", flat=True))
    fresh = [risk for risk in risks if risk["rule"] not in known]
    return [
        write_finding(
            review,
            by=None,
            at=at,
            rule=risk["rule"],
            kind=risk["kind"],
            severity=risk["severity"],
            topic=risk["topic"],
            question=risk["question"],
            title=risk["finding"],
            detail=risk.get("detail", ""),
            mitigation=risk["mitigation"],
            owner=risk["owner"] or "project_manager",
        )
        for risk in fresh
    ]


def write_finding(review: Review, *, by: User | None, at: datetime, **words: Any) -> Finding:
    """A draft with its first version; its label counts within its kind and stays."""
    labels = list(Finding.objects.filter(review=review).values_list("label", flat=True))
    prefix = PREFIXES[FindingKind(words["kind"])]
    count = sum(label.rsplit("-", 1)[0] == prefix for label in labels)
    finding = Finding.objects.create(
        review=review,
        project=review.project,
        number=len(labels) + 1,
        label=f"{prefix}-{count + 1:02}",
        changed_at=at,
        **words,
    )
    keep_version(finding, by=by, at=at)
    return finding


def keep_version(finding: Finding, *, by: User | None, at: datetime) -> FindingVersion:
    content = {name: getattr(finding, name) for name in WORDS}
    return FindingVersion.objects.create(
        finding=finding, version=finding.version, content=content, sha256=digest(content), by=by, at=at
    )
