"""What happens to an account outside our own actions: noted in the chain "site", and told to its person."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from golive.accounts.models import ApiToken, User
from golive.accounts.words import told
from golive.audit.actions import record
from golive.audit.models import AuditRow
from golive.letters.actions import send_letter
from golive.outbox.actions import announce

# allauth's name of the change -> what history calls it.
CHANGES = {
    "password_changed": "person.password_changed",
    "password_reset": "person.password_reset",
    "totp_activated": "person.second_factor_on",
    "totp_deactivated": "person.second_factor_off",
    "recovery_codes_generated": "person.recovery_codes_made",
}


def note(act: str, person: User | str, *, by: User | None, at: datetime) -> AuditRow:
    return record("site", by, act, person, at=at)


@transaction.atomic
def note_change(change: str, person: User, *, at: datetime) -> None:
    row = note(CHANGES[change], person, by=person, at=at)
    if change == "totp_activated":  # what a token proved by password alone counts no longer
        ApiToken.objects.filter(user=person).update(stepped_up_at=None)
    words = {"what": sentence_of(change), "when": told(at, person.time_zone)}
    url = f"{settings.SITE_URL}{reverse('account')}"
    send_letter("account_notice", to=[person], words=words, matter=f"account:{row.chain}:{row.seq}", url=url, at=at)


@transaction.atomic
def note_reset_asked(address: str, *, at: datetime) -> None:
    """The same rows whether the address is known or not; the letter, if any, is written later (T50)."""
    person = User.objects.filter(email=address.lower()).first()
    row = note("person.reset_asked", person or "sign_in", by=None, at=at)
    announce("password.reset_asked", after=row, person=str(person.uid) if person else "", asked=row.seq)


def sentence_of(change: str) -> str:
    return {
        "password_changed": _("Your password was changed."),
        "password_reset": _("Your password was reset by a link from a letter."),
        "totp_activated": _("A second factor was set up for your account."),
        "totp_deactivated": _("The second factor of your account was turned off."),
        "recovery_codes_generated": _("New recovery codes were made; the earlier ones no longer work."),
    }[change]
