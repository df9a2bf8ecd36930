"""What a scanner says of a file. None is shipped: a site names its own in EVIDENCE_SCANNER."""

from collections.abc import Callable
from datetime import datetime
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from golive.audit.actions import record
from golive.outbox.actions import announce
from projects.evidence.models import EvidenceFile
from projects.evidence.states import Scan
from projects.portfolio.actions.projects import lock

Scanner = Callable[[IO[bytes]], bool]  # takes the content, answers whether something was found in it


def scanner() -> Scanner | None:
    found: Scanner | None = import_string(settings.EVIDENCE_SCANNER) if settings.EVIDENCE_SCANNER else None
    return found


def ask_for_scan(file: EvidenceFile) -> None:
    """Nobody hears of a file where there is no scanner."""
    if settings.EVIDENCE_SCANNER:
        announce("evidence.stored", after=f"file:{file.pk}", file=file.pk)


@transaction.atomic
def keep_verdict(file: EvidenceFile, *, found: bool, at: datetime) -> None:
    """From now on an infected file is given out to nobody."""
    project = lock(file.project)
    file.scan = Scan.INFECTED if found else Scan.CLEAN
    file.save(update_fields=["scan"])
    after = {"sha256": file.sha256, "scan": file.scan}
    record(project.chain, None, "evidence.scanned", file, at=at, after=after)
