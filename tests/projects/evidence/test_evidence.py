"""Evidence by page and by API: added, renewed, withdrawn, given out; and what is refused leaves nothing behind."""

import logging
import shutil
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from golive.audit.models import AuditRow
from golive.core.decision import Refused, Stale
from golive.proofs import false_standing
from projects.evidence.actions.evidence import add_evidence, revise_evidence, withdraw_evidence
from projects.evidence.models import Evidence, EvidenceFile, EvidenceRevision, EvidenceStore
from projects.evidence.queries.files import path_of
from projects.evidence.rules.acts import (
    EvidenceFacts,
    may_add_evidence,
    may_open_file,
    may_revise_evidence,
    may_withdraw_evidence,
)
from projects.portfolio.rules.onlooker import Onlooker
from tests.builders import client_of
from tests.builders_projects import Cast, call, codes_of, make_project, start
from tests.journeys.world import undone
from tests.projects.evidence.samples import BAD, GOOD, PDF
from tests.projects.evidence.ways import add, checked_file, paths, send

MEMBER, VIEWER = Onlooker(id=1, side="customer", access="member"), Onlooker(id=2, side="customer", access="viewer")
ALL = (may_add_evidence, may_revise_evidence, may_withdraw_evidence)
CLEANED = {"name", "control", "nul", "bidi", "invisible", "surrogate"}
both = pytest.mark.parametrize("door", ["page", "api"])


@pytest.fixture
def cast(db) -> Cast:
    return make_project()


def stored(files: Path) -> list[str]:
    return sorted(str(path.relative_to(files)) for path in files.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("rules", "person", "facts", "codes"),
    [
        (ALL, MEMBER, {}, []),
        (ALL, VIEWER, {}, ["not_of_team"]),
        (ALL, MEMBER, {"project_state": "paused"}, ["project_not_active"]),
        (ALL[1:], MEMBER, {"withdrawn": True}, ["evidence_withdrawn"]),
        (ALL[:2], MEMBER, {"kept": 90, "adds": 11, "quota": 100}, ["quota_full"]),
        (ALL[:2], MEMBER, {"kept": 90, "adds": 10, "quota": 100}, []),
        (ALL, MEMBER, {"kept": 101, "adds": 0, "quota": 100}, []),  # a link needs no room
    ],
)
def test_the_team_keeps_evidence_within_its_quota(rules, person, facts, codes):
    known = EvidenceFacts(**({"project_key": "HALD-7Q2", "project_state": "active"} | facts))

    assert [rule(person, known).codes for rule in rules] == [codes] * len(rules)


@pytest.mark.parametrize(("scan", "codes"), [("not_scanned", []), ("clean", []), ("infected", ["infected"])])
def test_what_a_scanner_found_something_in_is_not_given_out(scan, codes):
    assert may_open_file(scan).codes == codes


