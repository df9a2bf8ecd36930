"""What people type about a project's people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from golive.accounts.models import User
from golive.core.text import LineField
from projects.portfolio.models.people import Membership
from projects.portfolio.states import Access, Job

JOBS = [("", _("No particular job")), *Job.choices]


class MemberForm(forms.Form):
    access = forms.ChoiceField(label=_("Access"), choices=Access.choices, initial=Access.MEMBER)
    job = forms.ChoiceField(label=_("Job in the project"), choices=JOBS, required=False)
    stakeholder = forms.BooleanField(
        label=_("Key stakeholder"),
        help_text=_("Is copied when the checklist is submitted; on the customer's side may accept a risk."),
        required=False,
    )
    primary_contact = forms.BooleanField(label=_("Primary contact"), required=False)


class MemberAddForm(MemberForm):
    field_order = ["email"]
    email = forms.EmailField(label=_("E-mail address"), max_length=254)


STAYS_AS = [("", _("Leaves the project")), *[(one.value, one.label) for one in Access if one != Access.OWNER]]


class HandOverForm(forms.Form):
    """Who owns the project instead, and what becomes of who owned it."""

    to = forms.ChoiceField(label=_("Who takes over"))
    stays_as = forms.ChoiceField(label=_("What becomes of the owner"), choices=STAYS_AS, required=False)

    def __init__(self, *args: Any, successors: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.user.uid): one.user for one in successors}
        named = [(uid, user.name) for uid, user in self.people.items()]
        self.fields["to"].choices = [("", _("Choose somebody")), *named]

    @property
    def successor(self) -> User:
        return self.people[self.cleaned_data["to"]]


class MemberInviteForm(MemberAddForm):
    """Somebody who has no account yet, in one's own organisation."""

    field_order = ["email", "name"]
    name = LineField(label=_("Name"), max_length=120)

    @property
    def person(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("email", "name")}

    @property
    def role(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in MemberForm.base_fields}
