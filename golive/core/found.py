"""One line of what a search found, whichever slice it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """What was found and where it leads, or nowhere; `detail` tells two of one name apart."""

    text: str
    url: str
    detail: str = ""
    project: str = ""
    key: str = ""  # of the project
