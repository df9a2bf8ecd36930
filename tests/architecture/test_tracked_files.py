"""What no committed file may say: the address of a package index or a path of a machine; and the names at the top."""

import re
from collections.abc import Iterator

import pytest

from tests.architecture.code import ROOT, tracked

# Written in pieces, so that this file does not find itself.
INDEX = re.compile(
    r"py" + r"pi\.org|python" + r"hosted\.org|npm" + r"js\.org|deb\.deb" + r"ian\.org|https?://[^\s\"'<>]*/simple\b|"
    r"--(extra-)?index-" + r"url[= ]|--find-" + r"links|--trusted-" + r"host",
    re.IGNORECASE,
)
MACHINE = re.compile(r"(?<![\w.])/(wor" + r"k|roo" + r"t|ho" + r"me|Use" + r"rs)/[\w.]")
TOP = {
    "manage.py",
    "pyproject.toml",
    "README.md",
    "Makefile",
    "requirements.lock",
    "requirements-dev.lock",
    "CHANGELOG.md",
    "LICENSE",
    "SECURITY.md",
    "NOTICE",
    "golive",
    "projects",
    "reviews",
    "templates",
    "static",
    "tests",
}


def forbidden(name: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if INDEX.search(line):
            yield f"{name}:{number} names a package index"
        if MACHINE.search(line):
            yield f"{name}:{number} names a path of a machine"


@pytest.mark.parametrize(
    "line",
    [
        "see https://py" + "pi.org/project/x",
        "--index-" + "url https://mirror.example/",
        "index = 'https://mirror.example/ro" + "ot/sim" + "ple'",
        "cd /wor" + "k/main",
        "open('/ho" + "me/mara/x')",
    ],
)
def test_a_forbidden_line_is_found(line):
    assert len(list(forbidden("x", line))) == 1


@pytest.mark.parametrize(
    "line", ["/api/v1/my-work/", "/tmp/x", "a/wor" + "k/b", "--no-emit-index-" + "url", "https://github.com/x"]
)
def test_an_honest_line_passes(line):
    assert list(forbidden("x", line)) == []


def test_no_tracked_file_names_an_index_or_a_machine():
    wrong = []
    for path in tracked():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue  # a picture
        wrong += forbidden(str(path.relative_to(ROOT)), text)

    assert wrong == []


def test_the_top_level_holds_the_agreed_names_only():
    names = {path.relative_to(ROOT).parts[0] for path in tracked()}

    assert {name for name in names if not name.startswith(".")} - TOP == set()
