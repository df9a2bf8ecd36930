"""What the product gave up or is not sure of: administrators see why, try again, or leave it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from golive.core.decision import require
from golive.letters.actions import leave_letter, send_again
from golive.letters.models import LetterRow
from golive.letters.queries import letters_in_doubt
from golive.outbox.actions import leave, try_again
from golive.outbox.models import Outbox
from golive.outbox.queries import lag, stuck, unheard
from golive.outbox.rules import may_see_stuck

WORK_VERBS = {"again": try_again, "leave": leave}
LETTER_VERBS = {"again": send_again, "leave": leave_letter}


@login_required
@require_safe
def dead_letters(request: HttpRequest) -> HttpResponse:
    require(may_see_stuck(request.user))
    now = timezone.now()
    minutes = int(lag(now).total_seconds() // 60)
    context = {"work": stuck(), "letters": letters_in_doubt(), "unheard": unheard(now), "minutes": minutes}
    return render(request, "golive/dead_letters.html", context)


@login_required
@require_POST
def settle_work(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    require(may_see_stuck(request.user))
    return settled(request, WORK_VERBS, verb, get_object_or_404(Outbox, pk=pk))


@login_required
@require_POST
def settle_letter(request: HttpRequest, uid: Any, verb: str) -> HttpResponse:
    require(may_see_stuck(request.user))
    return settled(request, LETTER_VERBS, verb, get_object_or_404(LetterRow, uid=uid))


def settled(request: HttpRequest, verbs: dict[str, Any], verb: str, row: Any) -> HttpResponse:
    if verb not in verbs:
        raise Http404
    verbs[verb](row, by=request.user, at=timezone.now())
    said = {"again": _("It is tried again now."), "leave": _("It is left as it is.")}
    messages.success(request, said[verb])
    return redirect("dead_letters")
