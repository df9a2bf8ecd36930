"""The README says what a newcomer needs and stays true: commands, map, words, the plain statement."""

import re

import pytest

from tests.architecture.code import PACKAGES, ROOT, SLICES, product, slice_of

README = (ROOT / "README.md").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()
WORDS = [
    "phase",
    "station",
    "round",
    "finding",
    "conclude",
    "clearance",
    "request sign-off",
    "held",
    "version",
    "letter",
]


def existing_places() -> set[str]:
    """Every package and slice with code in it, as a path."""
    slices = {"/".join(place) for source in product() if (place := slice_of(source.module))}
    packages = {package.replace(".", "/") for package in PACKAGES if package not in SLICES}
    return {place for place in slices | packages if any((ROOT / place).rglob("*.py"))}


def test_every_make_target_is_there_and_every_command_named_is_a_target():
    targets = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", README, re.MULTILINE))

    assert named <= targets
    assert targets - named - {"help"} == set()


@pytest.mark.parametrize("place", sorted(existing_places()))
def test_the_map_names_every_place(place):
    assert f"| `{place}` |" in README


@pytest.mark.parametrize("word", WORDS)
def test_the_words_are_explained(word):
    assert re.search(rf"^\| {word}\b", README, re.MULTILINE)


def test_the_import_order_is_the_one_that_is_kept():
    order = " < ".join(
        f"`{package.removeprefix('golive.') if number else package}`" for number, package in enumerate(PACKAGES)
    )

    assert order in README


def test_it_says_plainly_that_it_is_no_vendors_product():
    assert "It is no vendor's product" in README
    assert "belong to their owners" in (ROOT / "NOTICE").read_text()
    assert "Apache License" in (ROOT / "LICENSE").read_text()


def test_every_file_it_links_to_exists():
    links = re.findall(r"\]\((?!https?:|#)([^)]+)\)", README)

    assert [link for link in links if not (ROOT / link).exists()] == []
