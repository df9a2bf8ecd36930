"""Files on a disk that are whole or not there: under its own name a file appears only when its last byte is stored."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage

from golive.core.failpoints import reach

PART = ".part-"


class WholeFileStorage(FileSystemStorage):
    """A process that is killed, or a disk that is full, leaves a part that nobody reads; a sweep removes it."""

    def _save(self, name: str, content: File) -> str:
        place = Path(self.path(name)).parent
        place.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=PART, dir=place)
        try:
            with os.fdopen(handle, "wb") as written:
                self.write(written, content.chunks())
            os.chmod(part, self.file_permissions_mode or 0o640)
            name = self.named(part, name)
        finally:
            os.unlink(part)
        return name.replace("\\", "/")

    def write(self, written: Any, chunks: Iterable[bytes]) -> None:
        for chunk in chunks:
            written.write(chunk)
            reach("files.while_writing")
        written.flush()
        os.fsync(written.fileno())

    def named(self, part: str, name: str) -> str:
        """A link is made whole or not at all, and never over another file."""
        while True:
            try:
                os.link(part, self.path(name))
            except FileExistsError:
                name = self.get_available_name(name)
                continue
            return name
