"""Imports point down: between packages, slices and the files of a slice. Each check is shown a bad sample first."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.code import APART, DOORS, FRONT, PACKAGES, SLICES, Source, file_of, height, product, slice_of


def rank(module: str) -> int | None:
    """The height of the package that a module is in; the roof is all of golive that is nowhere else."""
    for number, package in enumerate(PACKAGES):
        if module == package or module.startswith(package + "."):
            return number
    return None


def wrong_packages(source: Source) -> Iterator[str]:
    own = rank(source.module)
    for each in source.imports:
        theirs = rank(each.target)
        if theirs is not None and own is not None and theirs > own:
            yield f"{source.path}:{each.line} imports {each.target}, which stands above it"
        if each.target.startswith("."):
            yield f"{source.path}:{each.line} imports relatively"


def wrong_slices(source: Source) -> Iterator[str]:
    own = slice_of(source.module)
    if own is None:
        return
    app, name = own
    for each in source.imports:
        theirs = slice_of(each.target)
        if theirs is None or theirs == own:
            continue
        apart = APART.get(theirs[0], ()) + APART.get(app, ())
        if theirs[0] == app and (name in apart or theirs[1] in apart or is_above(app, theirs[1], name)):
            yield f"{source.path}:{each.line} imports {each.target}, a slice that stands above {name}"
        elif file_of(each.target) in DOORS:
            yield f"{source.path}:{each.line} imports {each.target}, a door of another slice"


def is_above(app: str, theirs: str, own: str) -> bool:
    return SLICES[app].index(theirs) > SLICES[app].index(own)


def wrong_files(source: Source) -> Iterator[str]:
    own = slice_of(source.module)
    if own is None or height(own, file_of(source.module)) is None:
        return
    name = file_of(source.module)
    for each in source.imports:
        other = file_of(each.target)
        if slice_of(each.target) != own or other == name or height(own, other) is None:
            continue
        if height(own, other) >= height(own, name):
            yield f"{source.path}:{each.line}: {name} imports {other} of its own slice"


def unknown_places(source: Source) -> Iterator[str]:
    """A new slice is a new folder and one line in SLICES; a file of a slice has one of the agreed names."""
    parts = source.module.split(".")
    if parts[0] not in SLICES or source.is_migration or len(parts) < 2:
        return
    place = slice_of(source.module)
    if place is None:
        if parts[1] not in (*FRONT, "migrations"):
            yield f"{source.path}: {parts[1]} is neither a front file nor a slice of {parts[0]}"
    elif len(parts) > 2 and height(place, parts[2]) is None:
        yield f"{source.path}: {parts[2]} is no file of a slice"


def front_files_reached(source: Source) -> Iterator[str]:
    if slice_of(source.module) is None:
        return
    for each in source.imports:
        app, _, rest = each.target.partition(".")
        if app in SLICES and rest.partition(".")[0] in FRONT and slice_of(each.target) is None:
            yield f"{source.path}:{each.line} imports the front file {each.target}"


def front_files_with_code(source: Source) -> Iterator[str]:
    parts = source.module.split(".")
    if len(parts) != 2 or parts[0] not in SLICES or parts[1] not in ("models", "admin", "tasks"):
        return
    for node in source.tree.body:
        text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        names = isinstance(node, ast.Assign) and [getattr(each, "id", "") for each in node.targets] == ["__all__"]
        if not (isinstance(node, ast.Import | ast.ImportFrom) or text or names):
            yield f"{source.path}:{node.lineno}: a front file holds imports only"


def inside_functions(source: Source) -> Iterator[str]:
    for function in ast.walk(source.tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield f"{source.path}:{node.lineno} imports inside a function"


def weasyprint_elsewhere(source: Source) -> Iterator[str]:
    if source.module.startswith("golive.core.pdf_helper"):
        return
    for each in source.imports:
        if each.target.partition(".")[0] == "weasyprint":
            yield f"{source.path}:{each.line} imports WeasyPrint outside of the helper"


def full_init(source: Source) -> Iterator[str]:
    if source.path.endswith("__init__.py") and source.text.strip():
        yield f"{source.path} is not empty"


BAD = [
    (wrong_packages, "golive/core/x.py", "from golive.audit.actions import record"),
    (wrong_packages, "golive/outbox/x.py", "from golive.accounts.models import User"),
    (wrong_packages, "projects/plan/actions.py", "from reviews.assessment import queries"),
    (wrong_packages, "golive/accounts/x.py", "from golive import handlers"),
    (wrong_packages, "projects/plan/actions.py", "from . import rules"),
    (wrong_slices, "projects/plan/actions.py", "from projects.checklist import actions"),
    (wrong_slices, "reviews/assessment/views.py", "import reviews.desk.queries"),
    (wrong_slices, "reviews/engagement/actions.py", "from reviews.assessment.models import Review"),
    (wrong_slices, "reviews/conclusion/actions.py", "from reviews.engagement.models import Engagement"),
    (wrong_slices, "projects/checklist/views.py", "from projects.plan.forms import OnboardingForm"),
    (wrong_slices, "reviews/conclusion/views.py", "from projects.checklist import views"),
    (wrong_files, "projects/plan/rules.py", "from projects.plan.models.onboarding import Step"),
    (wrong_files, "projects/plan/queries.py", "from projects.plan import actions"),
    (wrong_files, "projects/plan/views/wizard.py", "from projects.plan.api import StepSerializer"),
    (wrong_files, "projects/plan/models.py", "from projects.plan.queries.page import plan_page"),
    (unknown_places, "projects/planning/actions.py", ""),
    (unknown_places, "projects/plan/helpers.py", ""),
    (front_files_reached, "projects/plan/actions.py", "from projects.models import Project"),
    (front_files_with_code, "projects/models.py", "NUMBER = 1"),
    (inside_functions, "golive/pages/x.py", "def page():\n    import json"),
    (
        inside_functions,
        "golive/pages/x.py",
        "class A:\n    async def b(self):\n        if 1:\n            from os import path",
    ),
    (weasyprint_elsewhere, "golive/core/pdf.py", "import weasyprint"),
    (full_init, "golive/__init__.py", "from golive.celery import app"),
]
GOOD = [
    (
        wrong_packages,
        "golive/handlers.py",
        "from reviews.report.actions import render_report\nfrom golive.outbox import x",
    ),
    (wrong_packages, "golive/accounts/x.py", "from golive.letters.actions import send_letter\nimport json"),
    (wrong_slices, "projects/production/actions.py", "from projects.plan.queries import milestones"),
    (wrong_slices, "reviews/desk/views.py", "from projects.checklist.models import Submission"),
    (
        wrong_files,
        "projects/plan/views.py",
        "from projects.plan.forms import X\nfrom projects.plan import actions, queries",
    ),
    (wrong_files, "projects/plan/rules.py", "from projects.plan.states import StepState"),
    (unknown_places, "projects/plan/queries/page.py", ""),
    (
        front_files_with_code,
        "projects/models.py",
        '"""All."""\nfrom projects.plan.models.onboarding import Step\n__all__ = ["Step"]',
    ),
    (inside_functions, "golive/x.py", "import json\n\ndef page():\n    return json"),
    (full_init, "golive/__init__.py", ""),
]
CHECKS = sorted({check for check, _, _ in BAD}, key=lambda check: check.__name__)


@pytest.mark.parametrize(("check", "path", "text"), BAD)
def test_the_check_finds_a_bad_sample(check, path, text):
    assert len(list(check(Source(path, text)))) == 1


@pytest.mark.parametrize(("check", "path", "text"), GOOD)
def test_the_check_lets_a_good_sample_pass(check, path, text):
    assert list(check(Source(path, text))) == []


@pytest.mark.parametrize("check", CHECKS)
def test_our_sources_hold(check):
    assert [wrong for source in product() for wrong in check(source)] == []
