"""What people may type about themselves and others."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from golive.accounts.addresses import clean_address, clean_domain
from golive.accounts.history import note, note_reset_asked
from golive.accounts.models import Organisation, OrganisationKind, User
from golive.accounts.rules import ROLE_NEEDS
from golive.core.calendar import zone_choices
from golive.core.decision import Reason
from golive.core.text import LineField

STAFF_ROLES = [
    ("architect", _("Architect")),
    ("lead", _("Lead of the architects")),
    ("engineer", _("Service engineer")),
    ("catalogue_author", _("Author of catalogues")),
    ("administrator", _("Administrator of the installation")),
]
ROLES = [("org_admin", _("Administrator of the organisation")), *STAFF_ROLES]
assert {code for code, _label in STAFF_ROLES} == set(ROLE_NEEDS)


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].help_text = _("After it we ask for the code of your second factor, if you have one.")


class AskResetForm(ResetPasswordForm):
    def save(self, request: HttpRequest, **_kwargs: object) -> str:
        """One row for the outbox, whoever asked: the letter is written there."""
        note_reset_asked(self.cleaned_data["email"], at=timezone.now())
        return self.cleaned_data["email"]


class NotesFailure:
    """A wrong code is history too."""

    user: User

    def _emit_authentication_failed(self, authenticator: object) -> None:
        note("person.code_failed", self.user, by=None, at=timezone.now())


class CodeForm(NotesFailure, AuthenticateForm):
    pass


class CodeAgainForm(NotesFailure, ReauthenticateForm):
    pass


class ProfileForm(forms.Form):
    name = LineField(label=_("Name"), max_length=120)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)


class TokenForm(forms.Form):
    name = LineField(label=_("What is it for"), max_length=80)


class AcceptForm(ProfileForm):
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = LineField(label=_("Name"), max_length=120)
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), to_field_name="uid", empty_label=None
    )
    is_org_admin = forms.BooleanField(label=_("Administrator of the organisation"), required=False)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations

    def clean_email(self) -> str:
        return clean_address(self.cleaned_data["email"])


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=ROLES, required=False, widget=forms.CheckboxSelectMultiple
    )


class OrganisationForm(forms.Form):
    name = LineField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    domain = LineField(
        label=_("Mail domain"),
        max_length=120,
        required=False,
        help_text=_("The part of its addresses after the @, such as halden.example."),
    )
    although_alike = forms.BooleanField(label=_("It is another organisation than these"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alike: tuple[Reason, ...] = ()

    def clean_domain(self) -> str:
        return clean_domain(self.cleaned_data["domain"])
