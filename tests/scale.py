"""How often a long property or race test repeats: the full count under `make deep`, a tenth everywhere else."""

import os

DEEP = os.environ.get("GOLIVE_DEEP", "") not in ("", "0")


def times(n: int) -> int:
    return n if DEEP else max(1, n // 10)
