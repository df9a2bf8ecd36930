"""Starting a project, its onboarding, its dates."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from golive.accounts.models import Organisation, OrganisationKind, User
from golive.core.calendar import zone_choices
from golive.core.text import BlockField, DayField, LineField
from projects.plan.queries import other_organisation, sides_of
from projects.portfolio.models import RolloutMilestone
from projects.portfolio.states import Infrastructure, Job, Milestone, Product

JOBS = [("", gettext_lazy("No particular job")), *Job.choices]
WEB_ONLY = URLValidator(schemes=["http", "https"])


class ProjectStartForm(forms.Form):
    name = LineField(label=gettext_lazy("Name of the project"), max_length=120)
    infrastructure = forms.ChoiceField(
        label=gettext_lazy("Production runs on"),
        choices=Infrastructure.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("It cannot be changed later."),
    )
    other = LineField(max_length=120)
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone of the project"), choices=zone_choices)
    job = forms.ChoiceField(label=gettext_lazy("Your job in it"), choices=JOBS, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.found = user, None
        field = self.fields["other"]
        field.required = user.organisation.kind != OrganisationKind.CUSTOMER
        field.label = _("Customer") if field.required else _("Partner, if there is one")
        field.help_text = _("The whole name of the organisation, as it is known here.")
        self.fields["time_zone"].initial = user.time_zone
        self.found: Organisation | None

    def clean_other(self) -> str:
        name = self.cleaned_data["other"]
        if name:
            self.found = other_organisation(self.user, name)
            if self.found is None:
                raise forms.ValidationError(_("No such organisation is known here. Ask an administrator to add it."))
        return name

    @property
    def project(self) -> dict[str, Any]:
        fields = {name: self.cleaned_data[name] for name in ("name", "infrastructure", "time_zone", "job")}
        return fields | sides_of(self.user, self.found)


class OnboardingForm(forms.Form):
    vision = BlockField(
        label=gettext_lazy("Vision and goals"),
        help_text=gettext_lazy("What shall be better for whom once this is live?"),
        required=False,
    )
    products = forms.MultipleChoiceField(
        label=gettext_lazy("Products"),
        choices=Product.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    user_count = forms.IntegerField(
        label=gettext_lazy("People who will use it after the full roll-out"),
        min_value=1,
        max_value=1_000_000,
        required=False,
    )
    work_tracking = forms.URLField(
        label=gettext_lazy("Link to your work tracking"),
        max_length=300,
        assume_scheme="https",
        validators=[WEB_ONLY],
        required=False,
        help_text=gettext_lazy("Optional. Where the team keeps its tasks."),
    )


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
