"""Adding a piece of evidence, renewing it and withdrawing it."""

import logging
from datetime import datetime
from typing import IO

from django.db import transaction

from golive.accounts.models import User
from golive.audit.actions import record
from golive.core.decision import Stale, require
from projects.evidence.actions.files import keep_content
from projects.evidence.models import Evidence, EvidenceFile, EvidenceRevision
from projects.evidence.queries.files import evidence_facts, path_of, whole
from projects.evidence.queries.shown import revisions_of
from projects.evidence.rules.acts import (
    may_add_evidence,
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
    project: Project, *, title: str, by: User, at: datetime, file: CheckedFile | None = None, url: str = ""
) -> Evidence:
    """A file or a link under a title."""
    project = lock(project)
    require(may_add_evidence(onlooker(by, project), evidence_facts(project, file=file)), on=project)
    evidence = Evidence.objects.create(project=project, title=title, added_at=at, added_by=by)
    revision = _keep_revision(evidence, file=file, url=url, by=by, at=at)
    record(project.chain, by, "evidence.added", evidence, at=at, after=_told(revision))
    return evidence


@transaction.atomic
def revise_evidence(
    evidence: Evidence, *, seen: int, by: User, at: datetime, file: CheckedFile | None = None, url: str = ""
) -> Evidence:
    """`seen`: the revision that somebody looked at. What came since is not put behind theirs unseen."""
    project = lock(evidence.project)
    evidence = Evidence.objects.get(pk=evidence.pk)
    facts = evidence_facts(project, file=file, withdrawn=evidence.withdrawn_at is not None)
    require(may_revise_evidence(onlooker(by, project), facts), on=project)
    if seen != evidence.revision:
        newest = revisions_of(evidence)[0]
        raise Stale(theirs=newest.name or newest.url, revision=evidence.revision, by=newest.by.name)
    evidence.revision += 1
    evidence.save(update_fields=["revision"])
    revision = _keep_revision(evidence, file=file, url=url, by=by, at=at)
    record(project.chain, by, "evidence.revised", evidence, at=at, after=_told(revision))
    return evidence


@transaction.atomic
def withdraw_evidence(evidence: Evidence, *, by: User, at: datetime) -> Evidence:
    project = lock(evidence.project)
    evidence = Evidence.objects.get(pk=evidence.pk)
    facts = evidence_facts(project, withdrawn=evidence.withdrawn_at is not None)
    require(may_withdraw_evidence(onlooker(by, project), facts), on=project)
    evidence.withdrawn_at = at
    evidence.save(update_fields=["withdrawn_at"])
    record(project.chain, by, "evidence.withdrawn", evidence, at=at, after={"revision": evidence.revision})
    return evidence


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


def _told(revision: EvidenceRevision) -> dict[str, object]:
    """By its hash: names and addresses are texts, and stand in the revision."""
    what = {"sha256": revision.file.sha256, "size": revision.file.size} if revision.file else {"link": True}
    return {"revision": revision.number, **what}
