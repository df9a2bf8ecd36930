"""The list of a project's people as a whole: looked at."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.portfolio.actions.roster import check_roster
from projects.portfolio.queries.projects import projects_for


@login_required
@require_POST
def roster_check(request: HttpRequest, key: str) -> HttpResponse:
    project = get_object_or_404(projects_for(request.user), key=key)
    check_roster(project, by=request.user, at=timezone.now())
    messages.success(request, _("Noted: the list of people is right."))
    return redirect("people", key=key)
