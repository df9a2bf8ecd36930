"""Templates hold words and shape: no script, style or query of their own, short, every sentence translatable."""

import re
from collections.abc import Callable

from tests.architecture.code import ROOT

FOLDER = ROOT / "templates"
TEXTS = {str(path.relative_to(FOLDER)): path.read_text() for path in sorted(FOLDER.rglob("*.html"))}
MOST_LINES = 120
TAGS = {
    "block", "blocktrans", "blocktranslate", "comment", "csrf_token", "cycle", "elif", "else", "empty", "extends",
    "firstof", "for", "get_current_language", "if", "include", "load", "now", "plural", "querystring", "regroup",
    "static", "trans", "translate", "url", "with",
    "htmx_script", "element", "slot",
    "icon", "dated", "changes", "diff", "countdown", "meter", "clock", "timeline", "journey", "project_tabs",
}  # fmt: skip
INLINE = {
    "script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "style": re.compile(r"<style|\sstyle\s*=", re.IGNORECASE),
    "handler": re.compile(r"<[^>]*\son[a-z]+\s*=|\shx-on[:-]|javascript:", re.IGNORECASE),
    "script in a value": re.compile(r"hx-(?:vals|headers|vars)\s*=\s*[\"']js:|hx-vars", re.IGNORECASE),
    "foreign address": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
}
# Printed and mailed documents stand alone: a mail reader knows no style sheet, a column tells its width itself.
STAND_ALONE = ("letters/", "reviews/report/", "projects/checklist/papers/")
SENTENCE = re.compile(r"[A-Za-z]{3,}")
SPOKEN = re.compile(r"\s(?:aria-label|title|placeholder|alt)=\"([^\"{]*[A-Za-z]{3}[^\"{]*)\"")
UNTRANSLATED = {"Golive"}


def without_comments(text: str) -> str:
    text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.DOTALL)
    return re.sub(r"\{#.*?#\}", "", text)


def read_words(text: str) -> list[str]:
    """What a person reads or hears that stands in the template itself, outside of its translation tags."""
    text = re.sub(r"\{% block main_class %\}.*?\{% endblock %\}", "", without_comments(text))
    spoken = SPOKEN.findall(text)
    for tag in ("blocktrans", "blocktranslate"):
        text = re.sub(rf"\{{% {tag}\b.*?\{{% end{tag} %\}}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{[%{].*?[%}]\}", "", text, flags=re.DOTALL)
    text = re.sub(r"<(svg|kbd|code)\b.*?</\1>|<[^>]*>|&\w+;", "\n", text, flags=re.DOTALL)
    return spoken + [line.strip() for line in text.splitlines() if SENTENCE.search(line)]


def hits(find: Callable[[str], list[str]]) -> dict[str, list[str]]:
    """The templates in which something is found, with what."""
    found = {name: find(without_comments(text)) for name, text in TEXTS.items()}
    return {name: what for name, what in found.items() if what}


def test_no_template_carries_script_or_style() -> None:
    found = {kind: hits(pattern.findall) for kind, pattern in INLINE.items()}
    found["style"] = {name: what for name, what in found["style"].items() if not name.startswith(STAND_ALONE)}

    assert {kind: where for kind, where in found.items() if where} == {}


def test_a_template_stays_short() -> None:
    lines = {name: len(text.splitlines()) for name, text in TEXTS.items()}

    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_a_template_only_chooses_repeats_and_includes() -> None:
    def foreign(text: str) -> list[str]:
        return sorted({tag for tag in re.findall(r"\{%-?\s*(\w+)", text) if tag.removeprefix("end") not in TAGS})

    assert hits(foreign) == {}


def test_a_component_gets_what_it_is_given_and_nothing_else() -> None:
    def open_calls(text: str) -> list[str]:
        return [call for call in re.findall(r"\{% include \"components/[^%]*%\}", text) if not call.endswith("only %}")]

    assert hits(open_calls) == {}


def test_every_word_for_people_can_be_translated() -> None:
    assert hits(lambda text: [words for words in read_words(text) if words not in UNTRANSLATED]) == {}


def test_a_component_says_what_it_takes() -> None:
    silent = [name for name, text in TEXTS.items() if name.startswith("components/") and without_comments(text) == text]

    assert silent == []


def test_every_post_form_of_ours_carries_the_token() -> None:
    def bare(text: str) -> list[str]:
        forms = re.findall(r"<form\b[^>]*method=\"(?:post|\{\{)[^>]*>.*?</form>", text, flags=re.DOTALL)
        return [form[:80] for form in forms if "csrf_token" not in form]

    assert hits(bare) == {}


def test_the_words_test_sees_a_forgotten_sentence() -> None:
    text = '<p aria-label="Lost">{% trans "Fine" %}</p><p>Not <b>fine</b></p>{# aside #}'

    assert read_words(text) == ["Lost", "Not", "fine"]
