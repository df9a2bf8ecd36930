from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_files(files: Path) -> Path:
    return files
