"""What people send about a round: why it is taken back or reopened."""

from django import forms
from django.utils.translation import gettext_lazy

from golive.core.text import BlockField


class BecauseForm(forms.Form):
    because = BlockField(label=gettext_lazy("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
