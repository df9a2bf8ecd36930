"""The dates of a plan as a form."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from golive.core.text import DayField, LineField
from projects.portfolio.models.milestones import RolloutMilestone
from projects.portfolio.states import Milestone


class PlanForm(forms.Form):
    """A day and a mark for each milestone. What the visitor saw goes along, so that only what they changed is moved."""

    because = LineField(
        label=gettext_lazy("Why the dates move"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Stays in the history of the dates."),
    )

    def __init__(self, *args: Any, rows: Mapping[str, RolloutMilestone], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in Milestone.choices:
            row = rows.get(key)
            self.fields[f"{key}_day"] = DayField(
                label=label, required=False, initial=row and row.day, show_hidden_initial=True
            )
            self.fields[f"{key}_tentative"] = forms.BooleanField(
                label=_("Tentative"), required=False, initial=bool(row and row.tentative), show_hidden_initial=True
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for key in Milestone.values:
            name = f"{key}_day"
            if name in self.changed_data and name in cleaned and cleaned[name] is None:
                self.add_error(name, _("A date can be moved, not taken away."))
        return cleaned

    @property
    def moved(self) -> dict[str, date]:
        """Each milestone whose day or mark was changed, with its day."""
        changed = {name.removesuffix("_day").removesuffix("_tentative") for name in self.changed_data}
        days = {key: self.cleaned_data.get(f"{key}_day") for key in Milestone.values if key in changed}
        return {key: day for key, day in days.items() if day}

    @property
    def tentative(self) -> frozenset[str]:
        return frozenset(key for key in Milestone.values if self.cleaned_data.get(f"{key}_tentative"))
