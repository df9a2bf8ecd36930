"""A site's own scanner: asked after a file is stored, and what it finds something in is given out to nobody."""

from typing import IO

import pytest

from golive.audit.models import AuditRow
from golive.outbox.models import Outbox
from projects.evidence.models import EvidenceFile
from projects.evidence.tasks import scan_file
from tests.builders import client_of
from tests.builders_projects import Cast, make_project
from tests.projects.checklist.jobs import job_of
from tests.projects.evidence.samples import EICAR
from tests.projects.evidence.ways import add


def finds_eicar(content: IO[bytes]) -> bool:
    return b"EICAR" in content.read()


@pytest.fixture
def cast(db) -> Cast:
    return make_project()


def test_without_a_scanner_nobody_is_asked(cast):
    add(cast)

    assert EvidenceFile.objects.get().scan == "not_scanned"
    assert not Outbox.objects.filter(kind="evidence.stored").exists()


@pytest.mark.parametrize(
    ("content", "scan", "status", "words"),
    [(b"As planned.", "clean", 200, "nothing found"), (EICAR, "infected", 409, "Held back")],
)
def test_what_the_scanner_says_is_kept_and_shown(cast, settings, content, scan, status, words):
    settings.EVIDENCE_SCANNER = f"{__name__}.finds_eicar"
    piece = add(cast, content=content, name="a.txt")
    file = EvidenceFile.objects.get()
    assert Outbox.objects.get(kind="evidence.stored").payload["file"] == file.pk

    for _time in range(2):
        scan_file(job_of("evidence.stored", file=file.pk))

    file.refresh_from_db()
    assert file.scan == scan
    assert AuditRow.objects.filter(act="evidence.scanned").first().actor is None
    browser = client_of(cast.viewer)
    assert browser.get(f"/projects/{cast.key}/evidence/{piece.uid}/1/").status_code == status
    assert words in browser.get(f"/projects/{cast.key}/evidence/").content.decode()
