"""How a setting is read from the environment: a flag, a number, a text or a secret."""

import os
from pathlib import Path

YES = {"1", "true", "yes", "on"}
NO = {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in YES:
        return True
    if value.lower() in NO:
        return False
    raise ValueError(f"{name} must be one of {sorted(YES | NO)}, not {value!r}")


def number(name: str, default: int) -> int:
    return int(os.environ.get(name, default))


def secret(name: str, default: str = "") -> str:
    """The value of NAME, or what stands in the file that NAME_FILE names."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name, default)
