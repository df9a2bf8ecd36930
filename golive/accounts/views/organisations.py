"""All organisations, and making one: likely duplicates are seen before another is made."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from golive.accounts.actions import make_organisation
from golive.accounts.forms import OrganisationForm
from golive.accounts.queries import organisations_for, person_of
from golive.accounts.rules import may_make_organisation, may_see_people
from golive.core.decision import Refused, require
from golive.core.paging import page_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisations(request: HttpRequest) -> HttpResponse:
    user = person_of(request.user)
    require(may_make_organisation(user) if request.method == "POST" else may_see_people(user))
    form = OrganisationForm(request.POST if request.method == "POST" else None, prefix="organisation")
    if not form.is_valid():
        return organisations_page(request, form, status=422 if form.is_bound else 200)
    try:
        made = make_organisation(**form.cleaned_data, by=request.user, at=now())
    except Refused as refused:
        return asked_again(request, form, refused)
    messages.success(request, _("The organisation was added."))
    return redirect("organisation", uid=made.uid)


def asked_again(request: HttpRequest, form: OrganisationForm, refused: Refused) -> HttpResponse:
    """A name that is taken is mended in its field; likely duplicates are shown, with a box to tick."""
    if refused.decision.who:
        raise refused
    if refused.decision.codes == ["name_taken"]:
        form.add_error("name", refused.decision.reasons[0].text)
    else:
        form.alike = refused.decision.reasons
    return organisations_page(request, form, status=409)


def organisations_page(request: HttpRequest, form: OrganisationForm, *, status: int = 200) -> HttpResponse:
    if not form.alike:
        del form.fields["although_alike"]
    context = {
        "organisations": page_of(organisations_for(request.user), request, key=("name", "pk")),
        "form": form,
        "make": may_make_organisation(person_of(request.user)),
    }
    return render(request, "golive/accounts/organisations.html", context, status=status)
