"""What a view costs at the least, through the whole stack: one that returns, and one that writes an answer alone."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from golive import urls
from projects.checklist.models.answers import Answer, AnswerRevision

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@login_required
def bare_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.user.name)


@login_required
@transaction.atomic
def bare_upsert(request: HttpRequest) -> HttpResponse:
    """The answer by the ORM's upsert, and its revision: as a product saves that asks nobody and tells nobody."""
    sent, at = request.POST, timezone.now()
    said = {
        "content": {"value": float(sent["value"])},
        "revision": int(sent["revision"]) + 1,
        "by": request.user,
        "at": at,
    }
    key = {"checklist_id": int(sent["checklist"]), "question": sent["question"]}
    row, _made = Answer.objects.update_or_create(**key, defaults=said)
    AnswerRevision.objects.create(answer=row, **said)
    return HttpResponse("saved")


urlpatterns = [path("floor/view/", bare_view), path("floor/save/", bare_upsert), *urls.urlpatterns]
