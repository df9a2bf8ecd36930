"""What people type beside a step or a phase, and in a methodology of their own."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from golive.core.text import BlockField, LineField
from golive.programme.queries import role_words
from projects.evidence.giving import TITLE, GivenForm
from projects.methodology.rules.drafts import ASKED, Draft, asked_code, steps_of
from projects.methodology.rules.vocabulary import OWNER_ROLES

ASKED_CHOICES = [(code, words) for code, (_expression, words) in ASKED.items()]


class StepMarkForm(forms.Form):
    note = LineField(label=_("Note, or where the proof is"), max_length=500, required=False)


class PhaseReopenForm(forms.Form):
    because = LineField(
        label=_("Why is it reopened"), max_length=500, help_text=_("Stays beside the phase, for everybody to read.")
    )


class ProofForm(GivenForm):
    """A file or a link that the project gets, laid beside a step at once."""

    title = LineField(label=_("What it shows"), max_length=TITLE)

    field_order = ("title", "file", "url", "expires_on")


class StepNoteForm(forms.Form):
    text = BlockField(label=_("Note"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class SeenForm(forms.Form):
    """The revision that somebody looked at; without it nothing was seen."""

    seen = forms.IntegerField(min_value=0, max_value=10**9, required=False, widget=forms.HiddenInput)

    @property
    def revision(self) -> int:
        return (self.cleaned_data.get("seen") if self.is_valid() else None) or 0


class MethodologyCopyForm(forms.Form):
    name = LineField(label=_("Name of the methodology"), max_length=80)
    source = forms.ChoiceField(label=_("Begin as a copy of"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = choices


class DraftStepForm(SeenForm):
    name = LineField(label=_("Name"), max_length=120)
    phase = forms.ChoiceField(label=_("Phase"))
    required = forms.BooleanField(label=_("Required to complete the phase"), required=False)
    owner = forms.ChoiceField(label=_("Whose it is"))
    hint = LineField(label=_("Hint"), max_length=200, required=False)
    evidence = LineField(label=_("What proves it"), max_length=80, required=False)
    requires = LineField(
        label=_("Unlocks after"),
        max_length=300,
        required=False,
        help_text=_("Numbers of steps of this phase or an earlier one, such as A06, A08."),
    )
    asked_when = forms.ChoiceField(
        label=_("Asked when"), choices=[(code, words) for code, (_e, words) in ASKED.items()]
    )

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {step["id"] for _phase, step in steps_of(draft)}
        self.fields["phase"].choices = [(phase["id"], phase["name"]) for phase in draft["phase"]]
        self.fields["owner"].choices = [(role, role_words().get(role, role)) for role in sorted(OWNER_ROLES)]

    def clean_requires(self) -> list[str]:
        keys = [key.strip().upper() for key in self.cleaned_data["requires"].split(",") if key.strip()]
        if unknown := [key for key in keys if key not in self.known]:
            text = gettext("There is no step %(keys)s here.") % {"keys": ", ".join(unknown)}
            raise forms.ValidationError(text)
        return list(dict.fromkeys(keys))

    @property
    def said(self) -> dict[str, Any]:
        names = ("name", "required", "owner", "hint", "evidence", "requires")
        told = {name: self.cleaned_data[name] for name in names}
        return told | {"applies_when": ASKED[self.cleaned_data["asked_when"]][0]}


def initial_of(phase: str, step: Mapping[str, Any], revision: int) -> dict[str, Any]:
    """A step of the draft as its form shows it."""
    lists = {"requires": ", ".join(step.get("requires", ())), "asked_when": asked_code(step.get("applies_when", ""))}
    return {**step, **lists, "phase": phase, "seen": revision}
