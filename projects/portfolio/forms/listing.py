"""What people ask the list of projects."""

from django import forms
from django.utils.translation import gettext_lazy as _

from golive.core.text import LineField


class ProjectSearchForm(forms.Form):
    words = LineField(label=_("Name, customer or key"), max_length=80, required=False)
