"""Files that people send: how much is read at all, and a field that takes only what passed a check."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any, cast

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

# No form of ours takes more than this, whatever its own limit: a larger body is refused before a byte of it is read.
MOST = 106_000_000
CHUNK = 64 * 1024


class BoundedUpload(FileUploadHandler):
    """Stands first among the handlers: a body that says it is too large is not read, and none can say too little."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, Any],  # noqa: N803  as Django calls it
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        if content_length > MOST:
            raise RequestDataTooBig(f"The body is larger than {MOST} bytes.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class UploadField(forms.FileField):
    """A file in a form; its value is what `check` makes of it, or a sentence at the field."""

    def __init__(self, *, check: Callable[[UploadedFile], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check_upload = check

    def to_python(self, data: Any) -> Any:
        upload = super().to_python(data)
        return self.check_upload(cast(UploadedFile, upload)) if upload else None
