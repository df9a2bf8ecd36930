"""Storing content, and removing what no row names. The file comes first and the row second: a crash leaves a file."""

from datetime import datetime, timedelta

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from golive.core.failpoints import reach
from golive.core.problems import Problem
from projects.evidence.actions.scanning import ask_for_scan
from projects.evidence.models import EvidenceFile, EvidenceStore
from projects.evidence.queries.files import ROOT, is_low, is_whole, known_content, path_of
from projects.evidence.rules.files import CheckedFile
from projects.portfolio.actions.projects import lock
from projects.portfolio.models.project import Project

KEPT_FOR = timedelta(hours=24)  # a file without a row may be on its way


def keep_content(project: Project, file: CheckedFile, *, at: datetime) -> EvidenceFile:
    """Once a project, under its hash. The caller holds the project's lock, and with it the store's row."""
    store_file(path_of(project.key, file.sha256), file)
    reach("evidence.after_file")
    if known := known_content(project, file.sha256):
        return known
    row = EvidenceFile.objects.create(
        project=project, sha256=file.sha256, size=file.size, media_type=file.media_type, stored_at=at
    )
    store, _made = EvidenceStore.objects.get_or_create(project=project)
    store.files, store.size = store.files + 1, store.size + file.size
    store.save()
    ask_for_scan(row)
    return row


def store_file(path: str, file: CheckedFile) -> None:
    """What is there already stays; what is there and damaged is mended by the one who brings it again."""
    if is_whole(path, file.sha256):
        return
    if is_low():
        text = _("There is no room for more files now. Nothing was saved; links and everything else go on working.")
        raise Problem(507, "storage_low", text)
    try:
        default_storage.delete(path)
        file.stream.seek(0)
        default_storage.save(path, File(file.stream))
    except OSError as error:
        text = _("The file could not be stored. Nothing was saved; try again later.")
        raise Problem(503, "not_stored", text) from error


def sweep_folder(key: str, *, at: datetime) -> int:
    """Removes what no row of this project names and what is older than a day; under the lock that an upload takes."""
    with transaction.atomic():
        project = Project.objects.filter(key=key).first()
        known: set[str] = set()
        if project:
            lock(project)
            known = set(EvidenceFile.objects.filter(project=project).values_list("sha256", flat=True))
        _folders, names = default_storage.listdir(f"{ROOT}/{key}")
        old = [f"{ROOT}/{key}/{name}" for name in names if name not in known and is_old(f"{ROOT}/{key}/{name}", at)]
        for path in old:
            default_storage.delete(path)
    return len(old)


def is_old(path: str, at: datetime) -> bool:
    try:
        return at - default_storage.get_modified_time(path) > KEPT_FOR
    except FileNotFoundError:  # a part that has just become a file
        return False


def folders() -> list[str]:
    try:
        return sorted(default_storage.listdir(ROOT)[0])
    except FileNotFoundError:
        return []
