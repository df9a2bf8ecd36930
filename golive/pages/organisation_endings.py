"""Pages of an organisation's end: disabled, enabled again, or merged into another. Each asks once, then does it."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from golive.accounts.closing import disable_organisation, enable_organisation
from golive.accounts.models import Organisation, User
from golive.accounts.organisation_queries import belongings_of, likely_others, organisation_facts, others_of
from golive.accounts.organisation_rules import may_begin_merge, may_disable_organisation, may_enable_organisation
from golive.accounts.queries import organisations_for, person_of
from golive.core.decision import require
from golive.core.text import LineField
from golive.endings import merge_decision, merge_organisations
from golive.pages.context import url_or_none
from projects.portfolio.queries.sides import project_counts

ASK = "golive/organisation_ask.html"


class OtherForm(forms.Form):
    """Which organisation is the right one: by its whole name, since nobody scrolls through a thousand."""

    name = LineField(
        label=gettext_lazy("The organisation that stays"),
        max_length=120,
        help_text=gettext_lazy("Its whole name, as it is known here."),
    )


class IntoForm(forms.Form):
    into = forms.UUIDField()


def organisation_of(request: HttpRequest, uid: UUID) -> Organisation:
    seen = organisations_for(cast(User, request.user)).select_related("merged_into")
    return get_object_or_404(seen, uid=uid)


def way_back(organisation: Organisation) -> str:
    return url_or_none("organisation", uid=str(organisation.uid)) or url_or_none("people_and_organisations") or "/"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_disable(request: HttpRequest, uid: UUID) -> HttpResponse:
    organisation, user = organisation_of(request, uid), cast(User, request.user)
    if request.method == "POST":
        disable_organisation(organisation, by=user, at=timezone.now())
        messages.success(request, _("The organisation is disabled. Its people are signed out."))
        return redirect(way_back(organisation))
    return asked(
        request,
        organisation,
        title=_("Disable %(name)s?") % {"name": organisation.name},
        facts=[
            (_("What happens"), _("Sessions and tokens of its people end at once, and nobody of it can sign in.")),
            (_("What stays"), kept_words(organisation)),
            (_("Way back"), _("An administrator enables it again; its people then sign in anew.")),
        ],
        label=_("Disable"),
        decision=may_disable_organisation(person_of(user), organisation_facts(organisation)),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_enable(request: HttpRequest, uid: UUID) -> HttpResponse:
    organisation, user = organisation_of(request, uid), cast(User, request.user)
    if request.method == "POST":
        enable_organisation(organisation, by=user, at=timezone.now())
        messages.success(request, _("The organisation is enabled. Its people can sign in again."))
        return redirect(way_back(organisation))
    return asked(
        request,
        organisation,
        title=_("Enable %(name)s again?") % {"name": organisation.name},
        facts=[
            (_("What happens"), _("Its people can sign in again. Tokens that ended stay ended.")),
            (_("Way back"), _("It can be disabled again.")),
        ],
        label=_("Enable"),
        decision=may_enable_organisation(person_of(user), organisation_facts(organisation)),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_merge(request: HttpRequest, uid: UUID) -> HttpResponse:
    """First the other one is chosen, then what goes over is told, then it is done."""
    organisation, user = organisation_of(request, uid), cast(User, request.user)
    begun = may_begin_merge(person_of(user), organisation_facts(organisation))
    if request.method == "POST":
        return merged(request, organisation, user)
    if not begun:
        title = _("Merge %(name)s into another organisation?") % {"name": organisation.name}
        return asked(request, organisation, title=title, facts=[], label=_("Merge"), decision=begun)
    form = OtherForm(request.GET if "name" in request.GET else None)
    other = chosen(request, organisation, form)
    if other is None:
        return choosing(request, organisation, form)
    return asked(
        request,
        organisation,
        title=_("Merge %(gone)s into %(kept)s?") % {"gone": organisation.name, "kept": other.name},
        facts=[
            (_("What goes over"), kept_words(organisation)),
            (_("What stays"), _("%(name)s is disabled and says what it became part of.") % {"name": organisation.name}),
            (_("Way back"), _("There is none. The history keeps what belonged to which.")),
        ],
        label=_("Merge"),
        decision=merge_decision(organisation, other, user),
        fields={"into": str(other.uid)},
    )


def merged(request: HttpRequest, organisation: Organisation, user: User) -> HttpResponse:
    require(may_begin_merge(person_of(user), organisation_facts(organisation)))
    form = IntoForm(request.POST)
    other = organisations_for(user).filter(uid=form.cleaned_data["into"]).first() if form.is_valid() else None
    if other is None:
        choose = OtherForm({"name": ""})
        choose.add_error("name", _("Choose the organisation that stays."))
        return choosing(request, organisation, choose)
    kept = merge_organisations(organisation, into=other, by=user, at=timezone.now())
    messages.success(request, _("%(gone)s is part of %(kept)s now.") % {"gone": organisation.name, "kept": kept.name})
    return redirect(way_back(kept))


def chosen(request: HttpRequest, organisation: Organisation, form: OtherForm) -> Organisation | None:
    """By a link of the page, or by the whole name."""
    seen = others_of(organisation, organisations_for(cast(User, request.user)))
    linked = IntoForm(request.GET)
    if linked.is_valid():
        return seen.filter(uid=linked.cleaned_data["into"]).first()
    if not form.is_bound or not form.is_valid():
        return None
    found = seen.filter(name__iexact=form.cleaned_data["name"]).first()
    if found is None:
        form.add_error("name", _("No other open organisation of the same kind has this name."))
    return found


def choosing(request: HttpRequest, organisation: Organisation, form: OtherForm) -> HttpResponse:
    context = {
        "organisation": organisation,
        "form": form,
        "likely": likely_others(organisation, organisations_for(cast(User, request.user))),
        "back": way_back(organisation),
    }
    status = 422 if form.is_bound else 200
    return render(request, "golive/organisation_merge.html", context, status=status)


def asked(request: HttpRequest, organisation: Organisation, **question: Any) -> HttpResponse:
    context = {"url": request.path, "cancel": way_back(organisation)} | question
    return render(request, ASK, context)


def kept_words(organisation: Organisation) -> str:
    """Its people, projects, invitations and methodologies, counted."""
    mine, projects = belongings_of(organisation), project_counts(organisation)
    return _(
        "People: %(people)d. Projects as customer: %(customer)d, as partner: %(partner)d. "
        "Open invitations: %(invitations)d. Methodologies: %(methodologies)d."
    ) % {
        "people": mine.people,
        "customer": projects["customer"],
        "partner": projects["partner"],
        "invitations": mine.invitations,
        "methodologies": organisation.methodologies.count(),
    }
