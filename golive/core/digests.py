"""One canonical JSON text of a content, and its sha256: what is frozen, bound and compared."""

import json
from hashlib import sha256
from typing import Any


def canonical(content: Any) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(content: Any) -> str:
    return digest_of_text(canonical(content))


def digest_of_text(text: str) -> str:
    return sha256(text.encode()).hexdigest()
