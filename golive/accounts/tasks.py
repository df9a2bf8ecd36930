"""What the outbox does for accounts, and what it asks before a letter goes out: "" when it is still wanted."""

from datetime import datetime, timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from golive.accounts.backends import may_enter
from golive.accounts.models import Invitation, User
from golive.accounts.queries import acceptance_facts
from golive.accounts.rules import may_accept
from golive.accounts.words import told
from golive.letters.actions import send_letter
from golive.letters.models import LetterRow
from golive.outbox.job import Job


def hear_reset_asked(job: Job) -> None:
    """The link is made here, not in the request: asking takes as long for an address that nobody has."""
    uid = job.payload["person"]
    person = User.objects.select_related("organisation").filter(uid=uid).first() if uid else None
    with job.finishing():
        if person and person.joined_at and may_enter(person):
            write_reset(person, asked=job.payload["asked"], at=timezone.now())


def write_reset(person: User, *, asked: int, at: datetime) -> None:
    words = {"until": told(at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT), person.time_zone)}
    send_letter("password_reset", to=[person], words=words, matter=f"reset:{asked}", url=reset_url(person), at=at)


def recipient_may_enter(row: LetterRow) -> str:
    return "" if row.recipient is not None and may_enter(row.recipient) else "inactive"


def invitation_stands(row: LetterRow) -> str:
    """A link that no longer works is not worth a letter."""
    found = Invitation.objects.select_related("organisation").filter(uid=row.matter.partition(":")[2]).first()
    if found is None or not may_accept(acceptance_facts(found, at=timezone.now())):
        return "invitation_over"
    return ""


def reset_url(person: User) -> str:
    key = default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})
    return f"{settings.SITE_URL}{path}"
