"""How the API knows who asks: a bearer token, or the session of the page with its CSRF token."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from golive.accounts.backends import may_enter
from golive.accounts.models import ApiToken, User
from golive.accounts.secrets import TOKEN_PREFIX, digest_of

LAST_USE_EVERY = timedelta(minutes=1)  # a busy client costs one write a minute, not one a call


class TokenAuthentication(authentication.BaseAuthentication):
    keyword = "Bearer"

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        header = request.META.get("HTTP_AUTHORIZATION", "")
        keyword, _space, secret = header.partition(" ")
        if keyword.lower() != self.keyword.lower():
            return None
        token = self._token(secret.strip())
        if token is None:
            raise exceptions.AuthenticationFailed(_("This token is not known or no longer valid."), code="bad_token")
        note_use(token, at=timezone.now())
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="golive"'

    @staticmethod
    def _token(secret: str) -> ApiToken | None:
        if not secret.startswith(TOKEN_PREFIX) or len(secret) > 100 or not secret.isascii():
            return None
        tokens = ApiToken.objects.select_related("user__organisation")
        token = tokens.filter(digest=digest_of(secret), revoked_at__isnull=True).first()
        return token if token and may_enter(token.user) else None


def note_use(token: ApiToken, *, at: datetime) -> None:
    """Written without the row in hand, so that two calls at once never undo each other."""
    old = Q(last_used_at__isnull=True) | Q(last_used_at__lt=at - LAST_USE_EVERY)
    ApiToken.objects.filter(old, pk=token.pk).update(last_used_at=at)


class SessionAuthentication(authentication.SessionAuthentication):
    def enforce_csrf(self, request: HttpRequest) -> None:
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as refused:
            text = _("The form's token is missing or out of date. Load the page again and retry.")
            raise exceptions.PermissionDenied(text, code="csrf_failed") from refused
