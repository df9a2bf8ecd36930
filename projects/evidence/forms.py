"""What people give when they add evidence, or a newer revision of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from golive.core.text import LineField
from projects.evidence.giving import TITLE, GivenForm


class RevisionForm(GivenForm):
    """`seen`: the revision that stood on the page."""

    seen = forms.IntegerField(min_value=0, max_value=10**9, required=False, widget=forms.HiddenInput)

    @property
    def content(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("file", "url", "expires_on")}


class EvidenceForm(RevisionForm):
    seen = None
    title = LineField(label=_("What it shows"), max_length=TITLE)

    field_order = ("title", "file", "url", "expires_on")
