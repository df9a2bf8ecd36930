"""What people type into the header: four fields, and a table with a line for each rollout."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from golive.accounts.models import User
from golive.core.text import DayField, LineField
from projects.checklist.forms.answering import LARGEST_REVISION
from projects.checklist.rules.header import (
    AREAS,
    LEGACY,
    MOST_ROLLOUTS,
    MOST_USERS,
    REFERENCE,
    HeaderContent,
    RolloutLine,
    header_of,
    line_to_json,
)
from projects.portfolio.models.people import Membership

PREFIX = "rollout"


class RolloutForm(forms.Form):
    on = DayField(label=gettext_lazy("Date"), required=False)
    users = forms.IntegerField(label=gettext_lazy("Users added"), min_value=0, max_value=MOST_USERS, required=False)
    areas = LineField(label=gettext_lazy("Functional areas"), max_length=AREAS, required=False)
    places = LineField(label=gettext_lazy("Countries and legal entities"), max_length=AREAS, required=False)

    @property
    def line(self) -> RolloutLine:
        said = self.cleaned_data
        return RolloutLine(said.get("on"), said.get("users"), said.get("areas", ""), said.get("places", ""))


class RolloutLines(forms.BaseFormSet):
    """A line that is emptied is gone; the first one is this rollout, whose day stands in the plan."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if index == 0:
            del form.fields["on"]


RolloutTable = forms.formset_factory(
    RolloutForm, formset=RolloutLines, extra=1, max_num=MOST_ROLLOUTS, absolute_max=MOST_ROLLOUTS
)


class HeaderForm(forms.Form):
    """`completed_by` is chosen among the team: anybody else is no choice, as if there were no such person."""

    project_reference = LineField(
        label=gettext_lazy("Reference of the project"),
        max_length=REFERENCE,
        required=False,
        help_text=gettext_lazy("Its address or number where the project is kept; here it is known by its key."),
    )
    legacy_system = LineField(
        label=gettext_lazy("Legacy system"),
        max_length=LEGACY,
        required=False,
        help_text=gettext_lazy("What is replaced. Leave it blank when nothing is."),
    )
    completed_by = forms.ChoiceField(
        label=gettext_lazy("Completed by"),
        required=False,
        help_text=gettext_lazy("The project manager or another key member, who may then submit it."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST_REVISION)

    def __init__(
        self,
        sent: Any,
        *,
        header: HeaderContent,
        revision: int,
        team: list[Membership],
        named: User | None,
        offered: str = "",
    ) -> None:
        initial = {
            "project_reference": header.project_reference or offered,
            "legacy_system": header.legacy_system,
            "completed_by": str(named.uid) if named else "",
            "revision": revision,
        }
        super().__init__(sent, initial=initial, auto_id="header-%s")
        lines = [line_to_json(line) for line in header.rollouts]
        self.table = RolloutTable(sent, initial=lines or [{}], prefix=PREFIX)
        self.people = {str(member.user.uid): member.user for member in team}
        if named:
            self.people.setdefault(str(named.uid), named)
        people = [(uid, f"{user.name}, {user.organisation.name}") for uid, user in self.people.items()]
        self.fields["completed_by"].choices = [("", _("Nobody named yet")), *people]

    def is_valid(self) -> bool:
        table = self.table.is_valid()  # both are asked, so that both show what is wrong
        return super().is_valid() and table

    @property
    def person(self) -> User | None:
        return self.people.get(self.cleaned_data["completed_by"])

    @property
    def header(self) -> HeaderContent:
        said = self.cleaned_data
        lines = [form.line for form in self.table.forms]
        return header_of(said["project_reference"], said["legacy_system"], lines)
