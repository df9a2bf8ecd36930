"""Which items of tests/requirements.toml a marked test proves and which none does yet, read from the sources.

Usage: python -m tests.tools.requirements [--proved]
"""

import ast
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
BY_A_TEST = ("test", "content")


def items() -> dict[str, dict]:
    return tomllib.loads((TESTS / "requirements.toml").read_text())


def is_req(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "req"


def marks(text: str) -> Iterator[tuple[str, int]]:
    """Every id in a req(...) mark of one source, with its line; a mark that is no literal raises."""
    for node in ast.walk(ast.parse(text)):
        if is_req(node):
            for argument in node.args:
                yield ast.literal_eval(argument), node.lineno


def proofs() -> dict[str, list[str]]:
    found = defaultdict(list)
    for path in sorted(TESTS.rglob("test_*.py")):
        for item, line in marks(path.read_text()):
            found[item].append(f"{path.relative_to(TESTS.parent)}:{line}")
    return dict(found)


def main() -> None:
    proved, wanted = proofs(), {key: item for key, item in items().items() if item["proof"] in BY_A_TEST}
    if "--proved" in sys.argv:
        for key in wanted:
            if key in proved:
                print(f"{key:7} {proved[key][0]}")
    for key, item in wanted.items():
        if key not in proved:
            print(f"{key:7} {item['proof']:8} {item['must'][:95]}")
    done = sum(key in proved for key in wanted)
    print(f"{done} of {len(wanted)} items are proved by a marked test; {len(wanted) - done} are listed above.")


if __name__ == "__main__":
    main()
