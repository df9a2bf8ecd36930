"""Two texts beside each other, word by word: what only one of them says is marked, and no side is taken."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 2_000  # beyond it the texts are shown whole: comparing them would cost more than it tells


@dataclass(frozen=True)
class Piece:
    text: str
    own: bool  # only this side says it


def sides_of(theirs: str, mine: str) -> tuple[list[Piece], list[Piece]]:
    left, right = words_of(theirs), words_of(mine)
    if len(left) + len(right) > MOST_WORDS:
        return [Piece(theirs, True)], [Piece(mine, True)]
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    first = [Piece("".join(left[a:b]), kind != "equal") for kind, a, b, _, _ in blocks if a < b]
    second = [Piece("".join(right[a:b]), kind != "equal") for kind, _, _, a, b in blocks if a < b]
    return first, second


def words_of(text: str) -> list[str]:
    """Words with the space after them, so that joined they are the text again."""
    return re.findall(r"\s*\S+\s*", text)
