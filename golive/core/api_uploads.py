"""Files in the API: a body is JSON, or multipart where it carries a file."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request

from golive.core.api import bordered
from golive.core.digests import digest
from golive.core.json_body import StrictJSONParser
from golive.core.problems import Problem


class UploadField(serializers.FileField):
    """A file in a body; its value is what `check` makes of it."""

    def __init__(self, *, check: Callable[[UploadedFile], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check_upload = check

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, UploadedFile):
            self.fail("invalid")
        return bordered(lambda: self.check_upload(data))


class TakesFiles:
    """For a view that decides something and may be sent a file with it."""

    parser_classes = (StrictJSONParser, MultiPartParser)

    def digest(self, request: Request) -> str:
        """What was sent: the body of a file is never in memory as a whole, so it is told by its parts."""
        said = {name: told(one_of(request.data, name)) for name in request.data} if is_form(request.data) else None
        return digest([request.method, request.path, request.data if said is None else said])


def is_form(sent: Any) -> bool:
    return hasattr(sent, "getlist")


def one_of(sent: Any, name: str) -> Any:
    """A part that stands twice is no JSON's double name, but as doubtful."""
    values = sent.getlist(name)
    if len(values) != 1:
        raise Problem(400, "part_twice", _("A part of the body stands twice: %(name)s.") % {"name": name[:40]})
    return values[0]


def told(value: Any) -> Any:
    if not isinstance(value, UploadedFile):
        return value
    held = sha256()
    for chunk in value.chunks():
        held.update(chunk)
    return [value.name, held.hexdigest()]
