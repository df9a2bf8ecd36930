"""Functions to 40 lines, files to 300 (tests 600), names unique. No list of exceptions, and there shall be none."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest

from tests.architecture.code import Source, product, read

FUNCTION = 40
FILE = 300
TEST_FILE = 600
FORBIDDEN = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "data",
    "info",
    "handle",
    "process",
    "misc",
    "common",
}


def long_functions(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION:
                yield f"{source.path}:{node.lineno} {node.name} has {lines} lines"


def long_file(source: Source) -> Iterator[str]:
    lines, cap = source.text.count("\n"), TEST_FILE if source.path.startswith("tests/") else FILE
    if lines > cap:
        yield f"{source.path} has {lines} lines"


def empty_names(source: Source) -> Iterator[str]:
    for part in source.module.split("."):
        if part in FORBIDDEN:
            yield f"{source.path}: {part} says nothing about what is inside"


def shared_class_names(sources: Iterable[Source]) -> list[str]:
    """Every class of an app has a whole name of its own: AnswerComment and RequestComment, never Comment."""
    places = defaultdict(list)
    for source in sources:
        if source.path.startswith(("projects/", "reviews/")) and not source.is_migration:
            for node in source.tree.body:
                if isinstance(node, ast.ClassDef):
                    app = source.path.partition("/")[0]
                    places[app, node.name].append(f"{source.path}:{node.lineno}")
    return [f"{name}: {', '.join(where)}" for (_, name), where in places.items() if len(where) > 1]


def test_a_long_function_is_found():
    body = "def f():\n" + "    x = 1\n" * FUNCTION

    assert list(long_functions(Source("golive/x.py", body))) == ["golive/x.py:1 f has 41 lines"]


def test_a_function_at_the_cap_passes():
    assert list(long_functions(Source("golive/x.py", "def f():\n" + "    x = 1\n" * (FUNCTION - 1)))) == []


@pytest.mark.parametrize(("path", "cap"), [("golive/x.py", FILE), ("tests/test_x.py", TEST_FILE)])
def test_a_long_file_is_found(path, cap):
    assert list(long_file(Source(path, "x = 1\n" * cap))) == []
    assert len(list(long_file(Source(path, "x = 1\n" * (cap + 1))))) == 1


def test_an_empty_name_is_found():
    assert len(list(empty_names(Source("projects/plan/utils.py", "")))) == 1


def test_a_shared_class_name_is_found():
    sources = [
        Source("projects/plan/models.py", "class Note: ..."),
        Source("projects/evidence/models.py", "class Note: ..."),
    ]

    assert shared_class_names(sources) == ["Note: projects/plan/models.py:1, projects/evidence/models.py:1"]


@pytest.mark.parametrize("check", [long_functions, empty_names])
def test_our_sources_hold(check):
    sources = [source for source in product() if not source.is_migration]

    assert [wrong for source in sources for wrong in check(source)] == []


def test_our_files_are_short():
    sources = [source for source in product() + read("tests") if not source.is_migration]

    assert [wrong for source in sources for wrong in long_file(source)] == []


def test_class_names_are_unique():
    assert shared_class_names(product()) == []
