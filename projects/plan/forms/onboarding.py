"""What each step of onboarding asks. Everything may be left open: what is lacking is said by the rules."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from golive.accounts.models import Organisation
from golive.core.text import BlockField, LineField
from projects.plan.models.onboarding import Onboarding
from projects.plan.queries.starting import partner_named
from projects.plan.states import (
    ContactChoice,
    Feature,
    LicenceType,
    OnboardingStep,
    PartnerChoice,
    TrackingChoice,
    UpgradeFrom,
)
from projects.portfolio.models.project import Project
from projects.portfolio.states import Product

WEB_ONLY = URLValidator(schemes=["http", "https"])
MOST_PEOPLE, MOST_COUNTRIES, MOST_INTEGRATIONS = 1_000_000, 250, 10_000
YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


def choice(label: Any, choices: Any, **words: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False, **words)


def several(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False)


def amount(label: Any, most: int, **words: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False, **words)


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or nothing said."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=YES_NO, coerce=lambda said: said == "yes", empty_value=None, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)


class StepForm(forms.Form):
    """One step. `row`: what was said so far."""

    def __init__(self, *args: Any, row: Onboarding, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project
        self.initial = self.said(row) | self.initial

    def said(self, row: Onboarding) -> dict[str, Any]:
        return {name: getattr(row, name) for name in self.fields}

    @property
    def answers(self) -> dict[str, Any]:
        """As `save_onboarding` takes them."""
        return dict(self.cleaned_data)

    @property
    def words(self) -> list[tuple[str, str]]:
        """What was said so far, for whoever only looks at it."""
        return [(str(field.label), in_words(field, self.initial.get(name))) for name, field in self.fields.items()]


def in_words(field: forms.Field, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return str(dict(YES_NO)["yes" if value else "no"])
    if labels := dict(getattr(field, "choices", ())):
        return ", ".join(str(labels[each]) for each in ([value] if isinstance(value, str) else value))
    return number_format(value, force_grouping=True) if isinstance(value, int) else str(value)


class OverviewForm(StepForm):
    vision = BlockField(
        label=gettext_lazy("Vision and goals"),
        help_text=gettext_lazy("What shall be better for whom once this is live?"),
        required=False,
    )


class PartnerForm(StepForm):
    partner_choice = choice(gettext_lazy("Partner"), PartnerChoice.choices)
    partner = LineField(
        label=gettext_lazy("Which partner"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("The whole name of the organisation, as it is known here."),
    )
    partner_reference = LineField(
        label=gettext_lazy("Reference of the partner"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Optional. Such as its number with the vendor."),
    )

    def said(self, row: Onboarding) -> dict[str, Any]:
        partner = self.project.partner.name if self.project.partner else ""
        return {name: getattr(row, name) for name in ("partner_choice", "partner_reference")} | {"partner": partner}

    def clean_partner(self) -> Organisation | None:
        name, present = self.cleaned_data["partner"], self.project.partner
        if self.cleaned_data.get("partner_choice") != PartnerChoice.NAMED or not name:
            return None
        found = present if present and present.name.casefold() == name.casefold() else partner_named(name)
        if found is None:
            raise forms.ValidationError(_("No such partner is known here. Ask an administrator to add it."))
        return found

    @property
    def answers(self) -> dict[str, Any]:
        """A partner that is there stays when its name was left empty."""
        said = dict(self.cleaned_data)
        return said if said["partner"] else {name: value for name, value in said.items() if name != "partner"}


class LicencesForm(StepForm):
    user_count = amount(gettext_lazy("People who will use it after the full roll-out"), MOST_PEOPLE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in LicenceType.choices:
            self.fields[f"licence_{key}"] = amount(label, MOST_PEOPLE)

    def said(self, row: Onboarding) -> dict[str, Any]:
        counts = {f"licence_{each['type']}": each["count"] for each in row.licences}
        return {"user_count": row.user_count} | counts

    @property
    def answers(self) -> dict[str, Any]:
        counts = {key: self.cleaned_data[f"licence_{key}"] for key in LicenceType.values}
        licences = [{"type": key, "count": count} for key, count in counts.items() if count is not None]
        return {"user_count": self.cleaned_data["user_count"], "licences": licences}

    @property
    def words(self) -> list[tuple[str, str]]:
        first, *counts = super().words
        return [first, *((label, said) for label, said in counts if said)]


class ScopeForm(StepForm):
    products = several(gettext_lazy("Products"), Product.choices)
    scope = several(gettext_lazy("Features"), Feature.choices)
    country_count = amount(gettext_lazy("Countries and regions"), MOST_COUNTRIES)
    has_customizations = YesNoField(label=gettext_lazy("Is it customized?"))
    has_isv = YesNoField(label=gettext_lazy("Are there solutions of other vendors?"))
    isv_names = LineField(
        label=gettext_lazy("Their names"), max_length=500, required=False, help_text=gettext_lazy("When there are any.")
    )
    has_integrations = YesNoField(label=gettext_lazy("Is it integrated with other systems?"))
    integration_count = amount(
        gettext_lazy("How many integrations"), MOST_INTEGRATIONS, help_text=gettext_lazy("When there are any.")
    )
    has_database_copy = YesNoField(label=gettext_lazy("Does data reach production by a copied database?"))
    upgrade_from = choice(gettext_lazy("What does it replace?"), UpgradeFrom.choices)

    def said(self, row: Onboarding) -> dict[str, Any]:
        return super().said(row) | {"scope": row.scope or []}

    @property
    def answers(self) -> dict[str, Any]:
        said = self.cleaned_data
        return said | {name: sorted(said[name]) for name in ("products", "scope")}


class TrackingForm(StepForm):
    tracking_choice = choice(gettext_lazy("Work tracking"), TrackingChoice.choices)
    work_tracking = forms.URLField(
        label=gettext_lazy("Link to your work tracking"),
        max_length=300,
        assume_scheme="https",
        validators=[WEB_ONLY],
        required=False,
        help_text=gettext_lazy("Where the team keeps its tasks. It should belong to the customer."),
    )


class ContactsForm(StepForm):
    contact_choice = choice(
        gettext_lazy("Whom does FastTrack write to?"),
        ContactChoice.choices,
        help_text=gettext_lazy("Where nobody is a primary contact, everybody is written to."),
    )


FORMS: dict[str, type[StepForm]] = {
    OnboardingStep.OVERVIEW: OverviewForm,
    OnboardingStep.PARTNER: PartnerForm,
    OnboardingStep.LICENCES: LicencesForm,
    OnboardingStep.SCOPE: ScopeForm,
    OnboardingStep.TRACKING: TrackingForm,
    OnboardingStep.CONTACTS: ContactsForm,
}
