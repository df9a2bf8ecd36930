"""Whose name a letter carries: guidance, the go-live review, or the product itself. Never a vendor's."""

import unicodedata
from email.utils import getaddresses

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

# This product models a public process and is nobody's: S0-8.
NOT_OURS = "microsoft.com"
SETTINGS = {"guidance": "GUIDANCE_FROM", "review": "REVIEW_FROM", "system": "DEFAULT_FROM_EMAIL"}


def sender(kind: str) -> str:
    """The one configured address of this kind of letter, checked each time it is used."""
    value = getattr(settings, SETTINGS[kind])
    if wrong := what_is_wrong(value):
        raise ImproperlyConfigured(f"{SETTINGS[kind]} {wrong}")
    return value


def address_of(value: str) -> str:
    """The bare address of `Name <address>`; nothing when it is not exactly one."""
    found = [address for _name, address in getaddresses([value]) if address]
    return found[0] if len(found) == 1 else ""


def domain_of(address: str) -> str:
    plain = unicodedata.normalize("NFKC", address).rpartition("@")[2]
    return plain.strip().rstrip(".").lower()


def what_is_wrong(value: str) -> str:
    """Nothing, or why no letter may be sent in this name."""
    if any(unicodedata.category(sign).startswith("C") for sign in value):
        return "holds control characters."
    address = address_of(value)
    try:
        validate_email(address)
    except ValidationError:
        return "is not one e-mail address."
    domain = domain_of(address)
    if domain == NOT_OURS or domain.endswith(f".{NOT_OURS}"):
        return f"is an address of {NOT_OURS}: letters never go out in that name."
    return ""
