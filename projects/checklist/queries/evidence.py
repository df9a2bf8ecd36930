"""What lies beside the answers: for the page, for the rules, and as the digests that are kept."""

from datetime import date

from django.db.models import QuerySet

from golive.core.digests import digest_of_text
from projects.checklist.models.answers import AnswerEvidence
from projects.checklist.models.checklist import Checklist
from projects.evidence.models import EvidenceRevision
from projects.evidence.queries.shown import currency_on

Lying = dict[str, list[AnswerEvidence]]


def rows_lying(checklist: Checklist) -> QuerySet[AnswerEvidence]:
    rows = AnswerEvidence.objects.filter(checklist=checklist, removed_at=None)
    return rows.select_related("revision__evidence", "revision__file", "revision__by", "added_by")


def lying_of(checklist: Checklist | None) -> Lying:
    """By question, in one query; in none where nothing was ever laid there."""
    found: Lying = {}
    if checklist and checklist.attached:
        for row in rows_lying(checklist):
            found.setdefault(row.question, []).append(row)
    return found


def currencies_of(lying: Lying, today: date) -> list[tuple[str, str]]:
    return [(question, currency_on(row.revision, today)) for question, rows in lying.items() for row in rows]


def digests_of(checklist: Checklist) -> dict[str, list[str]]:
    """What `Checklist.attached` keeps: by question, sorted; of a file its hash, of a link that of its address."""
    found: dict[str, set[str]] = {}
    for row in rows_lying(checklist):
        found.setdefault(row.question, set()).add(digest_of_revision(row.revision))
    return {question: sorted(digests) for question, digests in sorted(found.items())}


def digest_of_revision(revision: EvidenceRevision) -> str:
    return revision.file.sha256 if revision.file else digest_of_text(revision.url)


def older_of(checklist: Checklist, piece: int, newest: int) -> list[AnswerEvidence]:
    """The answers that name this piece in an older revision."""
    rows = AnswerEvidence.objects.filter(checklist=checklist, removed_at=None, evidence=piece)
    return list(rows.exclude(revision__number=newest).order_by("question"))
