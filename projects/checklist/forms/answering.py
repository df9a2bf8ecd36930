"""What people send as an answer; the border itself stands in the rules."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from projects.checklist.rules.answers import DETAILS, AnswerContent, choices_of, read_answer, to_json
from projects.checklist.rules.questions import CHOICES, Question

FEW = 5  # options that stand beside each other; more become a list to choose from


LARGEST_REVISION = 999_999_999


class RawField(forms.Field):
    """Hands on what was sent: the border stands in `read_answer`, for page and API alike."""


class AnswerForm(forms.Form):
    """One question's answer. Made from what is stored, or from what was sent and the day it was sent on."""

    def __init__(
        self, question: Question, content: AnswerContent, revision: int, sent: Any = None, *, today: date | None = None
    ) -> None:
        initial = to_json(content) | {"revision": revision}
        super().__init__(sent, initial=initial, auto_id=f"{question.id}-%s")
        self.question, self.today, self.content = question, today, content
        self.fields.update(fields_of(question))

    def clean(self) -> dict[str, Any]:
        assert self.today is not None
        try:
            self.content = read_answer(self.question, self.data, today=self.today)
        except ValidationError as refused:
            for name, error in refused.error_dict.items():
                self.add_error(name if name in self.fields else None, error)
        return self.cleaned_data

    @property
    def detail_groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields that an answer asks for beside itself, by the answer that asks for them."""
        asked = {answer: names for answer, names in DETAILS.items() if answer in self.question.choices}
        return [(answer, [self[name] for name in names]) for answer, names in asked.items() if names[0] in self.fields]

    @property
    def sent_pairs(self) -> list[tuple[str, str]]:
        """What was typed, as hidden fields of the button that keeps it."""
        names = [name for name in self.fields if name != "revision"]
        return [(name, value) for name in names for value in self.data.getlist(name)]


def fields_of(question: Question) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {"value": value_field(question)}
    if question.may_be_unknown:
        fields["unknown"] = RawField(label=_("Not known yet"), widget=forms.CheckboxInput, required=False)
    if question.answer in CHOICES:
        wanted = [name for answer in question.choices for name in DETAILS.get(answer, ())]
        details = detail_fields()
        fields |= {name: details[name] for name in wanted}
    fields["note"] = RawField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    fields["revision"] = forms.IntegerField(
        widget=forms.HiddenInput(attrs={"id": f"{question.id}-revision"}), min_value=0, max_value=LARGEST_REVISION
    )
    return fields


def detail_fields() -> dict[str, forms.Field]:
    return {
        "pending_what": RawField(label=_("What is pending"), widget=forms.Textarea(attrs={"rows": 2}), required=False),
        "pending_owner": RawField(label=_("Who"), widget=forms.TextInput, required=False),
        "pending_due": RawField(label=_("By when"), widget=forms.DateInput(attrs={"type": "date"}), required=False),
        "reason": RawField(label=_("Why it does not apply"), widget=forms.Textarea(attrs={"rows": 2}), required=False),
    }


def value_field(question: Question) -> forms.Field:
    label = _("Answer to %(question)s") % {"question": question.id}
    if question.answer == "multi":
        many = forms.CheckboxSelectMultiple(choices=choices_of(question))
        return RawField(label=question.text, widget=many, required=False)
    if question.choices:
        few = len(question.choices) <= FEW
        widget = forms.RadioSelect(choices=choices_of(question)) if few else forms.Select(choices=listed(question))
        return RawField(label=question.text, widget=widget, required=False)
    number = forms.NumberInput(attrs={"min": 0, "step": "any"})
    widgets: dict[str, forms.Widget] = {
        "date": forms.DateInput(attrs={"type": "date"}),
        "number": number,
        "percent": forms.NumberInput(attrs={"min": 0, "max": 100, "step": "any"}),
    }
    return RawField(label=label, widget=widgets.get(question.answer, forms.Textarea(attrs={"rows": 2})), required=False)


def listed(question: Question) -> list[tuple[str, str]]:
    return [("", _("No answer yet")), *choices_of(question)]
