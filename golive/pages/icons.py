"""Our words for pictures: most are heroicons, a few shapes of our own where heroicons lacks the form of a state."""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from heroicons.templatetags.heroicons import heroicon_outline

HEROICONS = {
    "check": "check",
    "clip": "paper-clip",
    "clock": "clock",
    "down": "arrow-down-tray",
    "find": "magnifying-glass",
    "flag": "flag",
    "key": "key",
    "lock": "lock-closed",
    "low": "chevron-down",
    "mail": "envelope",
    "me": "user",
    "next": "arrow-right",
    "no": "x-mark",
    "off": "signal-slash",
    "org": "building-office",
    "pause": "pause",
    "plus": "plus",
    "prev": "arrow-left",
    "seal": "check-badge",
    "sync": "arrow-path",
    "talk": "chat-bubble-left",
    "tri": "exclamation-triangle",
    "undo": "arrow-uturn-left",
}
OWN = {
    "dia": '<path d="M12 3l9 9-9 9-9-9z"/>',
    "fork": '<path d="M12 21v-8L5 4.5M12 13l7-8.500M4.500 9V4h5M19.500 9V4h-5"/>',
    "half": '<circle cx="12" cy="12" r="8.250"/><path d="M12 3.750a8.250 8.250 0 010 16.500z" fill="currentColor"/>',
    "ring": '<circle cx="12" cy="12" r="8.250"/>',
    "skip": '<path d="M4 12h16M4 12l4-4M4 12l4 4"/>',
    "star": '<path d="M12 3.500v17M4.500 7.750l15 8.500M19.500 7.750l-15 8.500"/>',
    "stop": '<path d="M8 2.750h8L21.250 8v8L16 21.250H8L2.750 16V8zM12 7.500v5.250M12 16.500v.050"/>',
}
STROKE = "2.25"


@cache
def icon_svg(word: str, extra: str = "") -> SafeString:
    """The picture for one of our words; an unknown word is a KeyError, not a blank."""
    classes = f"icon {extra}".strip()
    if word not in OWN:
        svg = heroicon_outline(HEROICONS[word], size=None, stroke_width=STROKE, **{"class": classes})
        return SafeString("".join(line.strip() for line in svg.splitlines()))
    return format_html(
        '<svg fill="none" viewBox="0 0 24 24" stroke-width="{}" stroke="currentColor" stroke-linecap="round" '
        'stroke-linejoin="round" aria-hidden="true" class="{}">{}</svg>',
        STROKE,
        classes,
        SafeString(OWN[word]),
    )
