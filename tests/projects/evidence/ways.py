"""Files on their way into the product, by both doors."""

from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.utils import timezone

from golive.accounts.models import User
from projects.evidence.actions.evidence import add_evidence
from projects.evidence.models import Evidence
from projects.evidence.queries.files import checked
from projects.evidence.rules.files import CheckedFile
from tests.builders import client_of
from tests.builders_projects import Cast
from tests.projects.evidence.samples import PDF


def checked_file(content: bytes = PDF, name: str = "minutes.pdf") -> CheckedFile:
    return checked(SimpleUploadedFile(name, content))


def add(cast: Cast, title: str = "Minutes", *, content: bytes = PDF, name: str = "minutes.pdf", **by: User) -> Evidence:
    by = by or {"by": cast.member}
    return add_evidence(cast.project, title=title, file=checked_file(content, name), at=timezone.now(), **by)


def body_of(content: bytes, name: str, fields: dict[str, str]) -> bytes:
    """As a program writes it that does not clean names."""
    parts = [f'--line\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()]
    quoted = name.encode("utf-8", "surrogatepass")
    head = b'--line\r\nContent-Disposition: form-data; name="file"; filename="' + quoted + b'"\r\n'
    return b"".join(parts) + head + b"Content-Type: text/html\r\n\r\n" + content + b"\r\n--line--\r\n"


def send(user: User, path: str, content: bytes, name: str, **fields: str) -> HttpResponse:
    """`path`: of a page, or below /api/."""
    headers: dict[str, Any] = {"Idempotency-Key": uuid4().hex} if path.startswith("/api/") else {}
    body = body_of(content, name, fields)
    return client_of(user).post(path, body, content_type="multipart/form-data; boundary=line", headers=headers)


def paths(cast: Cast) -> dict[str, str]:
    return {"page": f"/projects/{cast.key}/evidence/", "api": f"/api/v1/projects/{cast.key}/evidence/"}
