"""The numbers of the programme: everyone reads them with their sources, administrators override one with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from golive.core.decision import require
from golive.core.text import LineField
from golive.programme.actions import set_number
from golive.programme.content import ProgrammeNumber, programme
from golive.programme.models import BECAUSE_LIMIT
from golive.programme.queries import NumberLine, numbers
from golive.programme.rules import check_in_range, may_set_numbers


class NumberForm(forms.Form):
    """Which number, what it shall be, and why."""

    key = forms.ChoiceField(label=gettext_lazy("Number"))
    value = forms.DecimalField(label=gettext_lazy("New value"), max_digits=9, decimal_places=2)
    because = LineField(label=gettext_lazy("Reason"), max_length=BECAUSE_LIMIT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, key.replace("_", " ").capitalize()) for key in programme().numbers]
        self.fields["key"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "key" in cleaned and "value" in cleaned:
            try:
                check_in_range(programme().numbers[cleaned["key"]], cleaned["value"])
            except ValidationError as error:
                self.add_error("value", error)
        return cleaned


@dataclass(frozen=True)
class NumberRow:
    """One line of the table, in words."""

    name: str
    means: str
    value: str
    default: str
    source: str
    limits: str
    line: NumberLine


@login_required
@require_http_methods(["GET", "POST"])
def programme_numbers(request: HttpRequest) -> HttpResponse:
    decision = may_set_numbers(administrator=getattr(request.user, "is_administrator", False))
    form = NumberForm(request.POST or None)
    if request.method == "POST":
        require(decision)
        if form.is_valid():
            set_number(by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("The number holds from now on."))
            return redirect("numbers")
    rows = [row_of(line) for line in numbers()]
    context = {"rows": rows, "form": form, "decision": decision}
    return render(request, "golive/numbers.html", context, status=422 if form.is_bound else 200)


def row_of(line: NumberLine) -> NumberRow:
    one = line.number
    return NumberRow(
        name=one.key.replace("_", " ").capitalize(),
        means=one.means,
        value=f"{line.value} {one.unit}",
        default=f"{one.value} {one.unit}",
        source=one.source,
        limits=limits_of(one),
        line=line,
    )


def limits_of(one: ProgrammeNumber) -> str:
    return _("%(min)s to %(max)s") % {"min": one.min, "max": one.max}
