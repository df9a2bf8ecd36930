"""Files on the disk: whole or not there, swept when no row names them, and proved."""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from golive.core import failpoints
from golive.core.failpoints import Failpoint
from golive.handlers import HANDLERS
from golive.outbox.daily import KINDS
from golive.outbox.models import Outbox
from golive.proofs import false_standing
from projects.evidence.actions.files import sweep_folder
from projects.evidence.models import Evidence, EvidenceFile, EvidenceStore
from projects.evidence.tasks import sweep_files
from tests.builders_projects import Cast, make_project
from tests.projects.checklist.jobs import job_of
from tests.projects.evidence.samples import GOOD, PDF
from tests.projects.evidence.ways import add, checked_file


@pytest.fixture
def cast(db) -> Cast:
    return make_project()


def stored(files: Path) -> list[str]:
    return sorted(str(path.relative_to(files)) for path in files.rglob("*") if path.is_file())


def test_a_file_appears_under_its_name_only_when_it_is_whole(files, settings):
    settings.FAILPOINT = "files.while_writing=raise"
    with pytest.raises(Failpoint):
        default_storage.save("a/b", ContentFile(b"x" * 100_000))
    assert stored(files) == []

    settings.FAILPOINT = ""
    assert default_storage.save("a/b", ContentFile(b"x")) == "a/b"
    assert stored(files) == ["a/b"]


def test_no_file_is_written_over_another(files):
    names = [default_storage.save("a/b", ContentFile(content)) for content in (b"one", b"two")]

    assert names[0] == "a/b"
    assert [default_storage.open(name).read() for name in names] == [b"one", b"two"]


def test_a_crash_between_file_and_row_leaves_a_file_and_no_row(cast, files, settings):
    settings.FAILPOINT = "evidence.after_file=raise"
    failpoints.forget()
    with pytest.raises(Failpoint):
        add(cast)
    assert (len(stored(files)), Evidence.objects.count(), EvidenceStore.objects.count()) == (1, 0, 0)

    settings.FAILPOINT = ""
    add(cast)  # the same file once more takes what lies there
    assert (len(stored(files)), EvidenceFile.objects.count()) == (1, 1)


def test_a_sweep_removes_what_no_row_names_and_what_is_older_than_a_day(cast, files):
    add(cast)
    folder, now = files / "evidence" / cast.key, timezone.now()
    for name, hours in {"f" * 64: 25, ".part-x": 25, "e" * 64: 23}.items():
        (folder / name).write_bytes(b"x")
        old = (now - timedelta(hours=hours)).timestamp()
        os.utime(folder / name, (old, old))
    kept = folder / checked_file().sha256
    os.utime(kept, (0, 0))

    assert sweep_folder(cast.key, at=now) == 2
    assert stored(files) == [f"evidence/{cast.key}/{name}" for name in sorted([kept.name, "e" * 64])]
    assert sweep_folder(cast.key, at=now) == 0


def test_the_sweep_is_due_every_day_and_may_run_twice(cast, files):
    assert "evidence.sweep_due" in KINDS
    assert HANDLERS["evidence.sweep_due"] == (sweep_files,)
    folder = files / "evidence" / "GONE-000"  # of no project
    folder.mkdir(parents=True)
    (folder / ("f" * 64)).write_bytes(b"x")
    os.utime(folder / ("f" * 64), (0, 0))

    for _time in range(2):
        job = job_of("evidence.sweep_due")
        sweep_files(job)
        assert Outbox.objects.get(pk=job.row_id).state == "done"
    assert stored(files) == []


def test_a_store_that_is_not_the_sum_of_its_files_is_named(cast):
    add(cast)
    add(cast, "Plan", content=GOOD["plan.docx"], name="plan.docx")
    assert list(false_standing()) == []

    EvidenceStore.objects.update(size=1, files=9)

    assert [line.partition(", not")[0] for line in false_standing()] == [
        f"{cast.key}: evidence_store.files is 9",
        f"{cast.key}: evidence_store.size is 1",
    ]


def verify(*options: str) -> list[str]:
    out = StringIO()
    call_command("verify", *options, stdout=out)
    return out.getvalue().splitlines()


def test_verify_reads_every_file_when_asked(cast, files):
    add(cast)
    plan = add(cast, "Plan", content=GOOD["plan.docx"], name="plan.docx")
    assert "files: ok" in verify("--files")
    assert "files: ok" not in verify()

    digest = plan.revisions.get().file.sha256
    (files / "evidence" / cast.key / digest).write_bytes(PDF)

    assert "standing: ok" in verify()
    with pytest.raises(CommandError, match="1 found wrong"):
        verify("--files")
