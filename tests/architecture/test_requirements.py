"""The list of what the product must do and the marks of the tests know each other."""

import pytest

from tests.tools import requirements


def test_marks_are_read_from_the_source():
    text = '@pytest.mark.req("S1-30", "S1-31")\ndef test_x(): ...\n\npytestmark = pytest.mark.req("S0-6")'

    assert sorted(item for item, _ in requirements.marks(text)) == ["S0-6", "S1-30", "S1-31"]


def test_a_mark_that_is_no_literal_is_refused():
    with pytest.raises(ValueError, match="malformed node"):
        list(requirements.marks("@pytest.mark.req(ITEM)\ndef test_x(): ..."))


def test_every_marked_item_exists():
    assert requirements.proofs().keys() - requirements.items().keys() == set()


def test_no_background_item_pretends_to_be_proved():
    items = requirements.items()

    assert [item for item in requirements.proofs() if items[item]["proof"] not in requirements.BY_A_TEST] == []


def test_every_item_says_how_it_is_proved():
    assert {item["proof"] for item in requirements.items().values()} <= {"test", "content", "context"}
