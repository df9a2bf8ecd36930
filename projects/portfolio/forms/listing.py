"""What people ask the list of projects: one field for each filter, empty where it does not matter."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.portfolio.rules.listing import CHOICES, LONGEST, Listing, UnknownFilter, read_listing

BLANK = {
    "window": _("Any day"),
    "risk": _("Any risk"),
    "waits_for": _("Anybody"),
    "phase": _("Any phase"),
    "state": _("Any state"),
    "infrastructure": _("Any"),
    "engagement_type": _("Any"),
    "product": _("Any product"),
    "partner": _("Any partner"),
    "architect": _("Anybody"),
    "archived": _("Not archived"),
}
FIRST = ("words", "window", "risk", "waits_for", "partner", "sort")


class AskedField(forms.CharField):
    """As it came: the rule reads it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


def choice(label: Any, name: str) -> AskedField:
    blank = [("", BLANK[name])] if name in BLANK else []
    return AskedField(label=label, widget=forms.Select(choices=[*blank, *CHOICES.get(name, [])]))


def day(label: Any) -> AskedField:
    return AskedField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class ListingForm(forms.Form):
    words = AskedField(
        label=_("Name or key"),
        widget=forms.TextInput(attrs={"type": "search", "maxlength": LONGEST, "autocomplete": "off"}),
    )
    window = choice(_("Go-live"), "window")
    risk = choice(_("Worst risk"), "risk")
    waits_for = choice(_("Waits for"), "waits_for")
    partner = choice(_("Partner"), "partner")
    sort = choice(_("Order"), "sort")
    state = choice(_("State"), "state")
    phase = choice(_("Phase"), "phase")
    product = choice(_("Product"), "product")
    infrastructure = choice(_("Infrastructure"), "infrastructure")
    engagement_type = choice(_("Engagement"), "engagement_type")
    architect = choice(_("Architect"), "architect")
    first = day(_("Go-live from"))
    last = day(_("Go-live to"))
    month = AskedField(label=_("Month of go-live"), widget=forms.HiddenInput)
    archived = choice(_("Archive"), "archived")

    asked = Listing()

    def clean(self) -> dict[str, Any]:
        try:
            self.asked = read_listing(self.data, today=timezone.localdate())
        except UnknownFilter as error:
            self.asked = error.asked
            for name, text in error.errors.items():
                self.add_error(name, text)
        return self.cleaned_data

    def offer(self, name: str, parties: Iterable[tuple[str, str]]) -> None:
        """Only whom the person sees on a project can be asked for by name."""
        self.fields[name].widget.choices = [("", BLANK[name]), *parties]  # type: ignore[attr-defined]

    @property
    def front(self) -> list[forms.BoundField]:
        return [self[name] for name in FIRST]

    @property
    def behind(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in FIRST]

    @property
    def uses_behind(self) -> bool:
        return any(field.errors or field.data for field in self.behind)
