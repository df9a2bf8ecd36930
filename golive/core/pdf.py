"""HTML to PDF in a limited child of a warm helper: a hostile or huge document never harms the process that asks.

The helper (pdf_helper) is the only part that imports WeasyPrint. It inherits nothing of ours but one socket.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from django.utils.translation import gettext as _

MODULE = "golive.core.pdf_helper"
ROOT = Path(__file__).resolve().parents[2]
APT = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0")
PROBE = "import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]"
# The helper gets no secret: neither the database's address nor the key of this site.
ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH", "XDG_CACHE_HOME", "FONTCONFIG_FILE")
PARALLEL = 2  # renders at once; more would only share the same cores and add up their memory
START_SECONDS = 60
SLACK_SECONDS = 10  # the child ends itself by its alarm; the owner waits this much longer before it gives up
MEMORY_SIGNALS = {signal.SIGTRAP, signal.SIGABRT}  # what Pango does when memory ends
TIME_SIGNALS = {signal.SIGALRM, signal.SIGXCPU}


class PdfError(Exception):
    """No PDF was made; the subclass says whose turn it is."""


class PdfUnavailable(PdfError):
    """This machine cannot make PDFs; the text names what to install."""


class TooLarge(PdfError):
    """The document needs more memory, time or bytes than its limits; trying again will not help."""


class RenderFailed(PdfError):
    """The document is wrong; trying again will not help."""


class Lost(PdfError):
    """The helper went away or is busy; try again."""


@dataclass(frozen=True)
class Limits:
    # Measured: a usual report takes 1 s and 300 MB, one with 140 answers of 5,000 signs each 10 s and 500 MB.
    memory_mb: int = 1200
    cpu_seconds: int = 60
    wall_seconds: int = 90
    html_bytes: int = 8_000_000
    pdf_bytes: int = 40_000_000


class Helper:
    def __init__(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.control = ours
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", MODULE, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
                cwd=ROOT,
                env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
            )
        self._greet()

    def _greet(self) -> None:
        self.control.settimeout(START_SECONDS)
        try:
            word, _sep, text = self.control.recv(4096).decode(errors="replace").partition(" ")
        except OSError:
            word, text = "", ""
        if word != "ready":
            self.end()
            if word == "unavailable":
                raise PdfUnavailable(why_unavailable(text))
            raise Lost(_("The helper that makes PDFs did not start."))

    def alive(self) -> bool:
        return self.process.poll() is None

    def end(self) -> None:
        self.control.close()
        self.process.kill()
        self.process.wait()


class Desk:
    """What one process has of this: its helper, and how many renders it lets in at once."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.places = threading.BoundedSemaphore(PARALLEL)
        self.helper: Helper | None = None

    def ask(self, message: bytes, descriptors: list[int]) -> Helper:
        with self.lock:
            if self.helper is None or not self.helper.alive():
                self.helper = None
                self.helper = Helper()
            try:
                socket.send_fds(self.helper.control, [message], descriptors)
            except OSError as error:
                self.helper.end()
                self.helper = None
                raise Lost(_("The helper that makes PDFs went away.")) from error
            return self.helper

    def drop(self, helper: Helper) -> None:
        with self.lock:
            if self.helper is helper:
                self.helper = None
        helper.end()


desk = Desk()


def forget() -> None:
    """A forked process must not share its parent's socket: the helper sees the parent's end by it."""
    global desk
    if desk.helper:
        desk.helper.control.close()
        desk.helper.process.returncode = 0  # not our child: nobody here may wait for it
    desk = Desk()


os.register_at_fork(after_in_child=forget)


def render(html: str, *, stylesheets: tuple[str, ...] = ("report",), limits: Limits = Limits()) -> bytes:
    """The PDF of a document; the same document gives the same bytes."""
    source = html.encode()
    if len(source) > limits.html_bytes:
        raise TooLarge(_("The document has more than %(size)d bytes.") % {"size": limits.html_bytes})
    places = desk.places
    if not places.acquire(timeout=limits.wall_seconds):
        raise Lost(_("Too many PDFs are being made at once."))
    try:
        return _render(source, stylesheets, limits)
    finally:
        places.release()


def _render(source: bytes, stylesheets: tuple[str, ...], limits: Limits) -> bytes:
    message = json.dumps({"stylesheets": list(stylesheets), **asdict(limits)}).encode()
    reply, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with reply, open(os.memfd_create("html"), "w+b") as html, open(os.memfd_create("pdf"), "w+b") as pdf:
        html.write(source)
        html.flush()
        with theirs:
            helper = desk.ask(message, [html.fileno(), pdf.fileno(), theirs.fileno()])
        code, reason = _wait(reply, helper, limits)
        _judge(code, reason, limits)
        pdf.seek(0)
        return pdf.read()


def _wait(reply: socket.socket, helper: Helper, limits: Limits) -> tuple[int, str]:
    """What the child said, and how it ended; the helper says the latter, so that a crash is heard too."""
    end = time.monotonic() + limits.wall_seconds + SLACK_SECONDS
    reason = ""
    while True:
        reply.settimeout(max(0.1, end - time.monotonic()))
        try:
            word, _sep, text = reply.recv(8192).decode(errors="replace").partition(" ")
        except TimeoutError as error:
            desk.drop(helper)
            raise Lost(_("The helper that makes PDFs does not answer.")) from error
        except OSError:
            word, text = "", ""
        if word == "exit":
            return int(text), reason
        if word != "reason":
            desk.drop(helper)  # it may not be a zombie yet: the next call must not ask it
            raise Lost(_("The helper that makes PDFs went away."))
        reason = text


def _judge(code: int, reason: str, limits: Limits) -> None:
    if code == 0:
        return
    if code == os.EX_DATAERR:
        raise RenderFailed(reason)
    if -code in TIME_SIGNALS:
        raise TooLarge(_("Making the PDF took more than %(seconds)d seconds.") % {"seconds": limits.wall_seconds})
    if code == os.EX_OSERR or -code in MEMORY_SIGNALS:
        raise TooLarge(_("Making the PDF took more memory or space than it may."))
    if -code == signal.SIGKILL:
        raise Lost(_("Making the PDF was stopped from outside."))
    raise RenderFailed(_("Making the PDF ended with code %(code)d.") % {"code": code})


_found = False


def available() -> str:
    """Empty when PDFs can be made here, else why not; a good answer is kept, a bad one asked again."""
    global _found
    if not _found:
        probe = subprocess.run([sys.executable, "-I", "-S", "-c", PROBE, *LIBRARIES], capture_output=True, text=True)
        if probe.returncode:
            return why_unavailable(probe.stderr.strip().rpartition("\n")[2])
        _found = True
    return ""


def why_unavailable(text: str) -> str:
    return _("PDFs cannot be made on this machine. As root: %(apt)s (%(text)s)") % {"apt": APT, "text": text[:300]}
