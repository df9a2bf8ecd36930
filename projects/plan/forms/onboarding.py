"""What onboarding asks."""

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy

from golive.core.text import BlockField
from projects.portfolio.states import Product

WEB_ONLY = URLValidator(schemes=["http", "https"])


class OnboardingForm(forms.Form):
    vision = BlockField(
        label=gettext_lazy("Vision and goals"),
        help_text=gettext_lazy("What shall be better for whom once this is live?"),
        required=False,
    )
    products = forms.MultipleChoiceField(
        label=gettext_lazy("Products"),
        choices=Product.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    user_count = forms.IntegerField(
        label=gettext_lazy("People who will use it after the full roll-out"),
        min_value=1,
        max_value=1_000_000,
        required=False,
    )
    work_tracking = forms.URLField(
        label=gettext_lazy("Link to your work tracking"),
        max_length=300,
        assume_scheme="https",
        validators=[WEB_ONLY],
        required=False,
        help_text=gettext_lazy("Optional. Where the team keeps its tasks."),
    )
