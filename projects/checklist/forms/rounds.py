"""What people send about a round: who completed it, and why it is taken back or reopened."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from golive.accounts.models import User
from golive.core.text import BlockField
from projects.portfolio.models.people import Membership


class CompletedByForm(forms.Form):
    """Chosen among the team: anybody else is no choice, as if there were no such person."""

    completed_by = forms.ChoiceField(label=gettext_lazy("Completed by"), required=False)

    def __init__(self, sent: Any, team: list[Membership], named: User | None) -> None:
        super().__init__(sent, initial={"completed_by": str(named.uid) if named else ""})
        self.people = {str(member.user.uid): member.user for member in team}
        if named:
            self.people.setdefault(str(named.uid), named)
        people = [(uid, f"{user.name}, {user.organisation.name}") for uid, user in self.people.items()]
        self.fields["completed_by"].choices = [("", _("Nobody named yet")), *people]

    @property
    def person(self) -> User | None:
        return self.people.get(self.cleaned_data["completed_by"])


class BecauseForm(forms.Form):
    because = BlockField(label=gettext_lazy("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
