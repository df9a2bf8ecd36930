"""What people type beside a step or a phase."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from golive.core.text import BlockField, LineField, LinkField
from golive.core.uploads import UploadField
from projects.evidence.models import Evidence
from projects.evidence.queries.files import checked
from projects.evidence.rules.files import KINDS, check_pair


class StepMarkForm(forms.Form):
    note = LineField(label=_("Note, or where the proof is"), max_length=500, required=False)


class PhaseReopenForm(forms.Form):
    because = LineField(
        label=_("Why is it reopened"), max_length=500, help_text=_("Stays beside the phase, for everybody to read.")
    )


class ProofForm(forms.Form):
    """A file or a link that the project gets, laid beside a step at once."""

    title = LineField(label=_("What it shows"), max_length=120)
    file = UploadField(
        check=checked,
        label=_("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in KINDS)}),
        help_text=_("PDF, PNG, JPEG, text, CSV, Markdown, Word, Excel or PowerPoint without macros."),
    )
    url = LinkField(label=_("Or a link"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            check_pair(cleaned["file"], cleaned["url"])
        return cleaned


class ProofChoiceForm(forms.Form):
    """Evidence that the project has: what is offered is listed, the act says what speaks against any other."""

    evidence = forms.UUIDField(label=_("Evidence"), widget=forms.Select)

    def __init__(self, *args: Any, pieces: Iterable[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(piece.uid), piece.title) for piece in pieces]
        self.fields["evidence"].widget.choices = [("", _("Choose")), *known]
        self.offers = bool(known)


class StepNoteForm(forms.Form):
    text = BlockField(label=_("Note"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
