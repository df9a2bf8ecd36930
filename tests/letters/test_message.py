import email
import email.policy

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives

from golive.letters.checks import guidance_is_not_the_review, senders_are_ours
from golive.letters.content import letters
from golive.letters.message import build, one_line
from golive.letters.models import LetterRow
from golive.letters.senders import address_of, sender
from tests.letters.conftest import MORNING, words_of

EVIL = [
    "Mara\r\nBcc: all@example.com",
    "Mara\nSubject: other",
    "Mara\rX: y",
    "Mara\u2028Bcc: a@example.com",
    "Mara\u2029\u0085\x0b\x0c\x1c\x1d\x1eBcc: a@example.com",
    "\r\n\r\n<html>",
    "=?utf-8?q?Bcc:_a=40example.com?=",
    "Mara\x00\x1b[31m",
    "\ud800lone surrogate",
    "\u202egpj.exe",
    "x" * 10_000,
    'Mara" <other@example.com>, "',
    "Mara, Bela; Ivo <x@y>",
    "(comment) \\",
    "😀 Ünï çødé 例え",
    "",
    "{project} {0} %s {{ x }} {% x %}",
]
PLAIN_FROM = {
    "guidance": "Go Guidance <guidance@go.example>",
    "review": "Go Review <review@go.example>",
    "system": "Go <go@go.example>",
}


@pytest.fixture(autouse=True)
def senders(settings):
    settings.GUIDANCE_FROM, settings.REVIEW_FROM = PLAIN_FROM["guidance"], PLAIN_FROM["review"]
    settings.DEFAULT_FROM_EMAIL = settings.SERVER_EMAIL = PLAIN_FROM["system"]


def row_of(key: str, *, name: str = "Mara", word: str = "", url: str = "https://go.example/x") -> LetterRow:
    words = {key: word or value for key, value in words_of(key).items()} | {"name": name}
    return LetterRow(
        letter=key,
        words=words,
        address="mara@example.com",
        url=url,
        message_id="<1@go.example>",
        queued_at=MORNING,
        delivery_class="security",
    )


def received(message: EmailMultiAlternatives) -> email.message.EmailMessage:
    """As the other side reads it."""
    return email.message_from_bytes(message.message().as_bytes(), policy=email.policy.default)


@pytest.mark.parametrize("word", EVIL, ids=range(len(EVIL)))
def test_no_word_breaks_out_of_a_header_or_the_builder(word):
    for key in "submission_received", "request_commented":
        read = received(build(row_of(key, name=word, word=word)))

        assert sorted({name.lower() for name in read.keys()}) == [  # noqa: SIM118 - a message is no dict
            "auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "subject", "to",
            "x-auto-response-suppress",
        ]  # fmt: skip
        assert len(read.get_all("subject")) == len(read.get_all("from")) == 1
        assert [address.addr_spec for address in read["to"].addresses] == ["mara@example.com"]
        assert "\n" not in read["subject"]
        assert len(read["subject"].strip()) <= 180


def test_one_line_is_one_line():
    assert one_line(" a\r\n\tb\u2028c\u202ed\x00 ", 20) == "a b cd"
    assert one_line("x" * 30, 20) == "x" * 19 + "…"


def test_both_parts_say_the_same_and_html_is_inert():
    read = received(build(row_of("request_commented", name="<script>alert(1)</script>", word="<b>&amp;</b>")))
    text, html = (read.get_body((kind,)).get_content() for kind in ("plain", "html"))

    assert "<script>" in text
    assert "<b>&amp;</b> wrote a comment" in text
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt; wrote a comment" in html
    assert "<script" not in html
    assert "https://go.example/x" in text
    assert 'href="https://go.example/x"' in html
    assert "style=" not in html


def test_a_paragraph_without_its_optional_word_is_left_out():
    row = row_of("production_deployed")
    assert "is its administrator" in build(row).body

    del row.words["administrator"]

    assert "is its administrator" not in build(row).body


