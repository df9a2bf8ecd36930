"""Ana is on this question: told by her browser, shown to the others of the project, forgotten after a minute."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from golive.core.htmx import asks_for_part, part
from projects.checklist.actions.presence import be_on
from projects.checklist.queries.presence import others_on
from projects.checklist.queries.sheet import sheet_of
from projects.checklist.views.workbench import project_or_404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def presence(request: HttpRequest, key: str) -> HttpResponse:
    """Without script nobody is shown to be anywhere, and nobody misses anything."""
    project, at = project_or_404(request.user, key), timezone.now()
    sheet = sheet_of(project, at=at)
    question = request.POST.get("question", "")
    if question in {one.id for one in sheet.questions}:
        be_on(sheet, question, by=request.user, at=at)
    if not asks_for_part(request):
        return redirect("checklist", key=key)
    context = {"here": others_on(sheet, request.user, at=at), "key": key}
    return part(request, "projects/checklist/_presence.html", context)
