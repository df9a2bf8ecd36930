"""Every slice with due things tells whose work waits; each column of the standing has one writer."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterable, Iterator
from types import ModuleType

import pytest
from django.apps import apps

from tests.architecture.code import SLICES, Source, product, slice_of

DUE = re.compile(r"(^|_)(due|answer_by|promised)(_on|_at)?$")
STANDING = "ProjectStanding"
FOLLOWS = {
    "worst_risk",
    "station",
    "waits_for",
    "sort_day",
    "go_live_month",
}  # kept by note() itself: pure functions of the row
NOTE = "projects.portfolio.actions"
# Beside the slices whose models hold a due date: those whose work is due by a date that another slice keeps.
ALSO_DUE = {"projects.production", "projects.checklist", "reviews.assessment"}


def due_fields(source: Source) -> list[str]:
    """Fields of models that say by when somebody must do something."""
    names = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and node.name != STANDING:  # which copies what its writers keep
            for line in node.body:
                if isinstance(line, ast.Assign) and isinstance(line.value, ast.Call):
                    names += [target.id for target in line.targets if DUE.search(getattr(target, "id", ""))]
    return names


def slices_with_due_things(sources: Iterable[Source]) -> set[str]:
    found = set()
    for source in sources:
        place = slice_of(source.module)
        if place and source.module.split(".")[2:3] == ["models"] and due_fields(source):
            found.add(".".join(place))
    return found


def existing_slices(sources: Iterable[Source]) -> set[str]:
    """Slices that hold models already: a folder without code is no slice yet."""
    places = {slice_of(source.module) for source in sources if source.module.split(".")[2:3] == ["models"]}
    return {".".join(place) for place in places if place}


def columns_of(call: ast.Call, tree: ast.Module) -> Iterator[str]:
    """The columns a note() names; those of `**name` are read where name is a dict written out."""
    for keyword in call.keywords:
        if keyword.arg is not None:
            yield from [keyword.arg] if keyword.arg != "row" else []
            continue
        name = getattr(keyword.value, "id", "?")
        written = [node.value for node in ast.walk(tree) if isinstance(node, ast.Assign) and is_name(node, name)]
        keys = [key for value in written if isinstance(value, ast.Dict) for key in value.keys]
        yield from (ast.literal_eval(key) for key in keys if key) if keys else [f"**{name}"]


def is_name(node: ast.Assign, name: str) -> bool:
    return [getattr(target, "id", "") for target in node.targets] == [name]


def wrong_notes(source: Source, writers: dict[str, str]) -> Iterator[str]:
    """note(project, column=...) is called by the one slice that keeps the column; nobody writes the row beside it."""
    place = ".".join(slice_of(source.module) or ())
    if not any(each.target.startswith(NOTE) for each in source.imports):
        return  # another function of that name
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name != "note":
            continue
        for column in columns_of(node, source.tree):
            keeper = writers.get(column)
            if keeper != place:
                yield f"{source.path}:{node.lineno} notes {column}, which {keeper or 'nobody'} keeps"


def direct_standing_writes(source: Source) -> Iterator[str]:
    if slice_of(source.module) == ("projects", "portfolio") or source.is_migration:
        return
    for node in ast.walk(source.tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            if isinstance(target, ast.Attribute) and getattr(target.value, "attr", "") == "standing":
                yield f"{source.path}:{node.lineno} writes the standing beside note()"
        written = isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("update", "create", "bulk_update")
        if written and STANDING in ast.unparse(node.func):
            yield f"{source.path}:{node.lineno} writes the standing beside note()"


def test_a_due_field_is_found():
    model = Source("projects/plan/models.py", "class A:\n    answer_due_on = DateField()\n    made_on = DateField()")

    assert due_fields(model) == ["answer_due_on"]
    assert slices_with_due_things([model]) == {"projects.plan"}


def test_a_column_noted_by_another_slice_is_found():
    text = "from projects.portfolio.actions import note\nnote(project, phase='x', review_state='y')"

    wrong = list(wrong_notes(Source("projects/methodology/actions.py", text), {"phase": "projects.methodology"}))

    assert wrong == ["projects/methodology/actions.py:2 notes review_state, which nobody keeps"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("columns = {'phase': 1}\nnote(project, row=row, **columns)", []),
        ("columns = {'turn': 1}\nnote(project, **columns)", ["turn"]),
        ("note(project, **columns)", ["**columns"]),
    ],
)
def test_columns_passed_on_are_read_where_they_are_written_out(text, found):
    source = Source("projects/methodology/actions.py", "from projects.portfolio.actions import note\n" + text)

    assert [wrong.split()[2].strip(",") for wrong in wrong_notes(source, {"phase": "projects.methodology"})] == found


@pytest.mark.parametrize(
    "text", ["project.standing.phase = 'x'", "ProjectStanding.objects.filter(pk=1).update(phase='x')"]
)
def test_a_write_beside_note_is_found(text):
    assert len(list(direct_standing_writes(Source("projects/plan/actions.py", text)))) == 1


def waiting_of(name: str) -> ModuleType | None:
    """The queries of a slice, or their file `waiting` where they are a folder."""
    queries = importlib.import_module(f"{name}.queries")
    if not hasattr(queries, "__path__"):
        return queries
    found = importlib.util.find_spec(f"{name}.queries.waiting")
    return importlib.import_module(found.name) if found else None


def test_every_slice_with_due_things_says_whose_work_waits():
    sources = product()
    silent = []
    for name in sorted((slices_with_due_things(sources) | ALSO_DUE) & existing_slices(sources)):
        waiting_for = getattr(waiting_of(name), "waiting_for", None)
        if waiting_for is None or [*inspect.signature(waiting_for).parameters][:3] != ["person", "today", "limit"]:
            silent.append(name)

    assert silent == []


def test_standing_columns_have_one_writer_each():
    sources = product()
    if "projects.portfolio" not in existing_slices(sources):
        pytest.skip("no standing yet")
    writers = importlib.import_module("projects.portfolio.states").STANDING_WRITERS
    wrong = [each for source in sources for each in wrong_notes(source, writers)]
    wrong += [each for source in sources for each in direct_standing_writes(source)]

    assert wrong == []


def test_every_column_of_the_standing_has_a_writer_that_exists():
    if "projects.portfolio" not in existing_slices(product()):
        pytest.skip("no standing yet")
    writers = importlib.import_module("projects.portfolio.states").STANDING_WRITERS
    standing = apps.get_model("projects", STANDING)
    columns = {field.attname for field in standing._meta.concrete_fields if not field.primary_key}

    assert columns - FOLLOWS == set(writers)
    assert set(writers.values()) - {f"{app}.{name}" for app, names in SLICES.items() for name in names} == set()
