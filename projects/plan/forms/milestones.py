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
    """A day and a mark for each milestone.

    What the visitor saw goes along: only what they changed is moved, and nothing is overwritten unseen.
    """

    # Without it nothing was seen: what has a date already is then a conflict.
    revision = forms.IntegerField(min_value=0, max_value=10**9, required=False, widget=forms.HiddenInput)
    because = LineField(
        label=gettext_lazy("Why the dates move"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Stays in the history of the dates."),
    )

    def __init__(self, *args: Any, rows: Mapping[str, RolloutMilestone], revision: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.fields["revision"].initial = revision
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
    def seen(self) -> int:
        return self.cleaned_data["revision"] or 0

    def onto(self, rows: Mapping[str, RolloutMilestone], revision: int) -> "PlanForm":
        """The same wishes on the dates as they stand now: whoever has seen both may save once more."""
        data: dict[str, Any] = {"revision": revision, "because": self.cleaned_data["because"]}
        for key in Milestone.values:
            row = rows.get(key)
            day, mark = (row.day, row.tentative) if row else ("", False)
            data |= {f"initial-{key}_day": day, f"initial-{key}_tentative": mark}
            wish = (self.moved[key], key in self.tentative) if key in self.moved else (day, mark)
            data |= {f"{key}_day": wish[0], f"{key}_tentative": wish[1]}
        return PlanForm(data, rows=rows, revision=revision)

    @property
    def tentative(self) -> frozenset[str]:
        return frozenset(key for key in Milestone.values if self.cleaned_data.get(f"{key}_tentative"))
