"""The warm helper: `python -m golive.core.pdf_helper FD`. One forked child a render; ends when its owner does."""

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import tempfile
import time

from golive.core.pdf_helper.child import make

why_not = ""
try:
    from golive.core.pdf_helper import layout
except (ImportError, OSError) as error:  # without Pango, importing WeasyPrint is an OSError
    why_not = str(error)


def main(descriptor: int) -> None:
    control = socket.socket(fileno=descriptor)
    if why_not:
        control.send(f"unavailable {why_not}".encode()[:4000])
        return
    with tempfile.TemporaryDirectory(prefix="golive-pdf-") as folder:
        tempfile.tempdir = folder  # WeasyPrint copies its fonts there
        layout.warm()
        alone()
        gc.collect()
        gc.freeze()
        control.send(b"ready")
        serve(control)


def alone() -> None:
    """A fork copies one thread only: what Pango's threads held would stay locked for ever. They end by themselves."""
    for _ in range(100):
        if len(os.listdir("/proc/self/task")) == 1:
            return
        time.sleep(0.05)
    raise RuntimeError("the helper still has other threads")


def serve(control: socket.socket) -> None:
    running: dict[int, tuple[int, socket.socket]] = {}
    while True:
        readable, _, _ = select.select([control.fileno(), *running], [], [])
        for source in readable:
            if source in running:
                report(source, *running.pop(source))
            elif not accept(control, running):
                for pid, _reply in running.values():
                    os.kill(pid, signal.SIGKILL)
                return


def accept(control: socket.socket, running: dict[int, tuple[int, socket.socket]]) -> bool:
    try:
        message, descriptors, _, _ = socket.recv_fds(control, 4096, 3)
    except OSError:
        message = b""
    if not message:
        return False
    html, pdf, reply_descriptor = descriptors
    reply = socket.socket(fileno=reply_descriptor)
    owner = os.getpid()
    pid = os.fork()
    if pid == 0:
        make(layout, json.loads(message), html=html, pdf=pdf, reply=reply, parent=owner)
    running[os.pidfd_open(pid)] = (pid, reply)
    os.close(html)
    os.close(pdf)
    return True


def report(pidfd: int, pid: int, reply: socket.socket) -> None:
    _, status = os.waitpid(pid, 0)
    os.close(pidfd)
    with reply, contextlib.suppress(OSError):  # whoever asked may have gone
        reply.send(f"exit {os.waitstatus_to_exitcode(status)}".encode())


if __name__ == "__main__":
    main(int(sys.argv[1]))
