"""Where the cure of a reason stands: a rule names a URL as data, here it becomes an address."""

from __future__ import annotations

from urllib.parse import quote

from django.urls import NoReverseMatch, reverse

from golive.core.decision import Cure, Decision


def url_of(cure: Cure | None) -> str:
    """The address of a cure; nothing when there is none, or when its page does not exist in this place."""
    if cure is None:
        return ""
    try:
        address = reverse(cure.name, kwargs=dict(cure.args))
    except NoReverseMatch:
        return ""
    return f"{address}#{quote(cure.fragment)}" if cure.fragment else address


def reasons_of(decision: Decision) -> list[dict[str, str]]:
    """The reasons of a decision as every door shows them."""
    return [{"code": reason.code, "text": str(reason.text), "url": url_of(reason.cure)} for reason in decision.reasons]
