"""The child that makes one PDF: first its limits, then the work, then an exit code that says all."""

import ctypes
import errno
import gc
import os
import resource
import signal
import socket
from types import ModuleType
from typing import Any, NoReturn

PR_SET_PDEATHSIG = 1
FAILED, TOO_LARGE = os.EX_DATAERR, os.EX_OSERR
libc = ctypes.CDLL(None)


def make(
    layout: ModuleType, order: dict[str, Any], *, html: int, pdf: int, reply: socket.socket, parent: int
) -> NoReturn:
    code = FAILED
    try:
        confine(order, parent)
        with open(html, "rb") as source:
            source.seek(0)
            document = source.read().decode()
        data = layout.pdf_of(document, order["stylesheets"])
        with open(pdf, "wb") as target:
            target.write(data)
        code = os.EX_OK
    except (MemoryError, SystemError, RecursionError):
        code = TOO_LARGE
    except OSError as error:
        code = TOO_LARGE if error.errno in (errno.EFBIG, errno.ENOMEM, errno.ENOSPC) else say(reply, error)
    except BaseException as error:  # WeasyPrint has fatal errors that are not Exceptions
        code = say(reply, error)
    finally:
        os._exit(code)


def confine(order: dict[str, Any], parent: int) -> None:
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the line above
        os._exit(FAILED)
    signal.alarm(order["wall_seconds"])  # its default action stops native code too
    memory, cpu, size = order["memory_mb"] * 1_000_000, order["cpu_seconds"], order["pdf_bytes"]
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # the process ends before it could matter


def say(reply: socket.socket, error: BaseException) -> int:
    reply.send(f"reason {type(error).__name__}: {error}".encode(errors="replace")[:4000])
    return FAILED
