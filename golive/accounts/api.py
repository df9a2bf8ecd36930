"""The API of accounts: organisations, and the proof that an act of weight asks for."""

from typing import Any

from allauth.account.forms import ReauthenticateForm
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.conf import settings
from django.db import transaction
from django.forms import Form
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from golive.accounts.actions import invite, make_organisation, tell_of_invitation
from golive.accounts.addresses import clean_address, clean_domain
from golive.accounts.forms import CodeAgainForm
from golive.accounts.history import note
from golive.accounts.idempotency import DecidingView
from golive.accounts.models import ApiToken, Organisation, OrganisationKind
from golive.accounts.queries import organisations_for, person_of
from golive.accounts.rules import may_make_organisation, may_see_people
from golive.accounts.step_up import has_second_factor
from golive.accounts.throttle import MINUTE, TooFast
from golive.accounts.views.sign_in import status_of
from golive.core.api import LineField, Problem, StrictSerializer, bordered, page_of
from golive.core.decision import Refused, require


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema tells of the two ways in; the package finds these by their being defined."""

    target_class = "golive.accounts.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = "golive.accounts.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class OrganisationBody(StrictSerializer):
    name = LineField(max_length=120)
    kind = serializers.ChoiceField(choices=OrganisationKind.choices)
    domain = LineField(max_length=120, default="", allow_blank=True)
    although_alike = serializers.BooleanField(default=False)

    def validate_domain(self, value: str) -> str:
        return bordered(lambda: clean_domain(value))


class InvitationBody(StrictSerializer):
    email = LineField(max_length=254)
    name = LineField(max_length=120)
    is_org_admin = serializers.BooleanField(default=False)

    def validate_email(self, value: str) -> str:
        return bordered(lambda: clean_address(value))


class InvitationShown(StrictSerializer):
    uid = serializers.UUIDField(read_only=True)
    email = serializers.CharField(read_only=True)
    expires_at = serializers.DateTimeField(read_only=True)


class StepUpBody(StrictSerializer):
    code = LineField(max_length=20, required=False)
    password = serializers.CharField(max_length=200, required=False, trim_whitespace=False)


def shown(organisation: Organisation) -> dict[str, Any]:
    return {
        "uid": str(organisation.uid),
        "name": organisation.name,
        "kind": organisation.kind,
        "domain": organisation.domain,
        "disabled": organisation.disabled_at is not None,
    }


class OrganisationShown(StrictSerializer):
    uid = serializers.UUIDField(read_only=True)
    name = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(choices=OrganisationKind.choices, read_only=True)
    domain = serializers.CharField(read_only=True)
    disabled = serializers.BooleanField(read_only=True)


class OrganisationsShown(StrictSerializer):
    results = OrganisationShown(many=True, read_only=True)
    next = serializers.CharField(read_only=True, allow_null=True)


@extend_schema_view(
    get=extend_schema(operation_id="organisations_list", responses=OrganisationsShown),
    post=extend_schema(operation_id="organisations_make", request=OrganisationBody, responses={201: OrganisationShown}),
)
class OrganisationsView(DecidingView):
    def get(self, request: Request) -> Response:
        return Response(page_of(organisations_for(request.user), request, key=("name", "pk"), show=shown))

    def act(self, request: Request, **_kwargs: Any) -> Response:
        require(may_make_organisation(person_of(request.user)))
        body = OrganisationBody(data=request.data)
        body.is_valid(raise_exception=True)
        organisation = make_organisation(**body.validated_data, by=request.user, at=now())
        return Response(shown(organisation), status=201)


@extend_schema_view(
    post=extend_schema(operation_id="invitations_make", request=InvitationBody, responses={201: InvitationShown}),
)
class InvitationsView(DecidingView):
    """Invites somebody into an organisation: the letter is the only place where the link stands."""

    def post(self, request: Request, **kwargs: Any) -> Response:
        """Whoever belongs to another organisation is told in a transaction of its own: this one is undone."""
        require(may_see_people(person_of(request.user)))
        organisation = get_object_or_404(organisations_for(request.user), uid=kwargs["uid"])
        try:
            return super().post(request, **kwargs)
        except Refused as refused:
            address = request.data["email"]  # it was read as one before anything was refused
            tell_of_invitation(refused, address, organisation=organisation, by=request.user, at=now())
            raise

    def act(self, request: Request, **kwargs: Any) -> Response:
        organisation = get_object_or_404(organisations_for(request.user), uid=kwargs["uid"])
        body = InvitationBody(data=request.data)
        body.is_valid(raise_exception=True)
        try:
            made = invite(**body.validated_data, organisation=organisation, by=request.user, at=now())
        except TooFast as fast:
            raise Problem(429, "too_many_requests", fast.text, retry_after=fast.retry_after) from fast
        person = {"uid": str(made.uid), "email": made.email, "expires_at": made.expires_at.isoformat()}
        return Response(person, status=201)


class StepUpView(APIView):
    """Deliberately without an idempotency key: a proof is never replayed, and its body never stored."""

    @extend_schema(request=StepUpBody, responses={204: None})
    def post(self, request: Request) -> Response:
        body = StepUpBody(data=request.data)
        body.is_valid(raise_exception=True)
        with_code = has_second_factor(request.user)
        wanted = "code" if with_code else "password"
        if set(body.validated_data) != {wanted}:
            text = _("Send your code.") if with_code else _("Send your password.")
            raise Problem(400, f"{wanted}_wanted", text)
        form_class = CodeAgainForm if with_code else ReauthenticateForm
        form = form_class(user=request.user, data=body.validated_data)
        if not form.is_valid():
            raise refused(form)
        prove(request, form, with_code=with_code)
        return Response(status=204)


def refused(form: Form) -> Problem:
    if status_of(form) == 429:
        return Problem(429, "too_many_requests", _("Too many wrong attempts. Wait a minute."), retry_after=MINUTE)
    return Problem(403, "not_proved", _("That was not right."))


@transaction.atomic
def prove(request: Request, form: Form, *, with_code: bool) -> None:
    """A token keeps its own moment; a session keeps allauth's record, so that both doors of it see one proof."""
    note("person.stepped_up", request.user, by=request.user, at=now())
    if isinstance(request.auth, ApiToken):
        if with_code:
            form.authenticator.record_usage()
        ApiToken.objects.filter(pk=request.auth.pk).update(stepped_up_at=now())
    elif with_code:
        form.save()
    else:
        reauthenticate_by_password(request._request)
