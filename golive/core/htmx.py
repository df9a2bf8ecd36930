"""A page, or the part of it that htmx asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def asks_for_part(request: HttpRequest) -> bool:
    """A swap of a part. Boosted links and a page restored from history want the whole page."""
    headers = request.headers
    if headers.get("HX-Request") != "true":
        return False
    return headers.get("HX-Boosted") != "true" and headers.get("HX-History-Restore-Request") != "true"


def part(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A fragment, told apart from the page at the same address by caches."""
    response = render(request, template, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def render_page(
    request: HttpRequest, page_template: str, fragment_template: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """The page, or its fragment when htmx asks for a part."""
    template = fragment_template if asks_for_part(request) else page_template
    return part(request, template, context, status)
