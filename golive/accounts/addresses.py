"""Mail addresses, and the mail domain of an organisation, in one spelling."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

PART = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN = re.compile(rf"{PART}(?:\.{PART})+")


def clean_address(text: str) -> str:
    """One spelling of an address: letters that merely look alike or fold into others are refused (T43)."""
    address = text.strip().lower()
    if not address.isascii():
        raise ValidationError(_("Use an address of plain letters."), code="not_ascii")
    validate_email(address)
    return address


def clean_domain(text: str) -> str:
    """`@Halden.example` is `halden.example`; letters that only look alike are refused."""
    domain = text.strip().lower().removeprefix("@")
    if domain and not DOMAIN.fullmatch(domain):
        raise ValidationError(_("Write a mail domain of plain letters, such as halden.example."), code="no_domain")
    return domain