@both
@pytest.mark.parametrize("name", ["minutes.pdf", "plan.docx", "photo.jpg", "bom.csv"])
def test_a_file_goes_in_and_comes_out_as_it_was(cast, door, name):
    sent = send(cast.member, paths(cast)[door], GOOD[name], name, title="Minutes")

    assert sent.status_code == (302 if door == "page" else 201)
    piece = Evidence.objects.get()
    out = client_of(cast.viewer).get(f"/projects/{cast.key}/evidence/{piece.uid}/1/")
    api = call(cast.viewer, "get", f"projects/{cast.key}/evidence/{piece.uid}/revisions/1/file/")
    for given in (out, api):
        assert b"".join(given.streaming_content) == GOOD[name]
        assert given["Content-Disposition"] == f'attachment; filename="{name}"'
        assert given["X-Content-Type-Options"] == "nosniff"
        assert given["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert given["Cache-Control"] == "no-store, private"
    row = AuditRow.objects.get(act="evidence.added")
    assert (row.actor, row.object) == (cast.member, f"evidence:{piece.uid}")
    assert name not in row.body


@both
def test_a_link_is_kept_as_one(cast, door):
    said = {"title": "Plan", "url": "https://team.example/plan?a=1"}
    if door == "page":
        client_of(cast.member).post(paths(cast)["page"], said)
    else:
        assert call(cast.member, "post", f"projects/{cast.key}/evidence/", said).status_code == 201

    assert EvidenceRevision.objects.get().url == said["url"]
    assert 'href="https://team.example/plan?a=1"' in client_of(cast.viewer).get(paths(cast)["page"]).content.decode()


@both
def test_every_bad_file_is_refused_and_nothing_is_stored(cast, files, door):
    """Django itself takes path parts and signs without a shape off a name; what is left is then taken as it is."""
    wrong = {}
    for name, content, code in BAD:
        with undone():
            answer = send(cast.member, paths(cast)[door], content, name, title="Minutes")
            names = list(EvidenceRevision.objects.values_list("name", flat=True))
            nothing = not stored(files) and not names and not EvidenceStore.objects.exists()
        if answer.status_code in {201, 302}:
            harmless = names[0].isprintable() and not set("/\\:") & set(names[0]) and content == PDF
            wrong |= {} if code in CLEANED and harmless else {name: names}
        else:
            wrong |= {} if is_told(answer, door) and nothing else {name: answer.status_code}
        shutil.rmtree(files / "evidence", ignore_errors=True)

    assert wrong == {}


def is_told(answer, door) -> bool:
    """A sentence at the field; a head that is too long is no body that can be read."""
    if door == "api":
        said = answer.json()
        return answer.status_code == 400 and (list(said.get("errors", {})) == ["file"] or said["code"] == "malformed")
    return list(answer.context["form"].errors) == ["file"] if answer.status_code == 422 else answer.status_code == 400


@both
@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": "Plan"}, "file"),
        ({"title": "Plan", "url": "http://team.example/"}, "url"),
        ({"title": "Plan", "url": "javascript:alert(1)"}, "url"),
        ({"title": "Plan", "url": "https://team.example/\u202e"}, "url"),
        ({"title": "Plan", "url": "https://team.example/" + "x" * 500}, "url"),
        ({"title": "", "url": "https://team.example/"}, "title"),
        ({"title": "a\u202eb", "url": "https://team.example/"}, "title"),
        ({"title": "x" * 121, "url": "https://team.example/"}, "title"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast, door, said, field):
    if door == "page":
        answer = client_of(cast.member).post(paths(cast)["page"], said)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    else:
        answer = call(cast.member, "post", f"projects/{cast.key}/evidence/", said)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not Evidence.objects.exists()


@both
def test_a_file_and_a_link_at_once_are_refused(cast, files, door):
    answer = send(cast.member, paths(cast)[door], PDF, "a.pdf", title="Plan", url="https://team.example/")

    assert answer.status_code == (400 if door == "api" else 422)
    assert (stored(files), Evidence.objects.count()) == ([], 0)


def test_the_api_knows_a_file_that_was_sent_twice(cast):
    client = client_of(cast.member)
    headers = {"Idempotency-Key": "once"}

    def post(content: bytes):
        said = {"title": "Minutes", "file": checked_file(content).stream}
        said["file"].name = "minutes.pdf"
        return client.post(paths(cast)["api"], said, headers=headers)

    first, again, other = post(PDF), post(PDF), post(PDF + b"\n")

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.json() == first.json()
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("twice", [{"title": ["a", "b"]}, {"title": "a", "file": ["x", "y"]}])
def test_a_part_that_stands_twice_is_refused(cast, twice):
    answer = client_of(cast.member).post(paths(cast)["api"], twice, headers={"Idempotency-Key": "k"})

    assert (answer.status_code, answer.json()["code"]) == (400, "part_twice")


@both
def test_a_body_that_is_too_large_is_not_read(cast, door):
    class Endless:
        def read(self, *_size):
            raise AssertionError("a byte was read")

        readline = read

    environ = {"wsgi.input": Endless(), "CONTENT_LENGTH": "5000000000"}
    client = client_of(cast.member)
    client.defaults |= {"HTTP_IDEMPOTENCY_KEY": "k"}
    answer = client.generic(
        "POST", paths(cast)[door], b"x", content_type="multipart/form-data; boundary=line", **environ
    )

    assert answer.status_code == 413


def test_the_same_content_is_stored_once_whatever_it_is_called(cast, files):
    first, second = add(cast), add(cast, "Once more", name="copy.pdf")

    digest = checked_file().sha256
    assert stored(files) == [f"evidence/{cast.key}/{digest}"]
    assert [piece.revisions.get().file.sha256 for piece in (first, second)] == [digest, digest]
    store = EvidenceStore.objects.get()
    assert (store.files, store.size) == (1, len(PDF))
    assert list(false_standing()) == []


def test_two_projects_keep_their_own_copy(cast, files):
    other = start("Other", owner=cast.owner)
    add(cast)
    add_evidence(other, title="Minutes", file=checked_file(), by=cast.owner, at=timezone.now())

    assert len(stored(files)) == 2


def test_a_newer_revision_stands_beside_the_older_ones(cast):
    piece = add(cast)
    page = f"{paths(cast)['page']}{piece.uid}/"

    first = send(cast.member, page, GOOD["plan.docx"], "plan.docx", seen="1")
    second = send(cast.partner_member, f"{paths(cast)['api']}{piece.uid}/revisions/", PDF, "final.pdf", seen="2")

    assert (first.status_code, second.status_code) == (302, 201)
    assert [row.name for row in piece.revisions.all()] == ["final.pdf", "plan.docx", "minutes.pdf"]
    shown = client_of(cast.viewer).get(page).content.decode()
    assert shown.index("final.pdf") < shown.index("plan.docx") < shown.index("minutes.pdf")
    assert cast.partner_member.name in shown


def test_nobody_puts_a_revision_before_one_that_they_did_not_see(cast):
    piece = add(cast)
    revise_evidence(piece, seen=1, url="https://team.example/", by=cast.owner, at=timezone.now())

    with pytest.raises(Stale):
        revise_evidence(piece, seen=1, url="https://other.example/", by=cast.member, at=timezone.now())
    page = send(cast.member, f"{paths(cast)['page']}{piece.uid}/", PDF, "a.pdf", seen="1")
    api = send(cast.member, f"{paths(cast)['api']}{piece.uid}/revisions/", PDF, "a.pdf", seen="1")

    assert (page.status_code, api.status_code) == (409, 412)
    assert cast.owner.name in page.content.decode()
    assert piece.revisions.count() == 2


@both
def test_what_is_withdrawn_is_no_longer_offered_and_still_there(cast, door):
    piece = add(cast, "Canary")
    path = f"{paths(cast)[door]}{piece.uid}/withdraw/"
    answer = client_of(cast.member).post(
        path, "{}" if door == "api" else {}, headers={"Idempotency-Key": "k"},
        **({"content_type": "application/json"} if door == "api" else {}),
    )  # fmt: skip

    assert answer.status_code == (200 if door == "api" else 302)
    client = client_of(cast.viewer)
    assert "Canary" not in client.get(paths(cast)["page"]).content.decode()
    assert "Canary" in client.get(paths(cast)["page"] + "?withdrawn=1").content.decode()
    assert call(cast.viewer, "get", f"projects/{cast.key}/evidence/").json()["results"] == []
    assert client.get(f"/projects/{cast.key}/evidence/{piece.uid}/1/").status_code == 200
    by = {"by": cast.member, "at": timezone.now()}
    for act in (
        lambda: withdraw_evidence(piece, **by),
        lambda: revise_evidence(piece, seen=1, url="https://a.example/", **by),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.decision.codes == ["evidence_withdrawn"]


@both
@pytest.mark.parametrize("damage", ["flipped", "longer", "gone"])
def test_a_damaged_file_is_never_given_out(cast, files, caplog, door, damage):
    piece = add(cast)
    digest = checked_file().sha256
    place = files / "evidence" / cast.key / digest
    held = place.read_bytes()
    place.unlink()
    if damage != "gone":
        place.write_bytes(held[:-1] + b"x" if damage == "flipped" else held + b"x")

    with caplog.at_level(logging.ERROR, logger="projects.evidence.actions.evidence"):
        if door == "page":
            answer = client_of(cast.member).get(f"/projects/{cast.key}/evidence/{piece.uid}/1/")
        else:
            answer = call(cast.member, "get", f"projects/{cast.key}/evidence/{piece.uid}/revisions/1/file/")

    assert answer.status_code == 409
    assert "is not what was stored" in answer.content.decode()
    assert digest in caplog.text
    add(cast, "Again")  # whoever has the file mends it
    assert place.read_bytes() == PDF


@both
def test_an_infected_file_is_held_back(cast, door):
    piece = add(cast)
    EvidenceFile.objects.update(scan="infected")
    path = f"{piece.uid}/1/" if door == "page" else f"{piece.uid}/revisions/1/file/"

    answer = client_of(cast.owner).get(paths(cast)[door] + path, headers={"Accept": "application/json"})

    assert answer.status_code == 409
    assert codes_of(answer) == ["infected"]


def test_that_nobody_scanned_a_file_is_said(cast):
    add(cast)

    page = client_of(cast.viewer).get(paths(cast)["page"]).content.decode()

    assert "Not scanned" in page
    assert "open only what you expect" in page


def test_a_stranger_finds_nothing_and_a_removed_member_neither(cast):
    piece = add(cast, "Canary")
    addresses = [
        "/projects/{key}/evidence/", "/projects/{key}/evidence/{uid}/", "/projects/{key}/evidence/{uid}/1/",
        "/api/v1/projects/{key}/evidence/", "/api/v1/projects/{key}/evidence/{uid}/",
        "/api/v1/projects/{key}/evidence/{uid}/revisions/1/file/",
    ]  # fmt: skip
    other = start("Other", owner=cast.owner)
    for address in addresses:
        theirs = address.format(key=cast.key, uid=piece.uid)
        crossed = address.format(key=other.key, uid=piece.uid)  # a piece is found in its own project only
        assert client_of(cast.stranger).get(theirs).status_code == 404
        assert "uid" not in address or client_of(cast.owner).get(crossed).status_code == 404
        assert Client().get(theirs).status_code in {302, 401}
    cast.project.memberships.filter(user=cast.member).delete()
    assert client_of(cast.member).get(f"/projects/{cast.key}/evidence/{piece.uid}/1/").status_code == 404
    assert client_of(cast.viewer).get(f"/evidence/{cast.key}/{checked_file().sha256}").status_code == 404


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999"])
def test_a_revision_that_is_not_there_is_missing(cast, number):
    piece = add(cast)

    assert client_of(cast.owner).get(f"/projects/{cast.key}/evidence/{piece.uid}/{number}/").status_code == 404


@both
def test_the_list_costs_the_same_for_one_and_for_fifty(cast, door, django_assert_num_queries):
    add(cast, "Canary 0")
    client = client_of(cast.viewer)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(paths(cast)[door])
    for n in range(1, 50):
        add_evidence(cast.project, title=f"Canary {n}", url="https://a.example/", by=cast.member, at=timezone.now())

    with django_assert_num_queries(len(few)):
        body = client.get(paths(cast)[door]).content.decode()

    assert len(few) == {"page": 7, "api": 7}[door]
    assert [n for n in range(50) if f"Canary {n}" not in body] == []


def test_the_list_goes_on_behind_its_first_page(cast):
    for n in range(51):
        add_evidence(cast.project, title=f"Canary {n}.", url="https://a.example/", by=cast.member, at=timezone.now())

    first = call(cast.viewer, "get", f"projects/{cast.key}/evidence/").json()
    page = client_of(cast.viewer).get(paths(cast)["page"])
    second = client_of(cast.viewer).get(page.context["next"]).content.decode()

    assert len(first["results"]) == 50
    assert "Canary 0." in second
    assert "Canary 50." not in second
    assert client_of(cast.viewer).get(paths(cast)["page"] + "?cursor=x").status_code == 400


def test_storage_that_fails_loses_nothing_and_says_so(cast, files, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("golive.core.whole_files.os.fsync", full)
    page = send(cast.member, paths(cast)["page"], PDF, "a.pdf", title="Minutes")
    api = send(cast.member, paths(cast)["api"], PDF, "a.pdf", title="Minutes")

    assert (page.status_code, api.status_code) == (503, 503)
    assert "Nothing was saved" in page.content.decode()
    assert (stored(files), Evidence.objects.count(), EvidenceFile.objects.count()) == ([], 0, 0)


def test_the_place_of_a_file_says_nothing_of_its_name(cast):
    add(cast, name="secret merger.pdf")

    assert default_storage.exists(path_of(cast.key, checked_file().sha256))
