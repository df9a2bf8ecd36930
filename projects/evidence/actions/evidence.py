"""Adding a piece of evidence, renewing it, confirming that it still holds, and withdrawing it."""

import logging
from datetime import date, datetime
from typing import IO

from django.db import transaction
from django.db.models import F

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import Stale, require
from projects.evidence.actions.files import keep_content
from projects.evidence.models import Evidence, EvidenceFile, EvidenceRevision
from projects.evidence.queries.files import evidence_facts, path_of, whole
from projects.evidence.queries.shown import revisions_of
from projects.evidence.rules.acts import (
    may_add_evidence,
    may_confirm_evidence,
    may_open_file,
    may_revise_evidence,
    may_withdraw_evidence,
)
from projects.evidence.rules.files import CheckedFile
from projects.portfolio.actions.projects import lock
from projects.portfolio.models.project import Project
from projects.portfolio.queries.people import onlooker

log = logging.getLogger(__name__)


@transaction.atomic
def add_evidence(
    project: Project,
    *,
    title: str,
    by: User,
    at: datetime,
    file: CheckedFile | None = None,
    url: str = "",
    expires_on: date | None = None,
) -> Evidence:
    """A file or a link under a title, and where it is so the last day on which it proves something."""
    project = lock(project)
    require(may_add_evidence(onlooker(by, project), evidence_facts(project, file=file)), on=project)
    evidence = Evidence.objects.create(project=project, title=title, expires_on=expires_on, added_at=at, added_by=by)
    revision = _keep_revision(evidence, file=file, url=url, by=by, at=at)
    record(project.chain, by, "evidence.added", evidence, at=at, after=_told(revision, expires_on))
    return evidence


@transaction.atomic
def revise_evidence(
    evidence: Evidence,
    *,
    seen: int,
    by: User,
    at: datetime,
    file: CheckedFile | None = None,
    url: str = "",
    expires_on: date | None = None,
) -> Evidence:
    """`seen`: the revision that somebody looked at. What came since is not put behind theirs unseen.

    A newer revision knows what overtook the older one, and says its own last day.
    """
    project = lock(evidence.project)
    evidence = Evidence.objects.get(pk=evidence.pk)
    facts = evidence_facts(project, file=file, piece=evidence)
    require(may_revise_evidence(onlooker(by, project), facts), on=project)
    if seen != evidence.revision:
        newest = revisions_of(evidence)[0]
        raise Stale(theirs=newest.name or newest.url, revision=evidence.revision, by=newest.by.name)
    evidence.revision += 1
    evidence.expires_on, evidence.stale_at = expires_on, None
    evidence.save(update_fields=["revision", "expires_on", "stale_at"])
    revision = _keep_revision(evidence, file=file, url=url, by=by, at=at)
    record(project.chain, by, "evidence.revised", evidence, at=at, after=_told(revision, expires_on))
    return evidence


@transaction.atomic
def withdraw_evidence(evidence: Evidence, *, by: User, at: datetime) -> Evidence:
    project = lock(evidence.project)
    evidence = Evidence.objects.get(pk=evidence.pk)
    facts = evidence_facts(project, piece=evidence)
    require(may_withdraw_evidence(onlooker(by, project), facts), on=project)
    evidence.withdrawn_at = at
    evidence.save(update_fields=["withdrawn_at"])
    record(project.chain, by, "evidence.withdrawn", evidence, at=at, after={"revision": evidence.revision})
    return evidence


@transaction.atomic
def confirm_evidence(evidence: Evidence, *, by: User, at: datetime) -> Evidence:
    """Somebody looked at it again, and it still holds."""
    project = lock(evidence.project)
    evidence = Evidence.objects.get(pk=evidence.pk)
    require(may_confirm_evidence(onlooker(by, project), evidence_facts(project, piece=evidence)), on=project)
    evidence.stale_at = None
    evidence.save(update_fields=["stale_at"])
    record(project.chain, by, "evidence.confirmed", evidence, at=at, after={"revision": evidence.revision})
    return evidence


@transaction.atomic
def mark_evidence_stale(project: Project, *, since: datetime, by: User | None, at: datetime) -> int:
    """Something happened at `since`: what was given before does not know of it, and is to be looked at again.

    For what comes later in the journey; whoever calls has decided. Tells how many pieces were overtaken.
    """
    project = lock(project)
    older = EvidenceRevision.objects.filter(number=F("evidence__revision"), at__lt=since).values("evidence")
    pieces = list(Evidence.objects.filter(project=project, withdrawn_at=None, stale_at=None, pk__in=older))
    Evidence.objects.filter(pk__in=[piece.pk for piece in pieces]).update(stale_at=at)
    for piece in pieces:
        after = {"revision": piece.revision, "since": since.isoformat()}
        record(project.chain, by, "evidence.overtaken", piece, at=at, after=after)
    return len(pieces)


def open_file(project: Project, file: EvidenceFile) -> IO[bytes] | None:
    """The content, hashed again. None when it is missing or is not what was stored: never the wrong bytes."""
    require(may_open_file(file.scan), on=project)
    held = whole(path_of(project.key, file.sha256), file.sha256)
    if held is None:
        log.error("The file %s of project %s is missing or changed; it was not given out.", file.sha256, project.key)
    return held


def _keep_revision(
    evidence: Evidence, *, file: CheckedFile | None, url: str, by: User, at: datetime
) -> EvidenceRevision:
    kept = keep_content(evidence.project, file, at=at) if file else None
    said = {"name": file.name} if file else {"url": url}
    return EvidenceRevision.objects.create(evidence=evidence, number=evidence.revision, file=kept, by=by, at=at, **said)


def _told(revision: EvidenceRevision, expires_on: date | None) -> dict[str, object]:
    """By its hash: names and addresses are texts, and stand in the revision."""
    until = {"expires_on": expires_on.isoformat()} if expires_on else {}
    what = {"sha256": revision.file.sha256, "size": revision.file.size} if revision.file else {"link": True}
    return {"revision": revision.number, **what, **until}
