"""Work on stored files that no request waits for."""

from golive.outbox.job import Job
from projects.evidence.actions.files import folders, sweep_folder


def sweep_files(job: Job) -> None:
    """Once a day: what a crash or a refused upload left behind goes, folder by folder."""
    for key in folders():
        job.extend()
        sweep_folder(key, at=job.now)
    with job.finishing():
        pass
