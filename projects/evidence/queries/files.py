"""Stored content: where it lies, whether it is still what was stored, and how much of it there is."""

from hashlib import sha256
from pathlib import Path
from shutil import disk_usage
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from golive.core.uploads import CHUNK
from golive.programme.queries import number
from projects.evidence.models import Evidence, EvidenceFile, EvidenceStore
from projects.evidence.rules.acts import MB, EvidenceFacts
from projects.evidence.rules.files import CheckedFile, check_file
from projects.portfolio.models.project import Project

IN_MEMORY = 2_500_000
ROOT = "evidence"


def path_of(key: str, sha256: str) -> str:
    return f"{ROOT}/{key}/{sha256}"


def checked(upload: UploadedFile) -> CheckedFile:
    """For the doors: a file that was sent, as the product takes it, or a sentence why not."""
    most = int(number("evidence_file_size")) * MB
    stream = cast(BinaryIO, upload.file)
    return check_file(stream, name=upload.name or "", size=upload.size or 0, most=most)


def whole(path: str, digest: str) -> IO[bytes] | None:
    """A copy of the stored content, hashed while it is made, so that what is given out is what was hashed.

    None where the file is missing or is not what was stored.
    """
    copy, held = SpooledTemporaryFile(max_size=IN_MEMORY), sha256()  # noqa: SIM115  whoever is given it closes it
    try:
        with default_storage.open(path) as stored:
            while chunk := stored.read(CHUNK):
                held.update(chunk)
                copy.write(chunk)
    except FileNotFoundError:
        return None
    copy.seek(0)
    return cast(IO[bytes], copy) if held.hexdigest() == digest else None


def is_whole(path: str, digest: str) -> bool:
    held = sha256()
    try:
        with default_storage.open(path) as stored:
            while chunk := stored.read(CHUNK):
                held.update(chunk)
    except FileNotFoundError:
        return False
    return held.hexdigest() == digest


def room_left() -> int:
    """Bytes that are free where files are kept."""
    place = Path(settings.MEDIA_ROOT)
    while not place.exists():  # it is made with the first file
        place = place.parent
    return disk_usage(place).free


def is_low() -> bool:
    """Little is left for everything that writes: the rest is kept for decisions, which need far less."""
    return room_left() < int(number("evidence_low_water")) * MB


def known_content(project: Project, digest: str) -> EvidenceFile | None:
    return EvidenceFile.objects.filter(project=project, sha256=digest).first()


def evidence_facts(
    project: Project, *, file: CheckedFile | None = None, piece: Evidence | None = None
) -> EvidenceFacts:
    store = EvidenceStore.objects.filter(project=project).first()
    adds = file.size if file and not known_content(project, file.sha256) else 0
    return EvidenceFacts(
        project_key=project.key,
        project_state=project.state,
        withdrawn=bool(piece and piece.withdrawn_at),
        stale=bool(piece and piece.stale_at),
        kept=store.size if store else 0,
        adds=adds,
        quota=int(number("evidence_quota")) * MB,
    )
