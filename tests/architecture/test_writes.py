"""What is done in one place only: writing states, saving, scoped reads, hinting Celery, trusting markup, locks."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.code import HEIGHTS, Source, file_of, height, product, slice_of

WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
# Doors that may read a model as it is: (file, model), each with its reason.
UNSCOPED = {("golive/pages/context.py", "User")}  # the switcher of the demo, which knows everybody
# Shapes of our own, written there as constants.
DRAWS = "golive/pages/icons.py"
LOCKS = {"select_for_update", "select_related"}


def governed(source: Source) -> bool:
    return source.path.startswith(("projects/", "reviews/")) and not source.is_migration


def is_door(source: Source) -> bool:
    return file_of(source.module) in ("views", "api", "forms", "admin") or source.module.startswith("golive.pages.")


def targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []


def state_writes(source: Source) -> Iterator[str]:
    """A state changes by a transition alone: its method is called, its body only stamps."""
    if not governed(source):
        return
    for node in ast.walk(source.tree):
        for target in targets(node):
            if isinstance(target, ast.Attribute) and target.attr == "state":
                yield f"{source.path}:{node.lineno} writes a state"
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            words = {keyword.arg for keyword in node.keywords}
            if name in ("update", "update_or_create") and "state" in words:
                yield f"{source.path}:{node.lineno} updates a state"
            if name == "setattr" and any(
                isinstance(each, ast.Constant) and each.value == "state" for each in node.args
            ):
                yield f"{source.path}:{node.lineno} sets a state"


def saves_outside_actions(source: Source) -> Iterator[str]:
    place = slice_of(source.module)
    if not governed(source) or place is None:
        return
    if HEIGHTS["queries"] < (height(place, file_of(source.module)) or 0) <= HEIGHTS["actions"]:
        return  # actions, and what stands beneath them alone
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            yield f"{source.path}:{node.lineno} calls .{node.func.attr}() outside of actions"


def unscoped_reads(source: Source) -> Iterator[str]:
    """Every door starts with Model.objects.visible_to(user): a stranger gets what a missing object gets."""
    if not is_door(source) or not source.path.startswith(("projects/", "reviews/", "golive/pages/")):
        return
    scoped = {
        id(node.value)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr == "visible_to"
    }
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager") and id(node) not in scoped:
            model = getattr(node.value, "id", "?")
            if (source.path, model) not in UNSCOPED:
                yield f"{source.path}:{node.lineno} reads {model}.objects without visible_to"


def whole_requests(source: Source) -> Iterator[str]:
    """`**request.POST` lets the caller choose the argument names."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                names = {getattr(each, "id", getattr(each, "attr", "")) for each in ast.walk(keyword.value)}
                if keyword.arg is None and "request" in names:
                    yield f"{source.path}:{node.lineno} passes a request's words on as arguments"


