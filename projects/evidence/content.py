"""How pages say whether a piece of evidence still proves something."""

from collections.abc import Mapping

from projects.evidence.states import Currency
from projects.portfolio.content import Badge

SIGNS: Mapping[str, tuple[str, str]] = {
    Currency.CURRENT: ("good", "check"),
    Currency.OLDER: ("notice", "sync"),
    Currency.EXPIRED: ("serious", "clock"),
    Currency.STALE: ("serious", "sync"),
    Currency.INFECTED: ("critical", "stop"),
    Currency.WITHDRAWN: ("mute", "no"),
}


def currency_badge(currency: str) -> Badge:
    tone, icon = SIGNS[currency]
    return Badge(tone, icon, str(Currency(currency).label))
