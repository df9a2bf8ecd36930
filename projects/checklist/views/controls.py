"""The controls of an answer, drawn by ourselves: a page has hundreds, and as widgets they took most of its time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from golive.core.text import BLOCK
from projects.checklist.forms.answering import LABELS, answer_label
from projects.checklist.rules.answers import DETAIL_LIMIT, AnswerContent, choices_of, details_asked_of, to_json
from projects.checklist.rules.questions import Question

FEW = 5  # options that stand beside each other; more become a list to choose from
CAPS = {"value": BLOCK, "note": BLOCK, "pending_what": DETAIL_LIMIT, "reason": DETAIL_LIMIT}
LARGEST = {"percent": "100", "number": ""}
ON, OFF, CHOSEN, OPEN = " checked", "", " selected", " open"

Typed = Mapping[str, list[str]]


def typed_of(content: AnswerContent) -> dict[str, list[str]]:
    """A stored answer as its fields would have sent it."""
    said: dict[str, Any] = to_json(content)
    return {
        name: [str(one) for one in value] if isinstance(value, list) else [str(value)] for name, value in said.items()
    }


@cache
def labels_in(language: str) -> dict[str, str]:
    """Looked up once, not for each of hundreds of fields."""
    with override(language):
        return {name: str(label) for name, label in LABELS.items()}


@dataclass(frozen=True)
class Controls:
    """`notes`: what stands under a field that was not accepted, drawn already."""

    question: Question
    typed: Typed
    notes: Mapping[str, SafeString] = field(default_factory=dict)

    def __str__(self) -> SafeString:
        value = self.chosen() if self.question.choices else self.free()
        details = [self.group(answer, names) for answer, names in details_asked_of(self.question).items()]
        return format_html_join("", "{}", ((part,) for part in (value, *details, self.note())))

    __html__ = __str__

    @cached_property
    def labels(self) -> dict[str, str]:
        return labels_in(get_language() or "")

    def id_of(self, name: str) -> str:
        return f"{self.question.id}-{name}"

    def sent(self, name: str) -> str:
        return next(iter(self.typed.get(name, ())), "")

    def under(self, name: str) -> str:
        return self.notes.get(name, OFF)

    def faulty(self, name: str) -> str:
        if name not in self.notes:
            return OFF
        return format_html(' aria-invalid="true" aria-describedby="{}_error"', self.id_of(name))

    def chosen(self) -> SafeString:
        many = self.question.answer == "multi"
        options = self.options(many) if many or len(self.question.choices) <= FEW else self.listed()
        return format_html(
            '<fieldset class="field" id="{}"{}><legend class="vh">{}</legend>{}{}</fieldset>',
            self.id_of("value"),
            self.faulty("value"),
            self.question.text,
            options,
            self.under("value"),
        )

    def options(self, many: bool) -> SafeString:
        given, kind = set(self.typed.get("value", ())), "checkbox" if many else "radio"
        rows = (
            (kind, option, self.question.id, number, ON if option in given else OFF, words)
            for number, (option, words) in enumerate(choices_of(self.question))
        )
        each = '<label><input type="{}" name="value" value="{}" id="{}-value_{}"{}>{}</label>'
        around = '<div class="choice" data-kind="many">{}</div>' if many else '<div class="choice">{}</div>'
        return format_html(around, format_html_join("", each, rows))

    def listed(self) -> SafeString:
        given = self.sent("value")
        words = [("", _("No answer yet")), *choices_of(self.question)]
        options = ((option, CHOSEN if option == given else OFF, text) for option, text in words)
        return format_html(
            '<div class="field short"><select name="value" aria-label="{}">{}</select></div>',
            self.question.text,
            format_html_join("", '<option value="{}"{}>{}</option>', options),
        )

    def free(self) -> SafeString:
        kind = self.question.answer
        wide = kind in {"text", "file_or_text"}
        unknown = self.unknown() if self.question.may_be_unknown else OFF
        return format_html(
            '<div class="row"><div class="field{}"><label class="vh" for="{}">{}</label>{}{}</div>{}</div>{}',
            "" if wide else " short",
            self.id_of("value"),
            answer_label(self.question),
            self.area("value") if wide else self.measured(kind),
            self.under("value"),
            unknown,
            self.under("unknown"),
        )

    def measured(self, kind: str) -> SafeString:
        if kind == "date":
            return self.day("value")
        unit = _("per cent") if kind == "percent" else self.question.unit
        html = (
            '<span class="dated"><input type="number" name="value" id="{}" value="{}" min="0" max="{}" step="any"{}>'
            "<span>{}</span></span>"
        )
        return format_html(html, self.id_of("value"), self.sent("value"), LARGEST[kind], self.faulty("value"), unit)

    def unknown(self) -> SafeString:
        checked = ON if "unknown" in self.typed else OFF
        html = '<label class="check"><input type="checkbox" name="unknown" id="{}"{}>{}</label>'
        return format_html(html, self.id_of("unknown"), checked, self.labels["unknown"])

    def group(self, answer: str, names: tuple[str, ...]) -> SafeString:
        fields = format_html_join("", "{}", ((self.detail(name),) for name in names))
        return format_html('<div class="fields" data-for="{}">{}</div>', answer, fields)

    def detail(self, name: str) -> SafeString:
        drawn = {"pending_owner": self.line, "pending_due": self.day}.get(name, self.area)(name)
        html = '<div class="field"><label for="{}">{}</label>{}{}</div>'
        return format_html(html, self.id_of(name), self.labels[name], drawn, self.under(name))

    def line(self, name: str) -> SafeString:
        html = '<input type="text" name="{}" id="{}" value="{}"{}>'
        return format_html(html, name, self.id_of(name), self.sent(name), self.faulty(name))

    def day(self, name: str) -> SafeString:
        html = (
            '<span class="dated"><input type="date" name="{}" id="{}" value="{}"{}>'
            '<output for="{}" data-words>{}</output></span>'
        )
        id_, sent = self.id_of(name), self.sent(name)
        return format_html(html, name, id_, sent, self.faulty(name), id_, day_in_words(sent))

    def area(self, name: str) -> SafeString:
        html = '<textarea name="{}" id="{}" rows="2" data-cap="{}"{}>\n{}</textarea>'
        return format_html(html, name, self.id_of(name), CAPS[name], self.faulty(name), self.sent(name))

    def note(self) -> SafeString:
        return format_html(
            '<details class="remark"{}><summary>{}<span class="vh"> {}</span></summary>'
            '<div class="field" data-wide><label class="vh" for="{}">{} {}</label>{}{}</div></details>',
            OPEN if self.sent("note") or "note" in self.notes else OFF,
            self.labels["note"],
            self.question.id,
            self.id_of("note"),
            self.labels["note"],
            self.question.id,
            self.area("note"),
            self.under("note"),
        )


def day_in_words(sent: str) -> str:
    """Beside a date field, whatever was typed in it."""
    try:
        return date_format(date.fromisoformat(sent), _("D j M Y")) if sent else ""
    except ValueError:
        return ""
