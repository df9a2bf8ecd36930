"""Ids as people and other systems see them: UUIDv7 for things, a short key for a project."""

import os
import re
import secrets
import time
import unicodedata
import uuid

# No 0/O, 1/I/L: a key is read aloud in meetings.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
SIGNS = "23456789" + LETTERS
PROJECT_KEY = r"[A-Z]{4}-[2-9A-HJKMNP-Z]{3}"


def uuid7() -> uuid.UUID:
    """RFC 9562, version 7: 48 bits of milliseconds, then randomness; sorts by time. Python 3.11 has none."""
    stamp = time.time_ns() // 1_000_000
    value = (stamp & ((1 << 48) - 1)) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def project_key(name: str) -> str:
    """Four letters of the name and three random signs, `HALD-7Q2`; whoever stores it tries again when it is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    head = re.sub(r"[^A-Z]", "", plain)[:4].ljust(4, "X")
    return f"{head}-{''.join(secrets.choice(SIGNS) for _ in range(3))}"
