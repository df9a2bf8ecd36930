"""A name for a filter, and the filter itself as the address of the list says it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from golive.core.text import LineField
from projects.portfolio.rules.listing import Listing, UnknownFilter, read_listing

LONGEST_ADDRESS = 4_000


class ViewNameForm(forms.Form):
    name = LineField(label=_("Name"), max_length=60)


class SaveViewForm(ViewNameForm):
    query = LineField(label=_("Filter"), max_length=LONGEST_ADDRESS, required=False, widget=forms.HiddenInput)

    asked = Listing()

    def clean_query(self) -> Any:
        try:
            self.asked = read_listing(QueryDict(self.cleaned_data["query"]), today=timezone.localdate())
        except UnknownFilter as error:
            raise ValidationError(str(error)) from error
        return self.asked.query
