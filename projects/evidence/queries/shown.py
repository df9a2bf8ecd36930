"""Evidence as pages and API show it: each piece with its newest revision."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, QuerySet

from golive.accounts.models import User
from projects.evidence.content import currency_badge
from projects.evidence.models import Evidence, EvidenceRevision
from projects.evidence.rules.currency import PieceFacts, currency_of
from projects.evidence.states import Currency
from projects.portfolio.models.project import Project


def newest_revisions(project: Project, *, withdrawn: bool = False) -> QuerySet[EvidenceRevision]:
    """What a project offers, or what was withdrawn there; one row a piece, in one query."""
    rows = EvidenceRevision.objects.filter(
        evidence__project=project, evidence__withdrawn_at__isnull=not withdrawn, number=F("evidence__revision")
    )
    return rows.select_related("evidence", "file", "by")


def revisions_of(evidence: Evidence) -> QuerySet[EvidenceRevision]:
    return EvidenceRevision.objects.filter(evidence=evidence).select_related("file", "by")


def newest_of(pieces: Iterable[int]) -> dict[int, EvidenceRevision]:
    """The newest revision of each of these pieces, by the piece's key."""
    rows = EvidenceRevision.objects.filter(evidence__in=list(pieces), number=F("evidence__revision"))
    return {row.evidence_id: row for row in rows.select_related("evidence", "file", "by")}


def offered(user: User, project: Project) -> QuerySet[Evidence]:
    return Evidence.objects.visible_to(user).filter(project=project, withdrawn_at=None)


def currency_on(row: EvidenceRevision, today: date) -> Currency:
    """Of one revision; its piece and its file come with it."""
    piece, file = row.evidence, row.file
    facts = PieceFacts(
        withdrawn=piece.withdrawn_at is not None,
        stale=piece.stale_at is not None,
        expires_on=piece.expires_on,
        scan=file.scan if file else "",
        newest=row.number == piece.revision,
    )
    return currency_of(facts, today)


def with_currency(rows: Iterable[EvidenceRevision], today: date) -> list[EvidenceRevision]:
    """For pages: each with the badge that says whether it still proves something."""
    listed = list(rows)
    for row in listed:
        row.badge = currency_badge(currency_on(row, today))
    return listed
