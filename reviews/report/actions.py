"""Delivering a report: its content is frozen in the act, the file is made afterwards and stored once."""

import logging
from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import require
from golive.core.digests import digest_of_text
from golive.outbox.actions import announce
from projects.portfolio.actions.projects import lock
from projects.portfolio.queries.people import onlooker
from reviews.assessment.actions.reviewing import keep_standing, locked_review, tell_team
from reviews.assessment.models import Review
from reviews.assessment.queries import review_facts
from reviews.assessment.rules.facts import is_open
from reviews.assessment.rules.review import may_deliver_report
from reviews.report.content import to_json
from reviews.report.models import Report, ReportOrder
from reviews.report.queries import content_of, stored_bytes

log = logging.getLogger(__name__)


@transaction.atomic
def deliver_report(review: Review, *, by: User, at: datetime) -> ReportOrder:
    """The architect's act: what the report says is fixed now; the letter goes out when the file is stored."""
    review = locked_review(review)
    require(may_deliver_report(onlooker(by, review.project), review_facts(review)), on=review.project)
    version = ReportOrder.objects.filter(project=review.project).count() + 1  # one number a project: it names the file
    text = to_json(content_of(review, version=version, at=at))
    order = ReportOrder.objects.create(
        project=review.project,
        review=review,
        submission=review.submission,
        version=version,
        content=text,
        sha256=digest_of_text(text),
        by=by,
        at=at,
    )
    review.deliver_report(at=at)
    review.save()
    keep_standing(review)
    after = {"version": version, "sha256": order.sha256}
    row = record(review.project.chain, by, "report.delivered", order, at=at, after=after)
    announce("report.ordered", order, after=row, project=review.project.key)
    return order


def store_file(held: bytes) -> str:
    """File first, row second; under its own hash, so that storing it again stores nothing new."""
    digest = sha256(held).hexdigest()
    path = f"reports/{digest[:2]}/{digest}.pdf"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(held))
    return digest


def keep_report(order: ReportOrder, *, digest: str, size: int, at: datetime) -> Report:
    """The row of a stored file, and the letter to the team. The caller is in the finishing transaction."""
    review = locked_review(order.review)
    if known := Report.objects.filter(order=order).first():
        return known
    report = Report.objects.create(
        project=review.project,
        order=order,
        submission=order.submission,
        version=order.version,
        sha256=digest,
        size=size,
        made_at=at,
    )
    record(review.project.chain, None, "report.stored", report, at=at, after={"sha256": digest, "size": size})
    states = list(review.findings.exclude(state__in=["draft", "dismissed"]).values_list("state", flat=True))
    counts = {"findings": str(len(states)), "open": str(sum(is_open(state) for state in states))}
    tell_team(review, "report_delivered", cycle=str(order.uid), at=at, who=order.by.name, **counts)
    return report


def open_report(report: Report, *, by: User, at: datetime) -> bytes | None:
    """The stored file, hashed again, and the record that somebody took it. None when it is not what was stored."""
    held = stored_bytes(report)
    with transaction.atomic():
        project = lock(report.project)
        act = "report.downloaded" if held else "report.damaged"
        record(project.chain, by, act, report, at=at, after={"sha256": report.sha256})
    if held is None:
        log.error("The file of report %s is missing or changed; its download was refused.", report.uid)
    return held
