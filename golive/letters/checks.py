"""What is refused at start: senders that are not ours, and two identities that are one."""

from typing import Any

from django.conf import settings
from django.core.checks import Error

from golive.letters.senders import SETTINGS, address_of, what_is_wrong

CHECKED = (*SETTINGS.values(), "SERVER_EMAIL")


def senders_are_ours(**kwargs: Any) -> list[Error]:
    wrong = {name: what_is_wrong(getattr(settings, name)) for name in CHECKED}
    return [Error(f"{name} {why}", id="golive.letters.E001") for name, why in wrong.items() if why]


def guidance_is_not_the_review(**kwargs: Any) -> list[Error]:
    if address_of(settings.GUIDANCE_FROM).lower() != address_of(settings.REVIEW_FROM).lower():
        return []
    return [
        Error("GUIDANCE_FROM and REVIEW_FROM are two identities: give them two addresses.", id="golive.letters.E002")
    ]
