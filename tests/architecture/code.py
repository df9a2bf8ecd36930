"""What the architecture tests read: our sources as text and syntax trees, and what each imports."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# From the floor up: what stands later may import what stands earlier, never the other way.
PACKAGES = (
    "golive.core",
    "golive.audit",
    "golive.programme",
    "golive.outbox",
    "golive.letters",
    "golive.accounts",
    "projects",
    "reviews",
    "golive",
)
SLICES = {
    "projects": (
        "portfolio",
        "evidence",
        "methodology",
        "plan",
        "checklist",
        "production",
        "servicing",
        "cutover",
        "guidance",
    ),
    "reviews": ("assessment", "report", "conclusion", "desk"),
}
APART = {"reviews": ("engagement",)}  # a slice that no other one reads and that reads none
# Within a slice, from the inside to the doors. Files of the same height do not import each other.
HEIGHTS = {
    "catalogue": 0,
    "states": 0,
    "rules": 10,
    "models": 20,
    "content": 30,  # frozen dataclasses that queries fill
    "inquiry": 35,  # questions over several models that queries of pages share
    "queries": 40,
    "document": 50,
    "actions": 60,
    "tasks": 70,
    "forms": 70,
    "views": 80,
    "api": 80,
    "admin": 80,
    "urls": 90,
}
# Files that one slice alone has, with their height there.
EXTRA = {
    ("projects", "checklist"): {"freezing": 55},
    ("projects", "evidence"): {"giving": 45},
    ("reviews", "report"): {"derivations": 31, "wording": 32, "charts": 33},
}
DOORS = ("forms", "views", "api", "admin", "tasks", "urls")
FRONT = ("models", "admin", "tasks", "urls", "apps", "api_urls")


@dataclass(frozen=True)
class Import:
    target: str
    line: int


@dataclass(frozen=True)
class Source:
    path: str  # from the root of the checkout
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @cached_property
    def imports(self) -> list[Import]:
        return list(imports_of(self.tree))

    @property
    def is_migration(self) -> bool:
        return "/migrations/" in self.path


def imports_of(tree: ast.AST) -> Iterator[Import]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            where = "." * node.level + (node.module or "")
            yield from (Import(f"{where}.{alias.name}", node.lineno) for alias in node.names)


def read(*folders: str) -> list[Source]:
    """Every Python file below these folders, as it is in the work tree."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return [Source(str(path.relative_to(ROOT)), path.read_text()) for path in paths]


def product() -> list[Source]:
    return read("golive", "projects", "reviews")


def slice_of(module: str) -> tuple[str, str] | None:
    """("projects", "plan") of projects.plan.actions; nothing for what is in no slice."""
    app, _, rest = module.partition(".")
    name = rest.partition(".")[0]
    known = (*SLICES.get(app, ()), *APART.get(app, ()))
    return (app, name) if name in known else None


def file_of(module: str) -> str:
    """`views` of projects.plan.views and of projects.plan.views.wizard."""
    return [*module.split("."), "", "", ""][2]


def height(place: tuple[str, str], name: str) -> int | None:
    """How high a file stands in its slice; nothing for a name that is not agreed."""
    return EXTRA.get(place, {}).get(name, HEIGHTS.get(name))


def tracked() -> list[Path]:
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [ROOT / name for name in answer.stdout.split("\0") if name and (ROOT / name).is_file()]
