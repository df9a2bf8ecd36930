"""What people say to a contradiction."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from golive.core.text import BlockField
from projects.checklist.forms.answering import LARGEST_REVISION
from projects.checklist.states import Stand

LIMIT = 1_000


class SettleForm(forms.Form):
    """The stand is the button that was pressed. `theirs`: what somebody else said meanwhile, shown beside it."""

    text = BlockField(label=gettext_lazy("In your words"), max_length=LIMIT, widget=forms.Textarea(attrs={"rows": 2}))
    stand = forms.ChoiceField(choices=Stand)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST_REVISION)

    def __init__(self, contradiction: str, revision: int, said: Mapping[str, Any], sent: Any = None) -> None:
        initial = {"text": said.get("text", ""), "revision": revision}
        super().__init__(sent, initial=initial, auto_id=f"{contradiction}-%s")
        self.contradiction = contradiction
        self.theirs: dict[str, Any] = {}
        self.fields["text"].widget.attrs["hx-preserve"] = True
