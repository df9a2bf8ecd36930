"""What people type to start a project."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from golive.accounts.models import Organisation, OrganisationKind, User
from golive.core.calendar import zone_choices
from golive.core.text import LineField
from projects.methodology.queries.versions import version_choices
from projects.methodology.rules.catalogue import LATEST
from projects.plan.queries.starting import other_organisation, sides_of
from projects.portfolio.states import Infrastructure, Job

JOBS = [("", gettext_lazy("No particular job")), *Job.choices]


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
    methodology = forms.ChoiceField(
        label=gettext_lazy("Methodology"),
        required=False,
        help_text=gettext_lazy("The project keeps it, whatever is published later."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.found = user, None
        field = self.fields["other"]
        field.required = user.organisation.kind != OrganisationKind.CUSTOMER
        field.label = _("Customer") if field.required else _("Partner, if there is one")
        whole = _("The whole name of the organisation, as it is known here.")
        later = _("The whole name of the organisation, as it is known here. It may be named later.")
        field.help_text = whole if field.required else later
        self.fields["time_zone"].initial = user.time_zone
        self.fields["methodology"].choices = version_choices(user)
        self.found: Organisation | None

    def clean_other(self) -> str:
        name = self.cleaned_data["other"]
        if name:
            self.found = other_organisation(self.user, name)
            if self.found is None:
                raise forms.ValidationError(_("No such organisation is known here. Ask an administrator to add it."))
        return name

    def clean_methodology(self) -> str:
        return self.cleaned_data["methodology"] or LATEST

    @property
    def project(self) -> dict[str, Any]:
        names = ("name", "infrastructure", "time_zone", "job", "methodology")
        fields = {name: self.cleaned_data[name] for name in names}
        return fields | sides_of(self.user, self.found)
