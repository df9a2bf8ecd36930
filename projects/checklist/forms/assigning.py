"""Whom people ask to answer what, and until when."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from golive.accounts.models import User
from golive.core.text import DayField
from projects.checklist.queries.sheet import Sheet
from projects.checklist.rules.assigning import Asked
from projects.portfolio.models.people import Membership

Groups = list[tuple[str, list[tuple[str, str]]]]


class AssignForm(forms.Form):
    """Chosen among the questions that are asked and the team: anything else is no choice."""

    what = forms.ChoiceField(label=gettext_lazy("Topic or question"))
    person = forms.ChoiceField(label=gettext_lazy("Who is asked"))
    due_on = DayField(label=gettext_lazy("Until"), required=False)

    def __init__(self, *args: Any, sheet: Sheet, team: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(member.user.uid): member.user for member in team}
        people = [(uid, f"{user.name}, {user.organisation.name}") for uid, user in self.people.items()]
        self.topics = {question.topic for question in sheet.questions}
        self.fields["what"].choices = [("", _("Choose")), *groups_of(sheet)]
        self.fields["person"].choices = [("", _("Choose")), *people]

    @property
    def asked(self) -> Asked:
        what = self.cleaned_data["what"]
        return Asked(topic=what) if what in self.topics else Asked(question=what)

    @property
    def chosen(self) -> User:
        return self.people[self.cleaned_data["person"]]


def groups_of(sheet: Sheet) -> Groups:
    found: Groups = []
    for topic in sheet.catalogue.topics:
        questions = [(one.id, f"{one.id} {one.text}") for one in sheet.questions if one.topic == topic.id]
        if questions:
            found.append((topic.name, [(topic.id, _("All of %(topic)s") % {"topic": topic.name}), *questions]))
    return found
