"""What people type about production: the request, its end, an estimate, a comment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from golive.core.text import BlockField, LineField
from projects.production.models.request import VALUES, ProductionRequest
from projects.production.states import SandboxPurpose, Topology

MOST_USERS = 1_000_000


class ConfigureForm(forms.Form):
    """A draft may be saved with holes; signing off asks for the whole of it."""

    data_centre = LineField(
        label=_("Data centre"),
        max_length=60,
        required=False,
        help_text=_("The same as your sandboxes keeps data near."),
    )
    topology = forms.ChoiceField(
        label=_("Topology"), choices=[("", _("Choose one")), *Topology.choices], required=False
    )
    version = LineField(
        label=_("Version"),
        max_length=40,
        required=False,
        help_text=_("The one your acceptance test was signed off on."),
    )
    administrator = forms.EmailField(
        label=_("Administrator"),
        max_length=254,
        required=False,
        help_text=_("Signs in first. An account of the customer's domain that is no named person is safer."),
    )


class EstimateForm(forms.Form):
    name = LineField(label=_("Name of the estimate"), max_length=120)
    user_count = forms.IntegerField(label=_("Users"), min_value=1, max_value=MOST_USERS)


class SandboxForm(forms.Form):
    name = LineField(label=_("Name of the sandbox"), max_length=80)
    tier = forms.TypedChoiceField(
        label=_("Tier"),
        choices=[(n, _("Tier %(n)d") % {"n": n}) for n in range(1, 6)],
        coerce=int,
        initial=2,
        help_text=_("Acceptance is tested in a sandbox of tier 2 or higher."),
    )
    purpose = forms.ChoiceField(label=_("What it is for"), choices=SandboxPurpose.choices, initial="acceptance")
    location = LineField(label=_("Data centre"), max_length=60)
    version = LineField(label=_("Version"), max_length=40)


class SignOffForm(forms.Form):
    pass


class EarlySignOffForm(SignOffForm):
    """The rule asks again: a page that leaves the box out is refused like a call that does."""

    confirm_early = forms.BooleanField(
        label=_("I know that the review is not passed: the request stays queued until it is."),
        required=False,
        widget=forms.CheckboxInput(attrs={"required": True}),
    )


class TakeBackForm(forms.Form):
    because = LineField(label=_("Reason, if you want to give one"), max_length=500, required=False)


class ReasonForm(forms.Form):
    because = LineField(label=_("Reason"), max_length=500, help_text=_("The team reads it."))


class CommentForm(forms.Form):
    text = BlockField(label=_("Comment"), widget=forms.Textarea(attrs={"rows": 3}))


def configure_form(request: ProductionRequest | None, typed: Any = None) -> ConfigureForm:
    initial = {name: getattr(request, name) for name in VALUES} if request else {}
    return ConfigureForm(typed, initial=initial)
