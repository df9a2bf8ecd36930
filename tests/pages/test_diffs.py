"""Two texts beside each other."""

import pytest
from django.template import Context, Template

from golive.pages.diffs import MOST_WORDS, Piece, sides_of


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [("", ""), ("Yes.", ""), ("a  b\n\nc", "a b c"), ("All testers used roles.", "All but two testers used roles.")],
)
def test_each_side_is_its_text_again(theirs: str, mine: str) -> None:
    left, right = sides_of(theirs, mine)

    assert ["".join(piece.text for piece in side) for side in (left, right)] == [theirs, mine]


def test_what_only_one_side_says_is_marked_on_that_side() -> None:
    left, right = sides_of("Yes, all of them.", "Partly, all of them.")

    assert left == [Piece("Yes, ", True), Piece("all of them.", False)]
    assert right == [Piece("Partly, ", True), Piece("all of them.", False)]


def test_very_long_texts_are_shown_whole() -> None:
    assert sides_of("word " * MOST_WORDS, "mine") == ([Piece("word " * MOST_WORDS, True)], [Piece("mine", True)])


def test_both_buttons_are_plain_and_carry_their_fields() -> None:
    known = "label='UA-06' by='Jonas' when='11:58' revision=16 csrf_token='tok'"
    source = "{% load golive %}{% diff 'a <b>' 'a c' url='/keep/' keep_theirs=t keep_mine=m " + known + " %}"

    html = Template(source).render(Context({"t": {"keep": "theirs"}, "m": {"keep": "mine"}}))

    assert html.count('class="button" data-kind="plain"') == html.count('<form method="post" action="/keep/"') == 2
    assert 'name="keep" value="theirs"' in html
    assert 'name="keep" value="mine"' in html
    assert "<del>&lt;b&gt;</del>" in html
    assert "<ins>c</ins>" in html
