"""A file is given out by the door that asks who is there, and by no other address."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from projects.evidence.models import EvidenceFile
from projects.evidence.queries.files import path_of
from tests.builders import client_of
from tests.builders_projects import make_project
from tests.projects.evidence.ways import add


@pytest.mark.django_db
def test_no_address_leads_past_the_door(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    cast = make_project()
    add(cast)
    path = path_of(cast.key, EvidenceFile.objects.get().sha256)
    assert default_storage.exists(path)

    roots = ("/", "/media/", "/files/", "/static/", f"/static/../{Path(tmp_path).name}/", "/projects/../")
    found = {
        root + path: status
        for user in (cast.owner, cast.stranger)
        for root in roots
        if (status := client_of(user).get(root + path).status_code) != 404
    }

    assert found == {}
