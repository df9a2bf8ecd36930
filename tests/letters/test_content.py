import pytest

from golive.core.catalogue import CatalogueError
from golive.letters.content import FOLDER, BadLetter, fill, letters, load

FOUNDATION = {
    "invitation", "password_reset", "account_notice", "submission_received", "review_taken", "report_delivered",
    "mitigation_requested", "plan_submitted", "plan_decided", "review_concluded", "review_suspended",
    "request_signed_off", "request_released", "request_commented", "request_denied", "production_deployed",
    "sign_off_cleared", "project_paused", "project_resumed", "project_closed", "invited_elsewhere",
    "answer_mentioned", "checklist_received",
}  # fmt: skip
VENDORS = ("microsoft", "dynamics", "azure", "lcs", "fasttrack", "office")
GOOD = """
class = "guidance"
sender = "guidance"
audience = "all"
subject = "{project}: a subject"
body = ["Hello {name} of {project}.", "Until {until}."]
action = "Open"
words = ["project"]
optional = ["until"]
"""


def test_every_letter_of_the_catalogue_is_whole():
    assert set(letters()) == FOUNDATION == {path.stem for path in FOLDER.iterdir()}
    assert all(len(one.body) >= 2 and one.action for one in letters().values())


@pytest.mark.parametrize("key", sorted(FOUNDATION))
def test_no_letter_names_a_vendor_or_leaves_a_sentence_open(key):
    one = letters()[key]

    assert not [word for word in VENDORS if word in " ".join(one.texts).lower()]
    assert all(text.strip()[-1] in ".}" for text in one.body)
    assert len(one.subject) < 70


def test_only_guidance_and_comments_may_end_in_doubt():
    doubtful = {key for key, one in letters().items() if one.delivery_class == "guidance"}

    assert doubtful == {"review_taken", "request_commented", "answer_mentioned"}


def test_what_opens_an_account_is_forgotten():
    assert {key for key, one in letters().items() if one.once} == {"invitation", "password_reset"}


@pytest.fixture
def loaded(tmp_path):
    def loaded(text: str):
        path = tmp_path / "try_out.toml"
        path.write_text(text)
        return load(path)

    return loaded


def test_a_good_file_loads(loaded):
    one = loaded(GOOD)

    assert (one.key, one.words, one.optional, one.once) == ("try_out", {"project"}, {"until"}, False)


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("{name} of", "{nobody} of", "nobody gives"),
        ('["project"]', '["project", "who"]', "never used"),
        ("{project}: a", "{until}: a", "always there"),
        ("{name} of", "{name.__class__} of", "plain names"),
        ("{name} of", "{project[0]} of", "plain names"),
        ("{name} of", "{project!r} of", "plain names"),
        ("{name} of", "{project:>99} of", "plain names"),
        ("{name} of", "{} of", "plain names"),
        ("{name} of", "{name of", "expected"),
        ('"guidance"\nsender', '"urgent"\nsender', "unknown class"),
        ('sender = "guidance"', 'sender = "somebody"', "unknown class or sender"),
        ('audience = "all"', 'audience = ""', "missing"),
        ('action = "Open"', 'aktion = "Open"', "unknown"),
    ],
)
def test_a_bad_file_is_refused(loaded, before, after, complaint):
    assert before in GOOD

    with pytest.raises(BadLetter, match=complaint):
        loaded(GOOD.replace(before, after))


def test_a_file_that_is_no_toml_is_refused(loaded):
    with pytest.raises(CatalogueError):
        loaded("subject = ")


def test_words_are_never_read_as_placeholders():
    assert fill("{who} wrote.", {"who": "{project.__class__} {0} %s"}) == "{project.__class__} {0} %s wrote."
