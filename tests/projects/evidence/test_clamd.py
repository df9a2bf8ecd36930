"""ClamAV by settings: asked in pieces on this machine, and whatever is no clear answer leaves a file not scanned."""

import socket
import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone

from golive.outbox.drain import drain
from golive.outbox.models import Outbox
from projects.evidence.actions import clamd
from projects.evidence.actions.clamd import ScannerFailed, found_in
from projects.evidence.models import EvidenceFile
from tests.builders import client_of
from tests.builders_projects import make_project
from tests.projects.evidence.samples import EICAR
from tests.projects.evidence.ways import add

FOUND = b"stream: Eicar-Signature FOUND\0"
Listen = Callable[..., list[bytes]]


@pytest.fixture(autouse=True)
def files(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    settings.EVIDENCE_SCANNER = "projects.evidence.actions.clamd.found_in"
    return tmp_path


@pytest.fixture
def listen(settings, tmp_path) -> Iterator[Listen]:
    """A clamd that answers each call with the next of these lines; hands out the files it was sent."""
    doors: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def begin(*answers: bytes, unix: bool = False) -> list[bytes]:
        got: list[bytes] = []
        door = socket.socket(socket.AF_UNIX if unix else socket.AF_INET, socket.SOCK_STREAM)
        door.bind(str(tmp_path / "clamd") if unix else ("127.0.0.1", 0))
        door.listen()
        settings.CLAMD = str(tmp_path / "clamd") if unix else f"127.0.0.1:{door.getsockname()[1]}"
        thread = threading.Thread(target=serve, args=(door, answers, got), daemon=True)
        thread.start()
        doors.append(door)
        threads.append(thread)
        return got

    yield begin
    for thread in threads:
        thread.join(5)
    for door in doors:
        door.close()


def serve(door: socket.socket, answers: tuple[bytes, ...], got: list[bytes]) -> None:
    for words in answers:
        line, _who = door.accept()
        with line, line.makefile("rb") as read:
            assert read.read(10) == b"zINSTREAM\0"
            content = b""
            while size := int.from_bytes(read.read(4), "big"):
                content += read.read(size)
            got.append(content)
            line.sendall(words)


@pytest.mark.once
@pytest.mark.parametrize("unix", [False, True])
def test_the_whole_file_goes_over_and_the_answer_comes_back(listen, unix):
    big = b"0123456789" * 20_000
    got = listen(b"stream: OK\0", FOUND, unix=unix)

    assert [found_in(BytesIO(big)), found_in(BytesIO(EICAR))] == [False, True]
    assert got == [big, EICAR]


@pytest.mark.once
@pytest.mark.parametrize(
    "said", [b"", b"stream: OK", b"INSTREAM size limit exceeded. ERROR\0", b"stream: \xff ERROR\0", b"x" * 9_000]
)
def test_what_is_no_clear_answer_is_no_verdict(listen, said):
    listen(said)

    if said == b"stream: OK":  # the line ended with the connection
        assert found_in(BytesIO(b"x")) is False
    else:
        with pytest.raises(ScannerFailed):
            found_in(BytesIO(b"x"))


@pytest.mark.once
@pytest.mark.parametrize(
    "place", ["203.0.113.7:3310", "clamd.example:3310", "127.0.0.1", "127.0.0.1:1", "/nowhere/at/all"]
)
def test_files_leave_this_machine_for_nobody(settings, place):
    settings.CLAMD = place

    with pytest.raises(ScannerFailed):
        found_in(BytesIO(b"x"))


@pytest.mark.once
def test_a_scanner_that_never_answers_is_not_waited_for_long(monkeypatch, settings):
    monkeypatch.setattr(clamd, "ANSWER_WITHIN", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as door:
        settings.CLAMD = f"127.0.0.1:{door.getsockname()[1]}"

        with pytest.raises(ScannerFailed):
            found_in(BytesIO(b"x"))


@pytest.mark.django_db(transaction=True)
def test_while_the_scanner_is_down_a_file_stays_not_scanned_and_is_asked_about_again(listen, settings):
    cast = make_project()
    settings.CLAMD = "127.0.0.1:1"
    piece = add(cast, content=EICAR, name="a.txt")
    drain(now=timezone.now())
    row = Outbox.objects.get(kind="evidence.stored")
    assert (EvidenceFile.objects.get().scan, row.state, row.attempts) == ("not_scanned", "ready", 0)
    page = client_of(cast.viewer).get(f"/projects/{cast.key}/evidence/").content.decode()
    assert "Not scanned" in page

    got = listen(FOUND)
    drain(now=row.not_before)

    assert (got, EvidenceFile.objects.get().scan) == ([EICAR], "infected")
    assert client_of(cast.viewer).get(f"/projects/{cast.key}/evidence/{piece.uid}/1/").status_code == 409
