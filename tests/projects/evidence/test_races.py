"""Several people at once: at the edge of the quota, with the same file, at one revision, with a sweep beside."""

import os
from functools import partial

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from golive.proofs import false_standing
from projects.evidence.actions.evidence import revise_evidence
from projects.evidence.actions.files import sweep_folder
from projects.evidence.models import EvidenceFile, EvidenceStore
from projects.evidence.queries.files import evidence_facts, path_of
from projects.evidence.queries.proof import damaged_files
from tests.builders_projects import make_project
from tests.projects.evidence.samples import PDF
from tests.projects.evidence.ways import add, checked_file
from tests.races.crowd import CLIENTS, all_at_once, told
from tests.scale import times

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
SIZE = 100_000


def test_at_the_edge_of_the_quota_one_upload_wins():
    for _round in range(times(20)):
        cast = make_project()
        first = add(cast, content=b"a" * SIZE, name="first.txt").revisions.get().file
        # As if nearly all were used: there is room for one more file of this size, and not for two.
        almost = evidence_facts(cast.project).quota - SIZE - SIZE // 2
        EvidenceStore.objects.filter(project=cast.project).update(size=almost)
        contents = [bytes([98 + n]) * SIZE for n in range(CLIENTS)]
        calls = [partial(add, cast, content=content, name="a.txt") for content in contents]

        outcomes = [told(result) for result in all_at_once(calls)]

        assert sorted(outcomes) == ["done", *["quota_full"] * (CLIENTS - 1)]
        store = EvidenceStore.objects.get(project=cast.project)
        assert (store.files, store.size) == (2, almost + SIZE)
        assert EvidenceFile.objects.filter(project=cast.project).exclude(pk=first.pk).count() == 1


def test_the_same_file_by_eight_is_stored_once():
    for _round in range(times(20)):
        cast = make_project()

        outcomes = [told(result) for result in all_at_once([partial(add, cast)] * CLIENTS)]

        assert outcomes == ["done"] * CLIENTS
        store = EvidenceStore.objects.get(project=cast.project)
        assert (store.files, store.size) == (1, len(PDF))
        assert [*false_standing(), *damaged_files()] == []


def test_one_of_eight_gives_the_next_revision():
    for _round in range(times(20)):
        cast = make_project()
        piece = add(cast)
        said = {"seen": 1, "url": "https://team.example/", "by": cast.member, "at": timezone.now()}

        outcomes = [told(result) for result in all_at_once([partial(revise_evidence, piece, **said)] * CLIENTS)]

        assert sorted(outcomes) == ["done", *["stale"] * (CLIENTS - 1)]
        assert piece.revisions.count() == 2


def test_a_sweep_takes_nothing_from_under_an_upload():
    """An old file that no row names is just then brought again: whichever comes first, no row lacks its file."""
    for _round in range(times(20)):
        cast = make_project()
        path = path_of(cast.key, checked_file().sha256)
        default_storage.save(path, ContentFile(PDF))
        os.utime(default_storage.path(path), (0, 0))

        all_at_once([partial(add, cast), partial(sweep_folder, cast.key, at=timezone.now())])

        assert EvidenceFile.objects.filter(project=cast.project).count() == 1
        assert list(damaged_files()) == []
