"""What people send as an answer; the border itself stands in the rules."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.checklist.rules.answers import NO_ANSWER, AnswerContent, details_asked_of, read_answer
from projects.checklist.rules.questions import Question

LARGEST_REVISION = 999_999_999
LABELS = {
    "unknown": gettext_lazy("Not known yet"),
    "pending_what": gettext_lazy("What is pending"),
    "pending_owner": gettext_lazy("Who"),
    "pending_due": gettext_lazy("By when"),
    "reason": gettext_lazy("Why it does not apply"),
    "note": gettext_lazy("Note"),
}


class RawField(forms.Field):
    """Hands on what was sent: the border stands in `read_answer`, for page and API alike."""


class AnswerForm(forms.Form):
    """One question's answer as it was sent, and the day it was sent on. The page draws its controls by itself."""

    content: AnswerContent = NO_ANSWER

    def __init__(self, question: Question, sent: Any, *, today: date) -> None:
        super().__init__(sent, auto_id=f"{question.id}-%s")
        self.question, self.today = question, today
        self.fields.update(fields_of(question))

    def clean(self) -> dict[str, Any]:
        try:
            self.content = read_answer(self.question, self.data, today=self.today)
        except ValidationError as refused:
            for name, error in refused.error_dict.items():
                self.add_error(name if name in self.fields else None, error)
        return self.cleaned_data

    @property
    def typed(self) -> dict[str, list[str]]:
        """What was typed, to be shown again and to be carried by the button that keeps it."""
        return {name: self.data.getlist(name) for name in self.fields if name != "revision" and name in self.data}


def fields_of(question: Question) -> dict[str, forms.Field]:
    names = [name for details in details_asked_of(question).values() for name in details]
    names = ["unknown", *names] if question.may_be_unknown else names
    fields: dict[str, forms.Field] = {"value": RawField(label=answer_label(question), required=False)}
    fields |= {name: RawField(label=LABELS[name], required=False) for name in (*names, "note")}
    fields["revision"] = forms.IntegerField(min_value=0, max_value=LARGEST_REVISION)
    return fields


def answer_label(question: Question) -> str:
    return question.text if question.choices else _("Answer to %(question)s") % {"question": question.id}
