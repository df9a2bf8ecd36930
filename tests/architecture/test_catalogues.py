"""Published content never changes: whoever edits a version instead of adding one meets its hash here."""

from pathlib import Path

import pytest

from golive.core.catalogue import folder_hash
from golive.programme.content import programme
from projects.checklist.rules import catalogue as checklist
from projects.methodology.rules import catalogue as methodology

CHECKLIST = "projects/checklist/catalogue"
METHODOLOGY = "projects/methodology/catalogue"
PUBLISHED = {
    f"{CHECKLIST}/2026-1-foundation": "91f2726ebb892c274257b8bcdc51a652976e8ade9a280a0d9184e96c63e16d9b",
    f"{CHECKLIST}/2026-2": "d37aa971a0777d6dede461ae68d72adabb577c3e8aada3d270e6d94753ace748",
    f"{METHODOLOGY}/2026-1": "aad37387896ab0121b0172070b8497a998cf3e242a0ebed69ecfde54a56c420a",
}
ROOT = Path(__file__).parents[2]


def test_every_published_folder_is_as_it_was():
    folders = [folder for slice_ in (checklist, methodology) for folder in slice_.FOLDER.iterdir()]

    assert {folder.relative_to(ROOT).as_posix(): folder_hash(folder) for folder in folders} == PUBLISHED


@pytest.mark.parametrize("folder", sorted(PUBLISHED))
def test_every_published_folder_loads(folder):
    read = checklist.read_catalogue if "checklist" in folder else methodology.read_methodology

    assert read(ROOT / folder).hash == PUBLISHED[folder]


def test_the_latest_versions_are_published():
    latest = {checklist.FOLDER / checklist.LATEST, methodology.FOLDER / methodology.LATEST}

    assert {folder.relative_to(ROOT).as_posix() for folder in latest} <= PUBLISHED.keys()


def test_the_programme_loads():
    assert programme().name
