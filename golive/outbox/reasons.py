"""Why a piece of work failed, in one line that may be shown and kept: without secrets."""

import re
import traceback
from pathlib import Path

from django.conf import settings

LONGEST = 500
HIDDEN = "[hidden]"
IN_ADDRESS = re.compile(r"(?<=://)[^\s/@]*@")
NAMED = re.compile(r"(?i)\b(password|passwd|secret|token|authorization|api[_-]?key|bearer)\b(\s*[=:]\s*|\s+)\S+")
SECRETS = ("SECRET_KEY", "EMAIL_HOST_PASSWORD", "REDIS_URL")


def scrub(text: str) -> str:
    text = IN_ADDRESS.sub(f"{HIDDEN}@", text)
    text = NAMED.sub(rf"\1\2{HIDDEN}", text)
    secrets = [getattr(settings, name, "") for name in SECRETS] + [settings.DATABASES["default"].get("PASSWORD", "")]
    for secret in filter(None, secrets):
        text = text.replace(str(secret), HIDDEN)
    return text


def reason_of(error: BaseException) -> str:
    """Type, place and words of an error."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    words = " ".join(str(error).replace("\x00", "").split())
    return scrub(f"{type(error).__name__}{where}: {words}".encode("utf-8", "replace").decode())[:LONGEST]
