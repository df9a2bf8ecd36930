import json
import logging

import pytest

from golive.core.logs import JsonFormatter, scrub
from golive.core.marks import RequestMarkMiddleware


def logged(message: str, *args: object, error: BaseException | None = None) -> dict:
    info = (type(error), error, error.__traceback__) if error else None
    line = JsonFormatter().format(logging.LogRecord("golive.x", logging.ERROR, __file__, 1, message, args, info))
    assert "\n" not in line
    assert line.isascii()
    return json.loads(line)


def test_a_line_is_one_object_with_what_happened():
    line = logged("%s of %d", "first\nsecond", 3)

    assert line.pop("at").endswith("+00:00")
    assert line == {"level": "error", "logger": "golive.x", "message": "first\nsecond of 3"}


def test_wrong_arguments_cost_no_request():
    assert logged("%d", "no number")["message"] == "%d"


def test_a_traceback_shows_no_local_variable():
    hidden = "local-" + "secret"  # noqa: F841
    try:
        raise ValueError("outer") from KeyError("inner")
    except ValueError as error:
        trace = logged("x", error=error)["traceback"]

    assert "ValueError: outer" in trace
    assert "KeyError: 'inner'" in trace
    assert "local-secret" not in trace


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer CANARY12345",
        "{'Authorization': 'Bearer CANARY12345'}",
        "authorization=CANARY12345",
        "sent bearer CANARY12345 on",
        "token golive_CANARY12345",
        "made golive_CANARY12345.",
        "password=CANARY12345&next=/",
        '{"password": "CANARY12345"}',
        "sessionid=CANARY12345; path=/",
        "postgresql://root:CANARY12345@127.0.0.1/x",
        "redis://:CANARY12345@localhost",
    ],
)
def test_secrets_do_not_reach_the_log(text):
    assert "CANARY" not in scrub(text)
    assert "CANARY" not in json.dumps(logged("%s", text, error=ValueError(text)))


def test_what_is_no_secret_stays():
    assert scrub("project:HALD-7Q2 GET /projects/ 200") == "project:HALD-7Q2 GET /projects/ 200"


def test_inside_a_request_the_line_names_it(rf):
    seen = []
    RequestMarkMiddleware(lambda request: seen.append(logged("x")) or {})(rf.get("/", HTTP_X_REQUEST_ID="abcd1234"))

    assert seen[0]["request_id"] == "abcd1234"
