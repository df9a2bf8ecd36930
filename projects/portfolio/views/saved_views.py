"""The filters that somebody keeps under a name."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from golive.accounts.models import User
from projects.portfolio.actions.saved_views import delete_view, rename_view, save_view
from projects.portfolio.forms.saved_views import SaveViewForm, ViewNameForm
from projects.portfolio.models.keeping import SavedView
from projects.portfolio.queries.saved_views import views_of


@login_required
@require_safe
def saved_views(request: HttpRequest) -> HttpResponse:
    return views_page(request)


@login_required
@require_POST
def saved_view_make(request: HttpRequest) -> HttpResponse:
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        return views_page(request, keeping=form)
    view = save_view(form.asked, name=form.cleaned_data["name"], by=person(request), at=timezone.now())
    messages.success(request, _("Kept as %(name)s.") % {"name": view.name})
    return redirect(f"{reverse('portfolio')}?{view.query}")


@login_required
@require_POST
def saved_view_rename(request: HttpRequest, pk: int) -> HttpResponse:
    view = own(request, pk)
    form = ViewNameForm(request.POST, prefix=str(view.pk))
    if not form.is_valid():
        return views_page(request, renaming=form)
    rename_view(view, name=form.cleaned_data["name"], by=person(request), at=timezone.now())
    messages.success(request, _("Renamed."))
    return redirect("saved_views")


@login_required
@require_POST
def saved_view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    delete_view(own(request, pk), by=person(request), at=timezone.now())
    messages.success(request, _("Deleted."))
    return redirect("saved_views")


def person(request: HttpRequest) -> User:
    return cast(User, request.user)


def own(request: HttpRequest, pk: int) -> SavedView:
    """Another's is missing like one that never was; a number beyond any row is none."""
    return get_object_or_404(views_of(person(request)), pk=pk)


def views_page(
    request: HttpRequest, keeping: SaveViewForm | None = None, renaming: ViewNameForm | None = None
) -> HttpResponse:
    views = views_of(person(request))
    forms = [
        renaming
        if renaming and renaming.prefix == str(view.pk)
        else ViewNameForm(prefix=str(view.pk), initial={"name": view.name})
        for view in views
    ]
    context = {"views": list(zip(views, forms, strict=True)), "keeping": keeping}
    return render(request, "projects/portfolio/saved_views.html", context, status=422 if keeping or renaming else 200)
