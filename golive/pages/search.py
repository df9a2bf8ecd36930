"""The search: one box over what somebody may see, in groups; the same for the API."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.models import User
from golive.core.folding import words_in
from golive.core.found import Found
from golive.core.htmx import render_page
from golive.core.text import LineField
from projects.methodology.queries.finding import steps_found
from projects.portfolio.queries.finding import people_found, projects_found
from projects.portfolio.queries.seeing import Sight

LONGEST = 120  # signs
MOST_WORDS = 8
IN_EACH, IN_ONE = 8, 100  # lines of a group: beside the others, and alone


@dataclass(frozen=True)
class Group:
    """What a slice finds, of what the person may see alone; `find(sight, words, limit)`."""

    kind: str
    label: Promise
    find: Callable[[Sight, list[str], int], list[Found]]


# A slice joins by one line.
GROUPS = (
    Group("projects", gettext_lazy("Projects"), projects_found),
    Group("people", gettext_lazy("People"), people_found),
    Group("steps", gettext_lazy("Steps"), steps_found),
)


@dataclass(frozen=True)
class Section:
    kind: str
    label: Promise
    lines: list[Found]
    more: bool
    alone: bool
    following: str  # the query of this group alone


class SearchForm(forms.Form):
    q = LineField(label=gettext_lazy("Words, or how they begin"), max_length=LONGEST, required=False)
    kind = forms.ChoiceField(choices=[("", ""), *((group.kind, group.label) for group in GROUPS)], required=False)

    def clean_q(self) -> list[str]:
        words = words_in(self.cleaned_data["q"])
        if self.cleaned_data["q"] and not words:
            raise ValidationError(_("Write letters or digits: signs alone find nothing."), code="no_words")
        if len(words) > MOST_WORDS:
            raise ValidationError(_("At most %(most)d words.") % {"most": MOST_WORDS}, code="too_many_words")
        return words


def sections(person: User, words: list[str], kind: str) -> list[Section]:
    """One line more than is shown is asked for: nothing is counted."""
    limit = IN_ONE if kind else IN_EACH
    sight, found = Sight(person), []
    for group in GROUPS:
        if words and kind in ("", group.kind):
            lines = group.find(sight, words, limit + 1)
            query = urlencode({"q": " ".join(words), "kind": group.kind})
            found.append(Section(group.kind, group.label, lines[:limit], len(lines) > limit, bool(kind), query))
    return found


@login_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    valid, typed = form.is_valid(), request.GET.get("q", "")
    words = form.cleaned_data["q"] if valid else []
    found = sections(cast(User, request.user), words, form.cleaned_data["kind"]) if valid else []
    context = {
        "form": form,
        "typed": typed[:LONGEST] if typed.isprintable() else "",
        "sections": [section for section in found if section.lines],
        "said": say(words, found) if valid else " ".join(chain.from_iterable(form.errors.values())),
        "wrong": not valid,
        "begun": bool(words),
    }
    status = 200 if valid else 422
    return render_page(request, "golive/search.html", "golive/_found.html", context, status)


def say(words: list[str], found: list[Section]) -> str:
    """The visitor's question answered, of what is shown alone."""
    if not words:
        return _("Projects by name, key or organisation, people by name, steps by name.")
    count = sum(len(section.lines) for section in found)
    if not count:
        return _("Nothing that you may see has words that begin so.")
    if any(section.more for section in found):
        return _("The first %(n)d; another word finds fewer.") % {"n": count}
    return ngettext("One found.", "%(n)d found.", count) % {"n": count}


class SearchView(APIView):
    @extend_schema(
        operation_id="search",
        parameters=[
            OpenApiParameter("q", str, required=True, description="Words, or how they begin; all of them must be met."),
            OpenApiParameter("kind", str, enum=[group.kind for group in GROUPS], description="One group alone."),
        ],
        responses={200: OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> Response:
        """What the caller may see of projects, people and steps; `more` where a group goes on."""
        form = SearchForm(request.query_params)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        if not form.cleaned_data["q"]:
            raise serializers.ValidationError({"q": [_("Say what to look for.")]})
        found = sections(cast(User, request.user), form.cleaned_data["q"], form.cleaned_data["kind"])
        return Response({section.kind: section_shown(section) for section in found})


def section_shown(section: Section) -> dict[str, Any]:
    results = [
        {"text": one.text, "detail": one.detail, "project": one.key or None, "url": one.url or None}
        for one in section.lines
    ]
    return {"results": results, "more": section.more}
