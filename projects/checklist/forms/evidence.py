"""What people lay beside an answer."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from golive.core.text import LineField
from projects.evidence.giving import TITLE, GivenForm


class LaidForm(GivenForm):
    """Without a title it is called what the file is called, or the link."""

    title = LineField(label=_("What it shows"), max_length=TITLE, required=False)

    field_order = ("file", "url", "title", "expires_on")

    @property
    def content(self) -> dict[str, Any]:
        said = self.cleaned_data
        named = said["file"].name if said["file"] else said["url"]
        return said | {"title": said["title"] or named[:TITLE]}