def trusted_markup(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name == "mark_safe" or (name in ("SafeString", "SafeText") and source.path != DRAWS):
            yield f"{source.path}:{node.lineno} calls {name}"


def hints_elsewhere(source: Source) -> Iterator[str]:
    """A Celery message never carries the only copy of anything, so only the outbox sends one."""
    if source.path.startswith("golive/outbox/"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("delay", "apply_async", "send_task"):
            yield f"{source.path}:{node.lineno} calls .{node.attr}"


def joined_beside_a_lock(source: Source) -> Iterator[str]:
    """After a wait PostgreSQL reads anew what is locked; what is only joined is as old as the question."""
    for node in ast.walk(source.tree):
        chain = {call.func.attr: call for call in calls_before(node)}
        if getattr(getattr(node, "func", None), "attr", "") not in LOCKS or not chain.keys() >= LOCKS:
            continue
        joined = chain["select_related"].args
        locked = words_in(chain["select_for_update"])
        if not joined or any(getattr(one, "value", None) not in locked for one in joined):
            yield f"{source.path}:{node.lineno} joins beside a lock what it does not lock"


def calls_before(node: ast.AST) -> Iterator[ast.Call]:
    """`a.b().c()`: the call itself, then those it is called on."""
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield node
        node = node.func.value


def words_in(call: ast.Call) -> set[str]:
    return {each.value for one in call.keywords for each in ast.walk(one.value) if isinstance(each, ast.Constant)}


def impure_rules(source: Source) -> Iterator[str]:
    """Rules take facts: they know states, rules, content in memory and the floor; no model, no query, no clock."""
    if not governed(source) or file_of(source.module) not in ("rules", "states"):
        return
    for each in source.imports:
        parts = each.target.split(".")
        ours = parts[0] in ("projects", "reviews", "golive")
        pure = each.target.startswith("golive.core.") or (
            slice_of(each.target) is not None and file_of(each.target) in ("rules", "states", "catalogue")
        )
        choices = file_of(source.module) == "states" and each.target.startswith("django.db.models.")
        outside = each.target.startswith(("django.db.", "django.apps", "django.utils.timezone")) and not choices
        if (ours and not pure) or outside:
            yield f"{source.path}:{each.line} imports {each.target}"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "select_related", "refresh_from_db"):
            yield f"{source.path}:{node.lineno} asks the database"


BAD = [
    (state_writes, "projects/plan/actions.py", "step.state = 'done'"),
    (state_writes, "projects/plan/models.py", "class A:\n    def f(self):\n        self.state = 'done'"),
    (state_writes, "reviews/desk/actions.py", "Review.objects.filter(pk=1).update(state='done')"),
    (state_writes, "reviews/desk/actions.py", "setattr(review, 'state', 'x')"),
    (saves_outside_actions, "projects/plan/views.py", "step.save()"),
    (saves_outside_actions, "projects/plan/queries/page.py", "Step.objects.create(name='x')"),
    (unscoped_reads, "projects/plan/views.py", "Step.objects.filter(pk=1)"),
    (unscoped_reads, "golive/pages/home.py", "get_object_or_404(Project.objects.all(), key=key)"),
    (unscoped_reads, "reviews/desk/api/lists.py", "Review._default_manager.get(pk=1)"),
    (whole_requests, "golive/pages/home.py", "act(**request.POST.dict())"),
    (whole_requests, "projects/plan/api.py", "act(by=1, **self.request.data)"),
    (trusted_markup, "golive/pages/home.py", "SafeString(name)"),
    (trusted_markup, "golive/pages/home.py", "safestring.mark_safe('<b>')"),
    (hints_elsewhere, "projects/plan/actions.py", "render.delay(1)"),
    (hints_elsewhere, "golive/letters/actions.py", "app.send_task('x')"),
    (joined_beside_a_lock, "golive/accounts/actions.py", "A.objects.select_for_update().select_related('b').get(pk=1)"),
    (
        joined_beside_a_lock,
        "projects/plan/actions.py",
        "A.objects.select_for_update(of=('b',)).select_related(*c)",
    ),
    (joined_beside_a_lock, "projects/plan/actions.py", "A.objects.select_for_update().select_related().get(pk=1)"),
    (
        joined_beside_a_lock,
        "projects/plan/actions.py",
        "A.objects.select_related('b', 'c').select_for_update(of=('b',))",
    ),
    (impure_rules, "projects/plan/rules.py", "from projects.plan.models.onboarding import Step"),
    (impure_rules, "projects/plan/rules.py", "from projects.portfolio.queries import onlooker"),
    (impure_rules, "projects/plan/rules/phases.py", "from golive.accounts.models import User"),
    (impure_rules, "projects/plan/rules.py", "from django.utils.timezone import now"),
    (impure_rules, "projects/plan/rules.py", "def may(p):\n    return p.steps.objects"),
]
GOOD = [
    (state_writes, "projects/plan/actions.py", "step.complete(at=at)\nstate = step.state\nf(state='x')"),
    (state_writes, "golive/outbox/drain.py", "rows.update(state='leased')"),
    (saves_outside_actions, "projects/plan/actions.py", "step.save()"),
    (unscoped_reads, "projects/plan/views.py", "Step.objects.visible_to(request.user).filter(pk=1)"),
    (whole_requests, "projects/plan/api.py", "act(**form.cleaned_data)"),
    (
        impure_rules,
        "projects/plan/rules.py",
        "from golive.core.decision import Reason\nfrom projects.portfolio.rules import X",
    ),
    (
        joined_beside_a_lock,
        "projects/plan/actions.py",
        "A.objects.select_for_update(of=('b',)).select_related('b').get()",
    ),
    (
        joined_beside_a_lock,
        "projects/plan/actions.py",
        "A.objects.select_related('b').get()\nA.objects.select_for_update()",
    ),
    (trusted_markup, "golive/pages/icons.py", "def icon() -> SafeString:\n    return SafeString(OWN)"),
    (impure_rules, "projects/plan/states.py", "from django.db.models import TextChoices"),
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
