"""An upload that ends before its end: no row, no file, and nothing left lying about."""

import gc
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest

from projects.evidence.models import Evidence, EvidenceFile
from tests.builders import client_of
from tests.builders_projects import make_project
from tests.projects.evidence.ways import body_of, paths

BIG = b"%PDF-1.4\n" + b"0123456789" * 300_000 + b"\n%%EOF\n"  # more than is kept in memory


class Cut(BytesIO):
    """The connection of a client that goes away."""

    def __init__(self, content: bytes, after: int) -> None:
        super().__init__(content)
        self.after = after

    def read(self, size: int = -1) -> bytes:
        if self.tell() >= self.after:
            raise OSError("Connection reset by peer")
        return super().read(min(size if size >= 0 else self.after, self.after - self.tell()))


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["page", "api"])
def test_an_upload_cut_anywhere_leaves_nothing(settings, tmp_path, door):
    kept, temporary = tmp_path / "kept", tmp_path / "temporary"
    temporary.mkdir()
    settings.MEDIA_ROOT, settings.FILE_UPLOAD_TEMP_DIR = str(kept), str(temporary)
    cast = make_project()
    client = client_of(cast.member)
    client.raise_request_exception = False
    whole = body_of(BIG, "minutes.pdf", {"title": "Minutes"})

    for tenth in range(10):
        answer = client.generic(
            "POST",
            paths(cast)[door],
            b"",
            content_type="multipart/form-data; boundary=line",
            headers={"Idempotency-Key": uuid4().hex},
            **{"wsgi.input": Cut(whole, len(whole) * tenth // 10), "CONTENT_LENGTH": str(len(whole))},
        )
        assert answer.status_code >= 400

    gc.collect()
    assert (Evidence.objects.count(), EvidenceFile.objects.count()) == (0, 0)
    assert files_in(kept) + files_in(temporary) == []


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
