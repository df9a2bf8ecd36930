"""Starting a project."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from golive.core.decision import require
from projects.plan.actions.starting import start_project
from projects.plan.forms.starting import ProjectStartForm
from projects.portfolio.queries.people import onlooker
from projects.portfolio.rules.projects import may_make_project


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_new(request: HttpRequest) -> HttpResponse:
    decision = may_make_project(onlooker(request.user))
    require(decision)
    form = ProjectStartForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        project = start_project(by=request.user, at=timezone.now(), **form.project)
        messages.success(request, _("The project is started. Onboarding is the first thing to do."))
        return redirect("onboarding", key=project.key)
    status = 422 if form.is_bound else 200
    return render(request, "projects/plan/project_new.html", {"form": form}, status=status)
