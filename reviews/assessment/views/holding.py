"""Who holds the review: assigning it, and giving it up."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from projects.portfolio.queries.people import onlooker
from reviews.assessment.actions.reviewing import assign_review, withdraw_review
from reviews.assessment.forms import AssignForm, NothingForm
from reviews.assessment.queries import review_facts, reviewers_for
from reviews.assessment.rules.review import may_assign, may_withdraw_review
from reviews.assessment.views.asking import asked, here, review_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, key: str) -> HttpResponse:
    review = review_in(request, key)
    form = AssignForm(request.POST if request.method == "POST" else None, people=reviewers_for(review))
    if form.is_valid():
        assign_review(review, to=form.cleaned_data["to"], by=request.user, at=timezone.now())
        messages.success(request, _("%(name)s holds the review now.") % {"name": form.cleaned_data["to"].name})
        return redirect("review", key=key)
    return asked(
        request,
        review.project,
        title=_("Who holds the review?"),
        facts=[(_("Now"), review.reviewer.name)],
        label=_("Assign review"),
        decision=may_assign(onlooker(request.user, review.project), review_facts(review)),
        form=form,
        cancel=here(key),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    review = review_in(request, key)
    form = NothingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        withdraw_review(review, by=request.user, at=timezone.now())
        messages.success(request, _("The review is withdrawn. Its submission waits in the inbox again."))
        return redirect("review", key=key)
    effect = _("The review ends with its findings. The submission waits in the inbox until somebody takes it anew.")
    return asked(
        request,
        review.project,
        title=_("Withdraw the review?"),
        facts=[(_("What happens"), effect)],
        label=_("Withdraw review"),
        decision=may_withdraw_review(onlooker(request.user, review.project), review_facts(review)),
        form=form,
        cancel=here(key),
    )
