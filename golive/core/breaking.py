"""Words of thousands of signs, which would take a printed page seconds to set, may break."""

import re
from dataclasses import fields, is_dataclass
from typing import Any

# Chinese and Japanese break anyway.
ENDLESS = re.compile(r"[^\s\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]{200,}")


def breakable(value: Any) -> Any:
    """A text, or every text in a tuple or a dataclass: a long word may break after each 80 signs."""
    if isinstance(value, str):
        return ENDLESS.sub(lambda word: re.sub("(.{80})", "\\1\u200b", word.group()), value)
    if isinstance(value, tuple):
        return tuple(map(breakable, value))
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{field.name: breakable(getattr(value, field.name)) for field in fields(value)})
    return value
