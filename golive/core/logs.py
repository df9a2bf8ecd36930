"""One JSON object a line, with the request's id, and never a secret or a local variable."""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime

from golive.core.marks import mark

LONGEST = 8_000
SECRETS = (
    (re.compile(r"(?i)(authorization['\"]?\s*[:=]\s*['\"]?)(?:(bearer|basic|token)\s+)?[^\s'\",;]+"), r"\1[removed]"),
    (re.compile(r"(?i)\b(bearer\s+)[A-Za-z0-9._~+/=-]{8,}"), r"\1[removed]"),
    (re.compile(r"golive_[A-Za-z0-9_-]{8,}"), "golive_[removed]"),
    (
        re.compile(r"(?i)\b(password|passwd|secret|token|sessionid|csrftoken)(['\"]?\s*[:=]\s*['\"]?)[^\s'\",;&]+"),
        r"\1\2[removed]",
    ),
    (re.compile(r"(\w+://[^\s:/@]*:)[^\s@/]+(@)"), r"\1[removed]\2"),
)


def scrub(text: str) -> str:
    """The text without what looks like a token, a password or the credentials of an address."""
    for pattern, instead in SECRETS:
        text = pattern.sub(instead, text)
    return text[:LONGEST]


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": scrub(message_of(record)),
        }
        if request_id := mark().request_id:
            line["request_id"] = request_id
        if record.exc_info and record.exc_info[1]:
            line["traceback"] = scrub(trace_of(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=True)  # ASCII: no log viewer is fooled by control or bidi signs


def message_of(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # a log line with wrong arguments must not cost the request its answer
        return str(record.msg)


def trace_of(error: BaseException) -> str:
    """Files, lines and the error, without the values of local variables."""
    return "".join(traceback.TracebackException.from_exception(error, capture_locals=False, compact=True).format())
