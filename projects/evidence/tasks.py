"""Work on stored files that no request waits for."""

from datetime import timedelta

from golive.outbox.job import Job, Later
from projects.evidence.actions.clamd import ScannerDown
from projects.evidence.actions.files import folders, sweep_folder
from projects.evidence.actions.scanning import keep_verdict, scanner
from projects.evidence.models import EvidenceFile
from projects.evidence.queries.files import path_of, whole

WHILE_DOWN = timedelta(minutes=10)


def sweep_files(job: Job) -> None:
    """Once a day: what a crash or a refused upload left behind goes, folder by folder."""
    for key in folders():
        job.extend()
        sweep_folder(key, at=job.now)
    with job.finishing():
        pass


def scan_file(job: Job) -> None:
    """A scanner that fails is asked again; what is damaged is no matter of scanners and stays not scanned."""
    file = EvidenceFile.objects.select_related("project").get(pk=job.payload["file"])
    ask, held = scanner(), whole(path_of(file.project.key, file.sha256), file.sha256)
    try:
        found = ask(held) if ask and held else None
    except ScannerDown as down:
        raise Later(str(down), wait=WHILE_DOWN) from down
    with job.finishing():
        if found is not None:
            keep_verdict(file, found=found, at=job.now)
