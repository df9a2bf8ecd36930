"""What people type about a finding: its words, and what each verb must be told."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from golive.core.text import BlockField, DayField, LineField
from projects.portfolio.states import Job
from reviews.assessment.content import Frozen
from reviews.assessment.models import Finding
from reviews.assessment.rules.findings import check_day, check_words
from reviews.assessment.states import FindingKind, Severity


class FindingForm(forms.Form):
    """`frozen`: the submission with its topics and questions; `row`: a finding whose label fixes its kind."""

    kind = forms.ChoiceField(label=_("Kind"), choices=FindingKind)
    severity = forms.ChoiceField(
        label=_("Severity"),
        choices=[("", _("None")), *Severity.choices],
        required=False,
        help_text=_("Of a risk or an issue. Critical and high hold the sign-off."),
    )
    topic = forms.ChoiceField(label=_("Topic"))
    question = forms.ChoiceField(label=_("Question"), required=False)
    title = LineField(label=_("Title"), max_length=200)
    detail = BlockField(label=_("What was found"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    mitigation = BlockField(label=_("Proposed mitigation"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    owner = forms.ChoiceField(label=_("Owner"), choices=Job, initial=Job.PROJECT_MANAGER)

    def __init__(self, *args: Any, frozen: Frozen, row: Finding | None = None, **kwargs: Any) -> None:
        if row:
            kwargs["initial"] = {name: getattr(row, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.frozen, self.row = frozen, row
        topics, asked = dict(frozen.topics), list(frozen.asked)
        if row:  # what a rule of the project raised may stand outside of what was asked
            topics.setdefault(row.topic, row.topic)
            asked = list(dict.fromkeys([*asked, row.question] if row.question else asked))
            del self.fields["kind"]
        self.fields["topic"].choices = list(topics.items())
        self.fields["question"].choices = [("", _("None in particular")), *((each, each) for each in asked)]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not self.errors:
            kind = self.row.kind if self.row else said["kind"]
            check_words(kind, said["severity"], said["topic"], said["question"], asked=self.frozen.asked)
        return said


class NothingForm(forms.Form):
    pass


class DismissForm(forms.Form):
    because = LineField(label=_("Reason"), max_length=500, help_text=_("It is kept with the finding."))


class AskForm(forms.Form):
    ask = BlockField(label=_("What the plan must say"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    until = DayField(label=_("Answer by"), required=False)

    def clean_until(self) -> Any:
        return ahead(self.cleaned_data["until"])


class AcceptPlanForm(forms.Form):
    reply = BlockField(label=_("Reply"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ReturnForm(forms.Form):
    reply = BlockField(label=_("What is missing"), widget=forms.Textarea(attrs={"rows": 3}))
    until = DayField(label=_("Answer by"), required=False)

    def clean_until(self) -> Any:
        return ahead(self.cleaned_data["until"])


class PlanForm(forms.Form):
    what = BlockField(label=_("What will be done"), widget=forms.Textarea(attrs={"rows": 4}))
    owner = LineField(label=_("Who does it"), max_length=120)
    due_on = DayField(label=_("Done by"))

    def clean_due_on(self) -> Any:
        return ahead(self.cleaned_data["due_on"])


class AcceptRiskForm(forms.Form):
    because = LineField(label=_("Why the risk is accepted"), max_length=500)
    until = DayField(label=_("Accepted until"))

    def clean_until(self) -> Any:
        return ahead(self.cleaned_data["until"])


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Reviewer"), queryset=None, to_field_name="uid")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people
        self.fields["to"].label_from_instance = lambda person: person.name


def ahead(day: Any) -> Any:
    try:
        check_day(day, today=timezone.localdate())
    except ValidationError as error:
        raise forms.ValidationError(error.messages, code="past") from error
    return day
