"""From a row to a mail: text and HTML in one frame, headers that nobody can break out of. It never raises for words."""

import unicodedata
from email.utils import formataddr

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from golive.letters.content import Letter, fill, letter, placeholders
from golive.letters.models import LetterRow
from golive.letters.senders import sender
from golive.programme.queries import programme_name

SUBJECT = 180
NAME = 80


def one_line(text: str, limit: int) -> str:
    """What may stand in a header: one line, no signs of control, no lone surrogate, bounded."""
    seen = (sign for sign in text if unicodedata.category(sign) != "Cf")
    plain = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in seen)
    plain = " ".join(plain.split())
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"


def block(text: str) -> str:
    """What may stand in the body: line ends stay, other signs of control do not."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs", "Cn"})


def is_writable(address: str) -> bool:
    """Most mail servers take no other signs before the @ than ASCII; a mail to `=?utf-8?..` would go to nobody."""
    local, _, domain = address.rpartition("@")
    return bool(local and domain) and local.isascii() and not any(sign.isspace() for sign in address)


def paragraphs(kind: Letter, words: dict[str, str]) -> list[str]:
    """A paragraph that needs an optional word is left out when that is not given."""
    said = [text for text in kind.body if all(words.get(name) for name in placeholders(text) & kind.optional)]
    return [fill(text, words) for text in said]


def build(row: LetterRow) -> EmailMultiAlternatives:
    kind = letter(row.letter)
    words = {name: block(str(word)) for name, word in row.words.items()}
    subject = one_line(fill(kind.subject, words), SUBJECT)
    context = {
        "subject": subject,
        "name": words.get("name", ""),
        "paragraphs": paragraphs(kind, words),
        "action": fill(kind.action, words),
        "url": one_line(row.url, 500),
        "audience": kind.audience,
        "programme": programme_name(),
    }
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("letters/frame.txt", context).strip() + "\n",
        from_email=sender(kind.sender),
        to=[formataddr((one_line(words.get("name", ""), NAME), row.address))],
        headers={"Message-ID": row.message_id, "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
    message.attach_alternative(render_to_string("letters/frame.html", context), "text/html")
    return message
