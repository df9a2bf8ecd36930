"""What people give when they add evidence, or a newer revision of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from golive.core.text import DayField, LineField, LinkField
from golive.core.uploads import UploadField
from projects.evidence.queries.files import checked
from projects.evidence.rules.files import KINDS, check_pair


class RevisionForm(forms.Form):
    """`seen`: the revision that stood on the page."""

    file = UploadField(
        check=checked,
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in KINDS)}),
        help_text=_("PDF, PNG, JPEG, text, CSV, Markdown, Word, Excel or PowerPoint without macros."),
    )
    url = LinkField(label=_("Or a link"), max_length=500, required=False)
    expires_on = DayField(
        label=_("Valid until"),
        required=False,
        help_text=_("The last day on which it proves something, if there is one."),
    )
    seen = forms.IntegerField(min_value=0, max_value=10**9, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            check_pair(cleaned["file"], cleaned["url"])
        return cleaned

    @property
    def content(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("file", "url", "expires_on")}


class EvidenceForm(RevisionForm):
    seen = None
    title = LineField(label=_("What it shows"), max_length=120)

    field_order = ("title", "file", "url", "expires_on")
