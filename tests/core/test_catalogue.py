"""Content files: what is wrong is said with file and key; a folder's hash changes with any sign of it."""

import pytest

from golive.core.catalogue import CatalogueError, check_keys, check_unique, folder_hash, load_toml


def test_a_broken_file_is_named(tmp_path):
    file = tmp_path / "broken.toml"
    file.write_text("a = ")

    with pytest.raises(CatalogueError, match=r"^broken\.toml: "):
        load_toml(file)


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ({"id": "A", "colour": "red"}, "f.toml: topic A.colour: unknown key"),
        ({}, "f.toml: topic A.id: is missing"),
        ({"id": ""}, "f.toml: topic A.id: is empty"),
        ({"id": 1}, "f.toml: topic A.id: str is expected"),
        ({"id": "A", "count": True}, "f.toml: topic A.count: int is expected"),
        ({"id": "A", "tags": [1]}, "f.toml: topic A.tags: a list of texts or tables is expected"),
        ("A", "f.toml: topic A: a table is expected"),
    ],
)
def test_a_table_is_held_to_its_keys(table, complaint):
    with pytest.raises(CatalogueError) as caught:
        check_keys(table, file="/x/f.toml", at="topic A", required={"id": str}, optional={"count": int, "tags": list})

    assert str(caught.value) == complaint


def test_an_id_stands_once():
    with pytest.raises(CatalogueError, match="'A' stands there twice"):
        check_unique(["A", "B", "A"], file="f.toml", at="step")


def test_the_hash_knows_names_contents_and_borders(tmp_path):
    (tmp_path / "a.toml").write_text("one\n")
    (tmp_path / "b.toml").write_text("two\n")
    before = folder_hash(tmp_path)

    (tmp_path / "a.toml").write_text("one\ntwo\n")
    (tmp_path / "b.toml").write_text("")
    moved = folder_hash(tmp_path)
    (tmp_path / "a.toml").write_bytes(b"one\r\n")
    (tmp_path / "b.toml").write_text("two\n")

    assert moved != before
    assert folder_hash(tmp_path) == before  # a checkout with other line ends is the same content
    (tmp_path / "b.toml").rename(tmp_path / "c.toml")
    assert folder_hash(tmp_path) != before
