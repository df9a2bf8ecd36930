import pytest

from reviews.assessment.models import Finding
from reviews.conclusion.views.findings import state_words


@pytest.mark.parametrize(
    ("kind", "state", "word"),
    [("risk", "open", "Open"), ("assertion", "open", "Noted"), ("assertion", "draft", "Draft")],
)
def test_a_strength_is_no_open_work(kind, state, word):
    assert state_words(Finding(kind=kind, state=state)) == word
