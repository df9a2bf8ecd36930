"""Expressions: what may pass the border, what they read, and that nothing hangs or ends the process."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golive.core.expressions import ExpressionFailed, ExpressionRefused, Scope, compile_expression

VARIABLES = {"value", "blank", "today", "milestone.go_live", "project.products", "project.places"}
FUNCTIONS = {"answer", "days", "size"}


def compiled(text, macros=("all",)):
    return compile_expression(text, variables=VARIABLES, functions=FUNCTIONS, allow_macros=macros)


@pytest.mark.parametrize(
    ("text", "names", "answers"),
    [
        ("value != milestone.go_live", {"value", "milestone.go_live"}, set()),
        ('"fo" in project.products && size(project.products) > 0', {"project.products"}, set()),
        ('!project.places.all(place, place == "x")', {"project.places"}, set()),
        ("value < answer(\"CU-04\") || answer( 'CU-05') > 1.0", {"value"}, {"CU-04", "CU-05"}),
        ("value == \"answer('CU-04') // {not} code\"", {"value"}, set()),
        ('value == "it\'s" || value == \'a "quoted" word\'', {"value"}, set()),
    ],
)
def test_it_knows_what_it_reads(text, names, answers):
    expression = compiled(text)

    assert (expression.names, expression.answers) == (names, answers)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "value ==",
        "project.secret",
        "project",
        "value.year",
        'milestone["go_live"] > today',
        'matches(value, "a")',
        'value.matches("a")',
        "answer(value) > 1.0",
        "value == \"answer('CU-04')\" || answer(value) == 1.0",
        'answer("A" + "B") > 1.0',
        ".value == 1.0",
        "true ? . value : false",
        '"x" in .project.products',
        "project.places.exists(place, true)",
        "project.places.all(value, value == 1)",
        'b"x" == value',
        'value == """x"""',
        "value == 'a\\'b'",
        "value == 1.0 // comment",
        "{1: 2}[1] == 2",
        "value == `x`",
        "value@today",
        'value == "x',
        "value\n== 1.0",
        "value == 1.0\x00",
        "value == 1" + " + 1" * 200,
        "(" * 21 + "true" + ")" * 21,
        "[" * 400,
        "!" * 501,
    ],
)
def test_the_border_refuses(text):
    with pytest.raises(ExpressionRefused):
        compiled(text)


def test_a_macro_passes_only_where_it_is_allowed():
    with pytest.raises(ExpressionRefused, match="unknown function all"):
        compiled("project.places.all(place, true)", macros=())


def test_it_evaluates_in_one_scope_used_again():
    live = datetime(2026, 12, 1, tzinfo=UTC)
    scope = Scope({"milestone": {"go_live": live}}, {"days": lambda n: timedelta(days=n)})
    late = compiled("value > milestone.go_live - days(14)")

    outcomes = []
    for value in (live, live - timedelta(days=30)):
        scope.put(value=value)
        outcomes.append(late.holds(scope))

    assert outcomes == [True, False]


@pytest.mark.parametrize(
    "text", ["value", 'value < "text"', "1 / 0 > 1", "9223372036854775807 + 1 > 0", "today > value"]
)
def test_what_is_neither_true_nor_false_is_said(text):
    with pytest.raises(ExpressionFailed):
        compiled(text).holds(Scope({"value": 1.0}, {}))


SIGNS = st.lists(
    st.sampled_from(
        [
            *"()[]!-+*/%<>=&|?:.,\"' ",
            "value",
            "today",
            "project.products",
            "answer(",
            "size(",
            '"a"',
            "1.0",
            "all(",
            "in",
            "\\",
            "{",
        ]
    ),
    max_size=60,
).map("".join)


@settings(max_examples=200, deadline=1000)
@given(SIGNS)
def test_whatever_is_written_is_refused_or_reads_only_what_it_names(text):
    try:
        expression = compiled(text)
    except ExpressionRefused:
        return

    assert expression.names <= VARIABLES
    assert set(expression.program.variables()) <= {name.partition(".")[0] for name in expression.names}
