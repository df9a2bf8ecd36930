"""The components: what each promises to everybody who includes it."""

import datetime
from types import ModuleType

import pytest
from django import forms
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import path

from golive.core.decision import ALLOWED, Cure, Decision, Reason

urlconf = ModuleType("component_urls")
urlconf.urlpatterns = [path("projects/<key>/checklist/", lambda request, key: HttpResponse(), name="checklist")]

REFUSED = Decision(
    missing=(
        Reason("unanswered", "Five questions are <b>open</b>.", Cure("checklist", {"key": "HALD-7Q2"}, "UA-03")),
        Reason("no_page", "No page mends this.", Cure("not_written_yet")),
        Reason("wait", "The review is not signed off."),
    )
)


@pytest.fixture(autouse=True)
def urls(settings) -> None:
    settings.ROOT_URLCONF = urlconf


def component(name: str, **context) -> str:
    return render_to_string(f"components/{name}.html", context)


class PlanForm(forms.Form):
    name = forms.CharField(label="Name", help_text="Short", max_length=5)
    day = forms.DateField(label="Go-live", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ended = forms.ChoiceField(label="Ended", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False)
    unknown = forms.BooleanField(label="Not known yet", required=False)


# --- action ----------------------------------------------------------------------------------------------------------
def test_an_allowed_act_is_a_form_with_its_token_and_fields() -> None:
    html = component("action", label="Submit", url="/go/", decision=ALLOWED, csrf_token="tok", fields={"revision": 3})

    assert '<form method="post" action="/go/">' in html
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="tok">' in html
    assert '<input type="hidden" name="revision" value="3">' in html
    assert '<button class="button" type="submit">Submit</button>' in html
    assert "aria-disabled" not in html


def test_a_refused_act_keeps_its_place_and_names_every_reason() -> None:
    html = component("action", label="Submit", url="/go/", decision=REFUSED, csrf_token="tok", id="submit")

    assert 'type="button" aria-disabled="true" aria-describedby="submit-reasons"' in html
    assert '<ol class="reasons" id="submit-reasons">' in html
    assert "<form" not in html
    assert " disabled" not in html
    assert [text in html for text in ("Five questions are", "No page mends this.", "not signed off")] == [True] * 3


def test_a_reason_links_to_its_cure_where_one_exists() -> None:
    html = component("reasons", reasons=REFUSED.reasons)

    assert html.count("<a ") == 1
    assert '<a href="/projects/HALD-7Q2/checklist/#UA-03">Show it' in html


def test_the_words_of_a_reason_are_escaped() -> None:
    assert "<b>open</b>" not in component("reasons", reasons=REFUSED.reasons)


def test_an_act_that_asks_once_is_a_link_to_its_question() -> None:
    html = component("action", label="Submit", url="/ask/", decision=ALLOWED, method="get", ask=True)

    assert '<a class="button" href="/ask/" data-ask>Submit</a>' in html


def test_an_act_in_a_list_can_answer_in_place() -> None:
    html = component("action", label="Mark done", url="/done/", decision=ALLOWED, csrf_token="t", target="#T08")

    assert 'hx-post="/done/" hx-target="#T08" hx-swap="outerHTML"' in html


# --- fields and forms ------------------------------------------------------------------------------------------------
def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    form = PlanForm({"name": "too long", "day": "2026-12-04"})
    form.is_valid()

    html = component("field", field=form["name"])

    assert '<label for="id_name">Name' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'class="error" id="id_name_error"' in html
    assert 'class="hint" id="id_name_helptext">Short' in html


def test_only_what_is_required_has_an_asterisk() -> None:
    form = PlanForm()

    assert 'class="must"' in component("field", field=form["name"])
    assert 'class="must"' not in component("field", field=form["note"])


@pytest.mark.parametrize(
    ("typed", "words"), [("2026-11-04", "Wed 4 Nov 2026"), ("2026-02-31", ""), ("<b>", ""), ("", "")]
)
def test_a_date_stands_in_words_beside_its_field(typed: str, words: str) -> None:
    html = component("field", field=PlanForm({"day": typed})["day"])

    assert f'<output for="id_day" data-words>{words}</output>' in html


def test_a_choice_is_a_group_with_a_legend() -> None:
    html = component("field", field=PlanForm()["ended"])

    assert '<fieldset class="field" id="id_ended"' in html
    assert "<legend>Ended" in html
    assert html.count("<label>") == 2


def test_a_tick_stands_before_its_words() -> None:
    html = component("field", field=PlanForm()["unknown"])

    assert '<label class="check"><input type="checkbox" name="unknown" id="id_unknown">' in html


def test_the_summary_links_to_each_field_with_an_error() -> None:
    form = PlanForm({"name": "too long", "day": "never"})
    form.is_valid()
    form.add_error(None, "Both cannot be.")

    html = component("errors", form=form)

    assert 'role="alert"' in html
    assert [target in html for target in ('href="#id_name"', 'href="#id_day"', 'href="#id_ended"')] == [True] * 3
    assert "4 things to mend" in html
    assert "Both cannot be." in html


def test_a_good_form_has_no_summary() -> None:
    assert component("errors", form=PlanForm()).strip() == ""


def test_a_form_carries_its_token_unless_it_only_asks() -> None:
    posts = component("form", form=PlanForm(), url="/x/", label="Save", csrf_token="tok")
    gets = component("form", form=PlanForm(), url="/x/", label="Filter", method="get", csrf_token="tok")

    assert 'name="csrfmiddlewaretoken"' in posts
    assert 'name="csrfmiddlewaretoken"' not in gets


# --- what is asked and told ------------------------------------------------------------------------------------------
def test_a_question_says_what_happens_and_how_back() -> None:
    facts = [("What happens", "Imke gets the review"), ("Way back", "Withdraw it")]

    html = component(
        "dialog", title="Submit?", facts=facts, url="/go/", label="Submit", csrf_token="t", cancel="/back/"
    )

    assert '<dialog class="dialog flow" open aria-labelledby="h-dialog">' in html
    assert "<dt>What happens</dt><dd>Imke gets the review</dd>" in html
    assert '<form class="flow" method="post" action="/go/">' in html
    assert '<a class="button" data-kind="plain" href="/back/" data-close>' in html


def test_a_question_refused_meanwhile_has_no_form() -> None:
    html = component("dialog", title="Submit?", url="/go/", label="Submit", decision=REFUSED, cancel="/back/")

    assert "<form" not in html
    assert "Five questions are" in html


def test_a_message_can_be_undone_by_a_form() -> None:
    message = type("Told", (), {"level_tag": "success", "extra_tags": "/undo/", "__str__": lambda self: "Saved."})()

    html = component("flash", messages=[message], csrf_token="tok")

    assert "<p>Saved.</p>" in html
    assert '<form method="post" action="/undo/">' in html
    assert 'value="tok"' in html


def test_a_refusal_in_the_live_region_is_told_at_once() -> None:
    html = component("refusal", what="Not done.", reasons=REFUSED.reasons, status=409, reference="5f1c20a8")

    assert 'role="alert"' in html
    assert "5f1c20a8" in html
    assert html.count("<li") == 3


def test_a_badge_always_has_icon_and_word() -> None:
    html = component("badge", tone="good", icon="check", word="Complete", bare=True)

    assert 'data-tone="good" data-kind="bare"' in html
    assert "<svg" in html
    assert "Complete</span>" in html


def test_a_thread_escapes_what_was_said() -> None:
    at = datetime.datetime(2026, 11, 20, 15, 10, tzinfo=datetime.UTC)

    html = component("thread", entries=[{"by": "A <i>", "text": "<script>x</script>", "at": at}], label="Comments")

    assert "<script>" not in html
    assert "<i>" not in html


@pytest.mark.parametrize("state", ["saved", "conflict", "failed", "none"])
def test_every_state_of_an_answer_has_icon_and_words(state: str) -> None:
    html = component("save", state=state, at=datetime.datetime(2026, 11, 23, 12, 3), revision=17)

    assert 'class="save"' in html
    assert "<svg" in html


def test_a_saved_answer_tells_when_and_which_revision() -> None:
    assert "Saved 12:03, r17" in component(
        "save", state="saved", at=datetime.datetime(2026, 11, 23, 12, 3), revision=17
    )


def test_an_error_page_needs_neither_request_nor_database() -> None:
    html = render_to_string("errors/plain.html")

    assert "<h1" in html
    assert "<script" not in html


def test_an_act_without_a_decision_is_refused() -> None:
    assert "<form" not in component("action", label="Submit", url="/go/", csrf_token="t")
