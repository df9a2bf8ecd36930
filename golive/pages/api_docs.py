"""The API's address book for people: every endpoint of the schema, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView

VERBS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Endpoint:
    verb: str
    path: str
    text: str
    fields: tuple[str, ...]


@extend_schema(exclude=True)
class SchemaView(SpectacularAPIView):
    """Like any other address of the API it knows no other parameters."""

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self._get_schema_response(request)


def endpoints() -> Iterator[Endpoint]:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    for path, operations in sorted(schema["paths"].items()):
        for verb in VERBS:
            if operation := operations.get(verb):
                yield Endpoint(verb.upper(), path, operation.get("description", ""), fields_of(schema, operation))


def fields_of(schema: dict, operation: dict) -> tuple[str, ...]:
    """The names in the body, an asterisk at the required ones."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    body = schema.get("components", {}).get("schemas", {}).get(name, {})
    required = set(body.get("required", ()))
    return tuple(f"{field}*" if field in required else field for field in body.get("properties", {}))


def api_docs(request: HttpRequest) -> HttpResponse:
    return render(request, "golive/api_docs.html", {"endpoints": list(endpoints())})
