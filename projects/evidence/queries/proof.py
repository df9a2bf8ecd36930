"""What is kept of stored files, proved against the rows and the files themselves. For `manage.py verify`."""

from collections.abc import Iterator

from django.db.models import Count, Sum

from projects.evidence.models import EvidenceFile
from projects.evidence.queries.files import is_whole, path_of
from projects.portfolio.models.project import Project


def false_stores() -> Iterator[str]:
    """What a project's quota is measured against is the sum of its files."""
    projects = Project.objects.annotate(
        true_files=Count("evidence_files"), true_size=Sum("evidence_files__size", default=0)
    )
    for project in projects.select_related("evidence_store").iterator(chunk_size=500):
        store = getattr(project, "evidence_store", None)
        for name, true in (("files", project.true_files), ("size", project.true_size)):
            kept = getattr(store, name) if store else 0
            if kept != true:
                yield f"{project.key}: evidence_store.{name} is {kept}, not {true}"


def damaged_files() -> Iterator[str]:
    """Reads every stored file: for the night, not for a page."""
    files = EvidenceFile.objects.select_related("project").order_by("pk")
    for file in files.iterator(chunk_size=500):
        if not is_whole(path_of(file.project.key, file.sha256), file.sha256):
            yield f"{file.project.key}: the file {file.sha256} is missing or is not what was stored"
