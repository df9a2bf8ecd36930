"""The two doors of a running server, as a browser and as a program use them: real HTTP, nothing of our code behind it."""

import json
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from typing import Any

TIMEOUT = 60


@dataclass(frozen=True)
class Answer:
    status: int
    content: bytes
    location: str = ""

    @property
    def json(self) -> Any:
        return json.loads(self.content or b"null")

    @property
    def codes(self) -> list[str]:
        """The reason codes that the answer itself gives; of a problem without reasons its own code."""
        if self.status < 400:
            return []
        try:
            told = self.json
        except ValueError:
            return []
        return [reason["code"] for reason in told.get("reasons", [])] or [told.get("code", "")]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer, not an order."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Door:
    def __init__(self, address: str, *handlers: urllib.request.BaseHandler) -> None:
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect, *handlers)

    def send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        request = urllib.request.Request(self.address + path, data=body, method=method, headers=headers)
        try:
            with self.opener.open(request, timeout=TIMEOUT) as response:
                return read(response)
        except urllib.error.HTTPError as refused:
            with refused:
                return read(refused)


def read(response: HTTPResponse | urllib.error.HTTPError) -> Answer:
    return Answer(response.status or 0, response.read(), response.headers.get("Location", ""))


class Api(Door):
    """A program with a bearer token."""

    def __init__(self, address: str, token: str) -> None:
        super().__init__(address)
        self.token = token

    def call(self, method: str, path: str, body: dict[str, Any] | None = None, *, seen: int | None = None) -> Answer:
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
        if method == "POST":
            headers["Idempotency-Key"] = uuid.uuid4().hex
        if seen is not None:
            headers["If-Match"] = f'"{seen}"'
        held = None
        if method in {"POST", "PUT", "PATCH"}:
            headers["Content-Type"] = "application/json"
            held = json.dumps(body or {}).encode()
        return self.send(method, f"/api/v1/{path}", held, headers)


class Browser(Door):
    """A person: cookies are kept, each form is sent with the token of the page it came from."""

    def __init__(self, address: str) -> None:
        self.cookies = CookieJar()
        super().__init__(address, urllib.request.HTTPCookieProcessor(self.cookies))

    def open(self, path: str) -> Answer:
        return self.send("GET", path, None, {"Accept": "text/html"})

    def post(self, path: str, fields: dict[str, Any], *, page: str = "") -> Answer:
        """`page`: where the form stands, when it is not where it is sent to. A refusal is asked for in codes."""
        self.open(page or path)
        body = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": self.cookie("csrftoken")}, doseq=True)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        return self.send("POST", path, body.encode(), headers)

    def cookie(self, name: str) -> str:
        return next((cookie.value or "" for cookie in self.cookies if cookie.name == name), "")
