"""What people say about a question, to whom, and whom they name."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from golive.accounts.models import User
from golive.core.text import BlockField
from projects.checklist.rules.talking import LONGEST
from projects.checklist.states import Audience


class TalkForm(forms.Form):
    """`readers`: who can be named; anybody else is no choice, as if there were no such person."""

    audience = forms.ChoiceField(choices=Audience.choices, widget=forms.HiddenInput)
    text = BlockField(label=_("Comment"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
    mentions = forms.MultipleChoiceField(
        label=_("Mention"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("They get a letter.")
    )

    def __init__(self, *args: Any, readers: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.uid): person for person in readers}
        self.fields["mentions"].choices = [(uid, person.name) for uid, person in self.people.items()]
        if not self.people:
            del self.fields["mentions"]

    @property
    def named(self) -> list[User]:
        return [self.people[uid] for uid in self.cleaned_data.get("mentions", ())]


class AudienceForm(forms.Form):
    audience = forms.ChoiceField(choices=Audience.choices)
