"""What people lay beside an answer: something new, or what the project has."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from golive.core.text import DayField, LineField, LinkField
from golive.core.uploads import UploadField
from projects.evidence.models import Evidence
from projects.evidence.queries.files import checked
from projects.evidence.rules.files import KINDS, check_pair

TITLE = 120


class LaidForm(forms.Form):
    """Without a title it is called what the file is called, or the link."""

    file = UploadField(
        check=checked,
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in KINDS)}),
        help_text=_("PDF, PNG, JPEG, text, CSV, Markdown, Word, Excel or PowerPoint without macros."),
    )
    url = LinkField(label=_("Or a link"), max_length=500, required=False)
    title = LineField(label=_("What it shows"), max_length=TITLE, required=False)
    expires_on = DayField(
        label=_("Valid until"),
        required=False,
        help_text=_("The last day on which it proves something, if there is one."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            check_pair(cleaned["file"], cleaned["url"])
        return cleaned

    @property
    def content(self) -> dict[str, Any]:
        said = self.cleaned_data
        named = said["file"].name if said["file"] else said["url"]
        return said | {"title": said["title"] or named[:TITLE]}


class LaidChoiceForm(forms.Form):
    """What is offered is listed; the act says what speaks against any other."""

    evidence = forms.UUIDField(label=_("Evidence"), widget=forms.Select)

    def __init__(self, *args: Any, pieces: Iterable[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(piece.uid), piece.title) for piece in pieces]
        self.fields["evidence"].widget.choices = [("", _("Choose")), *known]
        self.offers = bool(known)
