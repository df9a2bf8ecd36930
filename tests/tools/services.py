"""PostgreSQL and Redis for a command: used when they run, else started, and then ended by their id.

Usage: python -m tests.tools.services COMMAND ... The command sees GOLIVE_SERVICES=1, DATABASE_URL and REDIS_URL.
"""

import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import redis

from tests.tools.packages import install, program, say

DATABASE = "golive_services"
REDIS = os.environ.get("GOLIVE_REDIS", "redis://127.0.0.1:6379/7")
BINARIES = "/usr/lib/postgresql/*/bin"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def may_create(url: str) -> bool:
    """A server helps only where we may make test databases, and let triggers rest while these are emptied."""
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            query = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
            return bool(connection.execute(query).fetchone()[0])
    except (psycopg.Error, TypeError):
        return False


def answers(url: str) -> bool:
    try:
        return bool(redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2).ping())
    except redis.RedisError:
        return False


def wait_for(what: str, ready, process: subprocess.Popen, seconds: int = 30) -> None:
    until = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None or time.monotonic() > until:
            sys.exit(f"{what} did not start.")
        time.sleep(0.1)


def end(process: subprocess.Popen, how: signal.Signals = signal.SIGTERM) -> None:
    """By its id and no other way: what somebody else started is not ours to end."""
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


def as_postgres() -> list[str]:
    """The server refuses root, so root lends it the user that Debian's package made."""
    return ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"] if os.geteuid() == 0 else []


@contextmanager
def own_postgres() -> Iterator[str]:
    if not program("initdb", BINARIES):
        install(("postgresql",), "PostgreSQL")
    initdb, server = program("initdb", BINARIES), program("postgres", BINARIES)
    if not initdb:
        sys.exit("PostgreSQL is missing and could not be installed: sudo apt-get install -y postgresql")
    folder = Path(tempfile.mkdtemp(prefix="golive-postgres-"))  # the postgres user may not enter the checkout
    try:
        if os.geteuid() == 0:
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
        start = [*as_postgres(), initdb, "-D", f"{folder}/db", "-U", "golive", "-A", "trust", "-E", "UTF8", "-N"]
        subprocess.run([*start, "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        port = free_port()
        say(f"Starting PostgreSQL of our own on 127.0.0.1:{port}")
        options = ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
        with open(folder / "log", "wb") as log:
            command = [*as_postgres(), server, "-D", f"{folder}/db", "-p", str(port), *options]
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/")
        url = f"postgresql://golive@127.0.0.1:{port}/postgres"
        try:
            wait_for("PostgreSQL", lambda: may_create(url), process)
            yield url
        finally:
            end(process, signal.SIGINT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def own_redis() -> Iterator[str]:
    if not program("redis-server"):
        install(("redis-server",), "Redis")
    server = program("redis-server")
    if not server:
        sys.exit("Redis is missing and could not be installed: sudo apt-get install -y redis-server")
    port = free_port()
    say(f"Starting Redis of our own on 127.0.0.1:{port}")
    command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd="/")
    url = f"redis://127.0.0.1:{port}/7"
    try:
        wait_for("Redis", lambda: answers(url), process)
        yield url
    finally:
        end(process)


@contextmanager
def postgres() -> Iterator[str]:
    given = os.environ.get("GOLIVE_POSTGRES", f"postgresql://{getpass.getuser()}@127.0.0.1:5432/postgres")
    if may_create(given):
        say("PostgreSQL runs already: used as it is, with databases of our own")
        yield given
    else:
        with own_postgres() as url:
            yield url


@contextmanager
def redis_server() -> Iterator[str]:
    if answers(REDIS):
        say("Redis runs already: used as it is, with a database number of our own")
        yield REDIS
    else:
        with own_redis() as url:
            yield url


def own_database(server: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f'CREATE DATABASE "{DATABASE}"')
    return server.rsplit("/", 1)[0] + f"/{DATABASE}"


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what we started is ended on the way out
    with ExitStack() as stack:
        server = stack.enter_context(postgres())
        broker = stack.enter_context(redis_server())
        seen = {"GOLIVE_SERVICES": "1", "DATABASE_URL": own_database(server), "REDIS_URL": broker}
        return subprocess.run(command, env=os.environ | seen).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
