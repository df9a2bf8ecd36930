"""The sign-off carries what was seen."""

from django import forms

HASH = r"[0-9a-f]{64}"


class SeenForm(forms.Form):
    seen = forms.RegexField(regex=rf"^{HASH}\Z", widget=forms.HiddenInput)
