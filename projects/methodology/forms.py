"""What people type beside a step or a phase."""

from django import forms
from django.utils.translation import gettext_lazy as _

from golive.core.text import LineField


class StepMarkForm(forms.Form):
    note = LineField(label=_("Note, or where the proof is"), max_length=500, required=False)


class PhaseReopenForm(forms.Form):
    because = LineField(
        label=_("Why is it reopened"), max_length=500, help_text=_("Stays beside the phase, for everybody to read.")
    )
