"""The two doors of a running server, as a browser and as a program use them: HTTP and nothing of our own code."""

import json
import uuid
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

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


class Door:
    """A redirect is an answer here, not an order; proxies and other hosts are never asked."""

    def __init__(self, address: str) -> None:
        self.address = urlsplit(address)

    def send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        line = HTTPConnection(self.address.hostname or "", self.address.port, timeout=TIMEOUT)
        try:
            line.request(method, path, body, headers)
            response = line.getresponse()
            self.keep(response.headers)
            return Answer(response.status, response.read(), response.headers.get("Location", ""))
        finally:
            line.close()

    def keep(self, headers: Message) -> None:
        """A program keeps no cookies."""


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
        super().__init__(address)
        self.cookies: SimpleCookie = SimpleCookie()

    def keep(self, headers: Message) -> None:
        for line in headers.get_all("Set-Cookie", []):
            self.cookies.load(line)

    def go(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        headers["Cookie"] = "; ".join(f"{name}={cookie.value}" for name, cookie in self.cookies.items())
        return self.send(method, path, body, headers)

    def open(self, path: str) -> Answer:
        return self.go("GET", path, Accept="text/html")

    def post(self, path: str, fields: dict[str, Any], *, page: str = "") -> Answer:
        """`page`: where the form stands, when it is not where it is sent to. A refusal is asked for in codes."""
        self.open(page or path)
        token = self.cookies["csrftoken"].value
        body = urlencode(fields | {"csrfmiddlewaretoken": token}, doseq=True).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        return self.go("POST", path, body, **headers)
