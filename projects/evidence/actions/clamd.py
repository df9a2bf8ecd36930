"""A scanner that speaks to ClamAV's clamd on this machine: the file goes over in pieces, the answer is one line."""

import ipaddress
import socket
import time
from collections.abc import Iterator
from typing import IO

from django.conf import settings

CHUNK = 65_536
CONNECT_WITHIN = 5  # seconds
ANSWER_WITHIN = 60  # seconds, for all of it: less than a piece of work may take
LONGEST = 4_096


class ScannerFailed(Exception):
    """No verdict: the file stays not scanned, and is asked about again."""


class ScannerDown(ScannerFailed):
    """It could not be reached, or went away. Nothing is wrong with the file."""


def found_in(content: IO[bytes]) -> bool:
    """Whether clamd found something. Whatever is no clear answer is none, and never *clean*."""
    until = time.monotonic() + ANSWER_WITHIN
    try:
        with connected(settings.CLAMD) as line:
            line.settimeout(ANSWER_WITHIN)
            for piece in sent(content):
                line.sendall(piece)
                if time.monotonic() > until:
                    raise ScannerFailed("clamd takes too long")
            return verdict(answer(line, until))
    except OSError as error:
        raise ScannerDown(str(error)) from error
    except ValueError as error:  # of CLAMD itself
        raise ScannerFailed(str(error)) from error


def connected(place: str) -> socket.socket:
    """`/run/clamav/clamd.ctl`, or `127.0.0.1:3310`: files leave this machine for nobody."""
    if place.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT_WITHIN)
        try:
            line.connect(place)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = place.rpartition(":")
    if not ipaddress.ip_address(host.strip("[]")).is_loopback:
        raise ScannerFailed(f"CLAMD is no address of this machine: {place}")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_WITHIN)


def sent(content: IO[bytes]) -> Iterator[bytes]:
    """The command, then each piece behind its length; a piece of nothing ends it."""
    yield b"zINSTREAM\0"
    while piece := content.read(CHUNK):
        yield len(piece).to_bytes(4, "big") + piece
    yield bytes(4)


def answer(line: socket.socket, until: float) -> bytes:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST:
        line.settimeout(max(0.01, until - time.monotonic()))
        piece = line.recv(LONGEST)
        if not piece:
            break
        said += piece
    return said


def verdict(said: bytes) -> bool:
    words = said.rstrip(b"\0\n").decode("ascii", "replace")
    if words == "stream: OK":
        return False
    if words.startswith("stream: ") and words.endswith(" FOUND"):
        return True
    raise ScannerFailed(f"clamd said {words[:100]!r}")
