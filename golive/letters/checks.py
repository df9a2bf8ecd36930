"""What is refused at start: senders that are not ours, and two identities that are one."""

from typing import Any

from django.conf import settings
from django.core.checks import Error

from golive.letters.senders import SETTINGS, address_of, what_is_wrong

REVIEW = ("REVIEW_FROM", "GOLIVE_MAILBOX")
CHECKED = (*SETTINGS.values(), "SERVER_EMAIL", "GOLIVE_MAILBOX")


def senders_are_ours(**kwargs: Any) -> list[Error]:
    wrong = {name: what_is_wrong(getattr(settings, name)) for name in CHECKED}
    return [Error(f"{name} {why}", id="golive.letters.E001") for name, why in wrong.items() if why]


def guidance_is_not_the_review(**kwargs: Any) -> list[Error]:
    guidance = address_of(settings.GUIDANCE_FROM).lower()
    same = [name for name in REVIEW if address_of(getattr(settings, name)).lower() == guidance]
    told = "GUIDANCE_FROM and {} are two identities: give them two addresses."
    return [Error(told.format(name), id="golive.letters.E002") for name in same]
