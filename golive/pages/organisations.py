"""One organisation, for those who look after it: its people, and how many projects it has a part in."""

from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.models import Organisation, User
from golive.accounts.organisation_queries import organisation_facts
from golive.accounts.organisation_rules import may_begin_merge, may_disable_organisation, may_enable_organisation
from golive.accounts.queries import looked_after, people_for, person_of
from golive.core.api import SHOWN
from golive.core.paging import page_of
from projects.portfolio.queries.projects import projects_with


@login_required
@require_safe
def organisation(request: HttpRequest, uid: UUID) -> HttpResponse:
    user = cast(User, request.user)
    found = get_object_or_404(looked_after(user), uid=uid)
    ending = organisation_facts(found)
    people = people_for(user).filter(organisation=found)
    there, projects = people.count(), projects_with(found).count()
    counts = [
        ngettext("%(n)d person", "%(n)d people", there) % {"n": there},
        ngettext("%(n)d project", "%(n)d projects", projects) % {"n": projects},
    ]
    context = {
        "organisation": found,
        "state": state_of(found),
        "facts": [(_("Kind"), found.get_kind_display()), (_("Mail domain"), found.domain or _("none given"))],
        "counts": ", ".join(counts),
        "decisions": {
            "merge": may_begin_merge(person_of(user), ending),
            "disable": may_disable_organisation(person_of(user), ending),
            "enable": may_enable_organisation(person_of(user), ending),
        },
        "people": page_of(people, request, key=("name", "pk")),
    }
    return render(request, "golive/organisation.html", context)


def state_of(organisation: Organisation) -> str:
    if organisation.merged_into:
        return _("Merged into %(name)s.") % {"name": organisation.merged_into.name}
    return _("Disabled: none of its people can sign in.") if organisation.disabled_at else ""


class OrganisationView(APIView):
    @extend_schema(operation_id="organisation", responses=SHOWN)
    def get(self, request: Request, uid: UUID) -> Response:
        user = cast(User, request.user)
        return Response(organisation_shown(get_object_or_404(looked_after(user), uid=uid), user))


def organisation_shown(found: Organisation, user: User) -> dict[str, Any]:
    return {
        "uid": str(found.uid),
        "name": found.name,
        "kind": found.kind,
        "domain": found.domain,
        "disabled": found.disabled_at is not None,
        "merged_into": str(found.merged_into.uid) if found.merged_into else None,
        "people": people_for(user).filter(organisation=found).count(),
        "projects": projects_with(found).count(),
    }
