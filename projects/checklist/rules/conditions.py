"""The conditions in the files of a checklist, compiled when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from golive.core.catalogue import CatalogueError
from golive.core.expressions import Expression, ExpressionRefused, compile_expression
from projects.methodology.rules.catalogue import methodology
from projects.methodology.rules.vocabulary import PROJECT_FACTS

FUNCTIONS = frozenset({"answer", "days", "days_until", "days_since", "business_days_until", "size"})


def condition(table: Mapping[str, Any], key: str, file: Path, at: str, *, of_answer: bool) -> Expression | None:
    """A compiled condition. What decides whether a question is seen may not hang on answers that may be hidden."""
    if key not in table:
        return None
    functions = FUNCTIONS if of_answer else FUNCTIONS - {"answer"}
    names = {"value", "blank"} if of_answer else set()
    return compiled(table[key], file, f"{at}.{key}", names=names, functions=functions)


def compiled(
    text: str,
    file: Path,
    at: str,
    *,
    names: AbstractSet[str] = frozenset(),
    functions: AbstractSet[str] = FUNCTIONS,
) -> Expression:
    """What reads milestones, facts of the project and today, and these names beside them."""
    variables = {f"milestone.{milestone.id}" for milestone in methodology().milestones}
    variables |= {f"project.{fact}" for fact in PROJECT_FACTS} | {"today"} | names
    try:
        return compile_expression(text, variables=variables, functions=functions, allow_macros={"all"})
    except ExpressionRefused as error:
        raise CatalogueError(file, at, str(error)) from error


def place_of(table: Any, kind: str) -> str:
    return f"{kind} {table.get('id', '?')}" if isinstance(table, Mapping) else kind
