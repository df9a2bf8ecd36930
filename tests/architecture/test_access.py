"""Every URL of ours has a row in tests/access.py, and every row a URL."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.generic.edit import ProcessFormView

from tests.access import ANYBODY, DOORS, Door

OURS = ("golive.", "projects.", "reviews.")
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


def view_of(pattern: URLPattern) -> Any:
    """The class or function behind a pattern, under whatever decorates it."""
    view = pattern.callback
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return getattr(view, "view_class", getattr(view, "cls", view))


def doors_of(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Each pattern of ours with its name, or its route where it has none; with the namespace in front."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from doors_of(pattern, space)
        elif view_of(pattern).__module__.startswith(OURS):
            yield f"{prefix}{pattern.name or pattern.pattern}", pattern.callback


def methods_of(callback: Any) -> set[str] | None:
    """What a class answers to, or what require_POST and its like let through; nothing when neither tells."""
    named = require_methods(callback)
    kind = getattr(callback, "view_class", getattr(callback, "cls", None))
    if kind is None:
        return named
    answered = {method for method in METHODS if callable(getattr(kind, method.lower(), None))}
    if issubclass(kind, ProcessFormView):
        answered.discard("PUT")  # Django's form views take it for a POST
    return answered & named if named else answered


def require_methods(callback: Any) -> set[str] | None:
    """The list stands in the closure of Django's decorator, somewhere along what is wrapped."""
    while callback is not None:
        for cell in getattr(callback, "__closure__", None) or ():
            held = cell.cell_contents
            if isinstance(held, list | tuple) and held and set(held) <= METHODS | {"HEAD"}:
                return set(held) - {"HEAD"}
        callback = getattr(callback, "__wrapped__", None)
    return None


def test_a_door_without_a_row_would_be_found():
    def view(request):
        return HttpResponse()

    view.__module__ = "golive.pages.sample"
    resolver = URLResolver(get_resolver().pattern, [path("sample/", view, name="sample"), path("other/", view)])

    assert [name for name, _ in doors_of(resolver)] == ["sample", "other/"]


def test_the_methods_of_a_function_are_read():
    assert methods_of(never_cache(require_POST(HttpResponse))) == {"POST"}
    assert methods_of(require_safe(HttpResponse)) == {"GET"}
    assert methods_of(never_cache(HttpResponse)) is None


def test_every_door_has_a_row():
    assert {name for name, _ in doors_of(get_resolver())} - DOORS.keys() == set()


def test_every_row_has_a_door():
    assert DOORS.keys() - {name for name, _ in doors_of(get_resolver())} == set()


@pytest.mark.parametrize(("name", "door"), DOORS.items())
def test_a_row_is_well_formed(name: str, door: Door):
    assert set(door.methods.split()) <= METHODS
    assert door.who
    assert door.who <= ANYBODY


def test_a_door_answers_to_what_its_row_says():
    said = {name: set(door.methods.split()) for name, door in DOORS.items()}
    wrong = {
        name: sorted(methods)
        for name, callback in doors_of(get_resolver())
        if (methods := methods_of(callback)) is not None and name in said and methods != said[name]
    }

    assert wrong == {}
