"""Every door of the generated list asked in every way, about one thing or another, and what its answers say."""

import inspect
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from itertools import product
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from tests.access import DOORS
from tests.architecture.test_access import doors_of

# What stands in an address beside the ids of things; a word that no door knows is as good as any.
WORDS = {
    "phase": ["analysis"],
    "step": ["A02"],
    "question": ["SC-02"],
    "milestone": ["go_live"],
    "form": ["csv", "xlsx", "jsonl"],
    "verb": ["dismiss"],
    "secret": ["nobody-knows-this-one"],
}
MOST_WAYS = 400  # of one door: two ids in one address are paired as they come beyond it
PART = {"HX-Request": "true"}
PARAMETER = re.compile(r"""(?:GET|query_params|data)(?:\.get|\.getlist)?[(\[]["'](\w+)["']""")
# Different each time by right: the masked token, the number of an answer, a moment.
CHANGES = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|hx-headers=.*?csrf.*?[}]|"reference": "\w+"|<code>[0-9a-f]{8}</code>'
    r"|\b[0-9a-f]{8}\b|\d\d:\d\d(?::\d\d)?"
)


@dataclass(frozen=True)
class Ask:
    """One way through one door. `ids`: what stands in the address and may come back in the answer."""

    door: str
    method: str
    url: str
    ids: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: Any = None


@dataclass
class Ids:
    """The project an address is about: its key, and a uid of each kind of thing that belongs to it."""

    key: str
    uids: list[str] = field(default_factory=list)
    number: int = 1

    def values(self, part: str, kind: str) -> list[Any]:
        if part == "key":
            return [self.key]
        if kind == "UUIDConverter":
            return self.uids
        return [self.number] if kind == "IntConverter" else WORDS.get(part, ["nothing"])


def parts_of(name: str) -> list[tuple[str, str]]:
    """The parts of a door's address, each with the kind of its converter."""
    possibilities, _pattern, _defaults, converters = get_resolver().reverse_dict.getlist(name)[0]
    return [(part, type(converters.get(part)).__name__) for part in possibilities[0][1]]


def addresses_of(name: str, ids: Ids) -> Iterator[tuple[str, tuple[str, ...]]]:
    parts = parts_of(name)
    ways = list(product(*(ids.values(part, kind) for part, kind in parts)))
    if len(ways) > MOST_WAYS:
        ways = ways[:: len(ways) // MOST_WAYS]
    for way in ways:
        kwargs = dict(zip((part for part, _kind in parts), way, strict=True))
        yield reverse(name, kwargs=kwargs), tuple(value for value in kwargs.values() if value in (ids.key, *ids.uids))


def reading(ids: Ids) -> Iterator[Ask]:
    """Each door that may be read: as a page, as a part of it, as JSON."""
    for name, door in DOORS.items():
        if "GET" not in door.methods.split():
            continue
        ways = ({},) if name.startswith("api_") else ({}, PART, {"Accept": "application/json"})
        for (url, used), headers in product(addresses_of(name, ids), ways):
            yield Ask(name, "get", url, used, tuple(headers.items()))


def writing(ids: Ids) -> Iterator[Ask]:
    """Each door that changes something, with all formalities."""
    for name, door in DOORS.items():
        for method, (url, used) in product(sorted(set(door.methods.split()) - {"GET"}), addresses_of(name, ids)):
            if name.startswith("api_"):
                headers = {"Idempotency-Key": uuid4().hex, "If-Match": '"1"'}
                yield Ask(name, method.lower(), url, used, tuple(headers.items()), "{}")
            else:
                yield Ask(name, method.lower(), url, used, (("Accept", "application/json"),), {})


def seeking(names: Mapping[str, set[str]], values: list[str]) -> Iterator[Ask]:
    """Each list with everything that can be asked of it, and each value in each."""
    for name, known in names.items():
        for parameter, value in product(sorted(known), values):
            url = f"{reverse(name)}?{urlencode({parameter: value})}"
            yield Ask(name, "get", url, (value,))


def lists() -> list[str]:
    """Doors that are read and are about no one thing."""
    return [name for name, door in DOORS.items() if "GET" in door.methods.split() and not parts_of(name)]


def parameters_of(name: str, page: str) -> set[str]:
    """What a list is asked by: the fields of its page, and the words that its module reads."""
    module = next(module_of(callback) for known, callback in doors_of(get_resolver()) if known == name)
    read = PARAMETER.findall(inspect.getsource(import_module(module)))
    return {*read, *re.findall(r'name="(\w+)"', page)} - {"csrfmiddlewaretoken"}


def module_of(callback: Any) -> str:
    while hasattr(callback, "__wrapped__"):
        callback = callback.__wrapped__
    return getattr(callback, "view_class", getattr(callback, "cls", callback)).__module__


def answer(client: Client, ask: Ask) -> HttpResponse:
    """Its body can be read once: a list that is taken along streams."""
    send = getattr(client, ask.method)
    given = {} if ask.body is None else {"data": ask.body}
    if isinstance(ask.body, str):
        given["content_type"] = "application/json"
    return send(ask.url, headers=dict(ask.headers), **given)


def said(response: HttpResponse) -> str:
    """Everything that went over the wire, also what is packed in a workbook."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in sorted(response.headers.items()))
    return f"{response.status_code}\n{headers}\n{response.cookies.output()}\n{body.decode('utf-8', 'replace')}"


def told(text: str, ask: Ask) -> str:
    """An answer without what was asked and without what differs each time."""
    for one in ask.ids:
        text = re.sub(re.escape(one), "ID", text, flags=re.IGNORECASE)
    return re.sub(r"(?:Content-Length|X-Request-ID|Set-Cookie): .*|csrftoken=\S+", "", CHANGES.sub("", text))