@pytest.mark.parametrize("key", sorted(letters()))
def test_every_letter_carries_the_configured_address_of_its_kind(key):
    read = received(build(row_of(key)))

    assert read["from"] == PLAIN_FROM[letters()[key].sender]
    assert read["message-id"] == "<1@go.example>"
    assert "list-unsubscribe" not in read


@pytest.fixture
def guidance_letter(monkeypatch):
    """A guidance letter; the series itself comes with its slice."""
    one = letters()["request_commented"].__class__(
        **{**vars(letters()["request_commented"]), "key": "some_guidance", "sender": "guidance"}
    )
    monkeypatch.setattr("golive.letters.message.letter", lambda key: one)
    monkeypatch.setattr("golive.letters.actions.letter", lambda key: one)
    monkeypatch.setattr("golive.letters.delivery.letter", lambda key: one)
    return "request_commented"


@pytest.mark.req("S0-6")
@pytest.mark.django_db
def test_all_guidance_comes_from_the_one_configured_address(guidance_letter, write, deliver, settings):
    write(guidance_letter, matter="project:AAAA-222")
    write(guidance_letter, matter="project:BBBB-222")
    deliver()
    settings.GUIDANCE_FROM = "Other <other@go.example>"
    write(guidance_letter, matter="project:CCCC-222")
    deliver()

    senders = [message.from_email for message in mail.outbox]
    assert senders == [PLAIN_FROM["guidance"], PLAIN_FROM["guidance"], "Other <other@go.example>"]


@pytest.mark.req("S0-6", "S1-48")
@pytest.mark.parametrize("name", ["REVIEW_FROM", "GOLIVE_MAILBOX"])
def test_guidance_and_the_review_are_two_identities(settings, name):
    assert guidance_is_not_the_review() == []

    setattr(settings, name, "Review <GUIDANCE@go.example>")
    assert [error.id for error in guidance_is_not_the_review()] == ["golive.letters.E002"]


VENDOR = [
    "guidance@microsoft.com",
    "Guidance <d365ftfo@microsoft.com>",
    "Guidance <a@MICROSOFT.COM>",
    "Guidance <a@mail.microsoft.com>",
    "Guidance <a@microsoft.com.>",
    "Guidance <a@ｍicrosoft.com>",
    "a@go.example, b@microsoft.com",
    "Guidance <a@go.example> <b@microsoft.com>",
    "a@go.example\nBcc: b@microsoft.com",
]


@pytest.mark.req("S0-8")
@pytest.mark.parametrize(
    "name", ["GUIDANCE_FROM", "REVIEW_FROM", "DEFAULT_FROM_EMAIL", "SERVER_EMAIL", "GOLIVE_MAILBOX"]
)
@pytest.mark.parametrize("value", VENDOR, ids=range(len(VENDOR)))
def test_no_setting_makes_the_product_start_as_microsoft(settings, name, value):
    setattr(settings, name, value)

    assert "golive.letters.E001" in [error.id for error in senders_are_ours()]


@pytest.mark.req("S0-8")
@pytest.mark.parametrize("value", VENDOR, ids=range(len(VENDOR)))
def test_no_letter_is_ever_built_as_microsoft(settings, value):
    settings.GUIDANCE_FROM = settings.REVIEW_FROM = settings.DEFAULT_FROM_EMAIL = value

    for key in letters():
        with pytest.raises(ImproperlyConfigured):
            build(row_of(key))


@pytest.mark.req("S0-8")
def test_names_that_only_look_alike_are_somebody_elses_business(settings):
    settings.GUIDANCE_FROM = "Guidance <a@notmicrosoft.com>"

    assert sender("guidance") == "Guidance <a@notmicrosoft.com>"
    assert senders_are_ours() == []


def test_one_address_or_none():
    assert address_of("Go <a@go.example>") == "a@go.example"
    assert address_of("a@go.example, b@go.example") == ""
    assert address_of("nobody") == "nobody"
