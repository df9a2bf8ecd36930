"""Words as a search compares them: without case, accents or signs, the same for what is stored and what is typed."""

from __future__ import annotations

import re
import unicodedata

from django.db import connection
from django.db.models import Q

LONGEST = 40  # of one word; what is longer is found by its beginning
MOST = 24  # words of one text
LAST = chr(0x10FFFF)  # after every sign of a word
# The forms of companies: two spellings of one name differ in them first.
COMPANY_FORMS = frozenset(
    {
        *("ab", "ag", "aps", "as", "asa", "bv", "co", "company", "corp", "corporation", "gmbh", "group", "holding"),
        *("inc", "kg", "limited", "llc", "ltd", "nv", "oy", "oyj", "plc", "sa", "sarl", "se", "spa", "srl"),
    }
)
# Letters that do not come apart into a letter and a mark.
PLAIN = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def fold(text: str) -> str:
    """`Ødegård & Søn` is `odegard & son`."""
    plain = unicodedata.normalize("NFKD", text).casefold()  # wide and joined signs first: some come apart into capitals
    folded = unicodedata.normalize("NFKD", plain).translate(PLAIN)
    return "".join(sign for sign in folded if not unicodedata.combining(sign))


def words_in(*texts: str) -> list[str]:
    """The folded words of some texts, each once, in order."""
    found = (word[:LONGEST] for text in texts for word in re.findall(r"[^\W_]+", fold(text)))
    return list(dict.fromkeys(found))[:MOST]


def begins(field: str, word: str) -> Q:
    """The rows whose folded word begins so, by the index of either database: only SQLite orders text by its bytes."""
    if connection.vendor == "sqlite":
        return Q(**{f"{field}__gte": word, f"{field}__lt": word + LAST})
    return Q(**{f"{field}__startswith": word})


def name_key(name: str) -> str:
    """What two spellings of one organisation share: its folded words without the forms of companies."""
    words = [word for word in words_in(name) if word not in COMPANY_FORMS]
    return " ".join(words or words_in(name))
