"""A PostgreSQL server of one's own for a while: in a temporary folder, on a free loopback port.

The tests start one (see conftest.py), and so does .ci/postgres, by running this file: it prints the
URL and serves until it is stopped or its parent process is gone. Standard library only.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_DEBIAN = Path("/usr/lib/postgresql")
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "64MB",
    "max_connections": "40",
    # Nothing here has to outlive a power cut.
    "fsync": "off",
    "full_page_writes": "off",
}
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux' prctl


class NoServer(Exception):
    """No server can be started here; ``str(error)`` says why."""


def binaries() -> Path:
    """Return the folder of ``initdb`` and ``postgres``, of the newest version there is.

    Raises:
        NoServer: PostgreSQL's server is not installed.
    """
    found = [
        p for p in _DEBIAN.glob("*/bin") if (p / "initdb").exists() and p.parent.name.isdigit()
    ]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    initdb = shutil.which("initdb")
    if initdb is None:
        raise NoServer("PostgreSQL's server is not installed (Debian: apt-get install postgresql)")
    return Path(initdb).resolve().parent


@contextmanager
def private_server() -> Iterator[str]:
    """Serve while the block runs; gives the URL of a superuser.

    Raises:
        NoServer: there are no binaries, or the server does not start.
    """
    bin_ = binaries()
    user = _other_user()
    folder = Path(tempfile.mkdtemp(prefix="pytest-prep-postgres-"))
    try:
        password = secrets.token_hex(16)
        (folder / "password").write_text(password + "\n", encoding="ascii")
        if user:
            for path in (folder, folder / "password"):
                os.chown(path, user.pw_uid, user.pw_gid)
        _make_cluster(bin_, folder, user)
        port = _free_port()
        server = _start(bin_, folder, port, user)
        try:
            _wait_for(bin_, server, port, folder)
            yield f"postgresql://prep:{password}@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # ends its sessions, then itself
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _other_user() -> pwd.struct_passwd | None:
    """Return the user that serves, None for our own: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoServer("PostgreSQL does not run as root, and there is no other user")


def _identity(user: pwd.struct_passwd | None) -> dict[str, object]:
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def _make_cluster(bin_: Path, folder: Path, user: pwd.struct_passwd | None) -> None:
    command = [bin_ / "initdb", "--pgdata", folder / "data", "--username", "prep", "--no-sync"]
    command += ["--auth", "scram-sha-256", "--pwfile", folder / "password", "--encoding", "UTF8"]
    command += ["--lc-collate", "C", "--lc-ctype", "C.UTF-8", "--lc-messages", "C"]
    made = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, **_identity(user)
    )
    if made.returncode:
        raise NoServer(f"initdb failed: {made.stderr.strip() or made.stdout.strip()}")


def _start(
    bin_: Path, folder: Path, port: int, user: pwd.struct_passwd | None
) -> subprocess.Popen[bytes]:
    settings = [f"--{name}={value}" for name, value in {**_SETTINGS, "port": port}.items()]
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def die_with_parent() -> None:
        if libc is not None:
            libc.prctl(_DIES_WITH_PARENT, signal.SIGINT)

    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [bin_ / "postgres", "-D", folder / "data", *settings],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - one system call, no lock is taken
            **_identity(user),
        )


def _wait_for(bin_: Path, server: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    deadline = time.monotonic() + 30
    ready = [bin_ / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    while server.poll() is None and time.monotonic() < deadline:
        if subprocess.run(ready, check=False).returncode == 0:
            return
        time.sleep(0.05)
    log = (folder / "log").read_text(encoding="utf-8", errors="replace")
    raise NoServer(f"the server does not start: {log.strip()[-500:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main() -> int:
    """Print the URL and serve until SIGTERM, SIGINT or the parent's end."""
    parent = os.getppid()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with private_server() as url:
            sys.stdout.write(f"{url}\n")
            sys.stdout.flush()
            while os.getppid() == parent:
                time.sleep(0.2)
    except NoServer as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
