"""Where allauth asks us: who may come in, what a letter is, what history notes, how its secrets are kept.

These are the package's own hooks. They are used instead of its signals, so that what happens is found by reading.
"""

from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from golive.accounts import secrets
from golive.accounts.destinations import is_ours
from golive.accounts.history import note, note_change
from golive.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and this password do not belong together."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "enter_current_password": _("This is not your current password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves: people are invited."""
        return False

    def is_safe_url(self, url: str) -> bool:
        return is_ours(url)

    def is_ajax(self, request: HttpRequest) -> bool:
        """The pages are pages; the API is elsewhere."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Our own step-up guards these pages (step_up.py)."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By address and network together: a stranger's wrong guesses must not lock the person out (T50)."""
        return f"{get_ip(request)}:{credentials.get('email', '').lower()}"

    @transaction.atomic
    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        note("person.signed_in", user, by=user, at=timezone.now())

    @transaction.atomic
    def logout(self, request: HttpRequest) -> None:
        note("person.signed_out", request.user, by=request.user, at=timezone.now())
        super().logout(request)

    @transaction.atomic
    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The same work for a known and an unknown address."""
        person = User.objects.filter(email=credentials.get("email", "").lower()).first()
        note("person.sign_in_failed", person or "sign_in", by=None, at=timezone.now())

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        user.set_password(password)
        user.save(update_fields=["password"])

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict | None = None, email: str | None = None
    ) -> None:
        """Called after each change of an account's protection: history notes it, and the person is told by letter."""
        note_change(template_prefix.rpartition("/")[2], user, at=timezone.now())

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        raise NotImplementedError(f"{template_prefix}: every letter goes through golive.letters")


class MFAAdapter(DefaultMFAAdapter):
    def build_totp_svg(self, url: str) -> str:
        """On white: a code drawn on nothing cannot be scanned from a dark page."""
        return qrcode.make(url, image_factory=SvgPathFillImage).to_string().decode()

    def encrypt(self, text: str) -> str:
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text)
