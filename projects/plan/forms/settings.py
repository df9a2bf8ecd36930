"""What people type about the project itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from golive.core.calendar import zone_choices
from golive.core.text import LineField


class ProjectSettingsForm(forms.Form):
    name = LineField(label=_("Name of the project"), max_length=120)
    time_zone = forms.ChoiceField(
        label=_("Time zone of the project"),
        choices=zone_choices,
        help_text=_("Days begin and end by it, and letters tell their moments in it."),
    )
