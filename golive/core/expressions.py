"""Rules written in content files: CEL behind a border of our own, compiled once, evaluated with what they may read.

The border stands before the compiler, because a hostile expression hangs it while it holds the interpreter, or ends
the process. It is short, knows its names, and calls nothing that is not on the list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import cel

LIMIT = 500
DEEPEST = 20
STRING = re.compile(r"\"[^\"\\]*\"|'[^'\\]*'")
FORBIDDEN = re.compile(r"""["'\\`{}@]|//""")
CALLED = re.compile(r"([A-Za-z_]\w*)\s*\(")
NAME = re.compile(r"(?<![\w.])([A-Za-z_]\w*)((?:\s*\.\s*[A-Za-z_]\w*)*)(\s*\()?")
BOUND = re.compile(r"\.\s*(?:all|exists|exists_one|filter|map)\s*\(\s*([A-Za-z_]\w*)\s*,")
ANSWER = re.compile(r"\banswer\s*\(\s*(?:\"([^\"]*)\"|'([^']*)')\s*\)")
ANSWER_CALL = re.compile(r"\banswer\s*\(")
# A dot without a name before it reaches a variable past the list.
LOOSE_DOT = re.compile(r"(?:^|[^\w\])\s]|\b(?:true|false|null|in))\s*\.(?!\d)")
KEYWORDS = frozenset({"true", "false", "null", "in"})
NOTHING: frozenset[str] = frozenset()


class ExpressionRefused(ValueError):
    """The text is not an expression that may run here."""


class ExpressionFailed(RuntimeError):
    """The expression is sound, the values it met are not: text where a number was meant, a division by zero."""


@dataclass(frozen=True)
class Expression:
    """`answers`: the questions it asks by answer("..."); `names`: the variables it reads, with their dots."""

    text: str
    answers: frozenset[str]
    names: frozenset[str]
    program: Any = field(repr=False, compare=False)

    def evaluate(self, scope: Scope) -> Any:
        try:
            return self.program.execute(scope.context)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic of the engine is no Exception
            raise ExpressionFailed(f"{self.text}: {error}") from error

    def holds(self, scope: Scope) -> bool:
        """Whether the condition is met; anything but true or false is a mistake in the file, not a no."""
        outcome = self.evaluate(scope)
        if not isinstance(outcome, bool):
            raise ExpressionFailed(f"{self.text}: neither true nor false")
        return outcome

    def facts(self, namespace: str) -> frozenset[str]:
        """Which members of a namespace it reads: of `project`, say, {"products", "onboarded"}."""
        return self._members.get(namespace, NOTHING)

    @cached_property
    def _members(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for namespace, dot, member in (name.partition(".") for name in self.names):
            if dot:
                found.setdefault(namespace, set()).add(member)
        return {namespace: frozenset(members) for namespace, members in found.items()}


class Scope:
    """What the expressions of one save may read. One context for all of them; never shared between threads."""

    def __init__(self, variables: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> None:
        self.context = cel.Context(dict(variables), dict(functions))

    def put(self, **variables: Any) -> None:
        for name, value in variables.items():
            self.context.add_variable(name, value)


def compile_expression(
    text: str, *, variables: AbstractSet[str], functions: AbstractSet[str], allow_macros: Iterable[str] = ()
) -> Expression:
    """A checked expression. `variables` are whole names: "value", "milestone.go_live", "project.products"."""
    bare = _bordered(text)
    macros = frozenset(allow_macros)
    _check_calls(bare, functions | macros)
    answers = _answers_of(text, bare)
    bound = frozenset(BOUND.findall(bare)) if macros else frozenset()
    if hidden := sorted(bound & {name.partition(".")[0] for name in variables}):
        raise ExpressionRefused(f"{hidden[0]} is a variable already")
    names = _names_of(bare, bound=bound)
    if unknown := sorted(names - variables):
        raise ExpressionRefused(f"unknown variable {unknown[0]}")
    return Expression(text, answers, names, _compiled(text))


def _bordered(text: str) -> str:
    """The text with its strings blanked, sign for sign, once it is short, shallow and free of forbidden signs."""
    if not text.strip() or len(text) > LIMIT or not text.isprintable():
        raise ExpressionRefused(f"1 to {LIMIT} printable characters are expected")
    if '"""' in text or "'''" in text:
        raise ExpressionRefused("triple quotes are not allowed")
    if any(text[found.start() - 1 : found.start()].isidentifier() for found in STRING.finditer(text)):
        raise ExpressionRefused("a string has no prefix")
    bare = STRING.sub(lambda found: " " * len(found.group()), text)
    if found := FORBIDDEN.search(bare):
        raise ExpressionRefused(f"{found.group()} is not allowed")
    if LOOSE_DOT.search(bare):
        raise ExpressionRefused("a dot stands between two names")
    if _depth(bare) > DEEPEST:
        raise ExpressionRefused(f"nested deeper than {DEEPEST}")
    return bare


def _depth(bare: str) -> int:
    deepest = depth = 0
    for sign in bare:
        depth += (sign in "([") - (sign in ")]")
        deepest = max(deepest, depth)
    return deepest


def _check_calls(bare: str, allowed: AbstractSet[str]) -> None:
    for name in CALLED.findall(bare):
        if name not in allowed and name not in KEYWORDS:
            raise ExpressionRefused(f"unknown function {name}")


def _answers_of(text: str, bare: str) -> frozenset[str]:
    """Found in the text: the compiler does not tell, and a rule is skipped before it could swallow the failure."""
    found = [ANSWER.match(text, call.start()) for call in ANSWER_CALL.finditer(bare)]
    if not all(found):
        raise ExpressionRefused('answer() takes the id of a question, as in answer("GR-01")')
    return frozenset(one[1] or one[2] or "" for one in found if one)


def _names_of(bare: str, *, bound: AbstractSet[str]) -> frozenset[str]:
    names = set()
    for head, members, call in NAME.findall(bare):
        whole = re.sub(r"\s", "", head + members)
        if call:  # the last part is a function or macro; what stands before it is what it is called on
            whole = whole.rpartition(".")[0]
        if whole and whole.partition(".")[0] not in KEYWORDS | bound:
            names.add(whole)
    return frozenset(names)


def _compiled(text: str) -> Any:
    try:
        return cel.compile(text)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the engine is no Exception
        raise ExpressionRefused(str(error).splitlines()[0]) from error
