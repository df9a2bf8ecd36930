"""What is wrong with a page as it stands: by axe, by its width, by its policy and its console."""

from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import axe_playwright_python

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = "tags => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}).then(r => r.violations)"
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
WIDTHS, SCHEMES = (1440, 360), ("light", "dark")
FOCUS_IS_LOST = "document.activeElement === document.body || document.activeElement === null"


@cache
def axe_script() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def faults_of(page: Any) -> list[str]:
    """At both widths, light and dark, without loading the page again."""
    page.evaluate(axe_script())
    found = []
    for width, scheme in product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # no colour half way between two
        found += [f"{width} {scheme}: {text}" for text in violations(page)]
        if page.evaluate(TOO_WIDE):
            found.append(f"{width} {scheme}: wider than the screen")
    page.emulate_media(color_scheme="light")
    return found


def violations(page: Any) -> list[str]:
    return [
        f"{broken['id']} at {node['target']}: {node['failureSummary']}"
        for broken in page.evaluate(RUN, RULES)
        for node in broken["nodes"]
    ]


def keeps_focus(page: Any) -> bool:
    return not page.evaluate(FOCUS_IS_LOST)
