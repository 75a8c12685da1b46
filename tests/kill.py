"""Kills a process before each single write and each commit of a piece of work, on a real database.

A test hands over three functions of its module, by which everything happens in processes of its
own, with the settings of production:

    def test_nothing_is_lost(ground):
        assert killed_at_every_write(ground, prepare, act, verify) > 10

`prepare` fills the database of an empty site, once. `act` is done on a fresh copy of it for every
n = 1, 2, ... and dies before its n-th write, until it comes through. `verify` looks at what each
of them left, and at the last one's work; what it asserts is the test.
"""

import os
import re
import shutil
import subprocess
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg
from django.db import connection, connections

from tests.services.conftest import ROOT, Site

KILLED = 9
WRITE = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|WITH .*UPDATE)\b", re.I)
SERVER = urlsplit(os.environ.get("DATABASE_URL") or "postgres://postgres@127.0.0.1:5432")
"""The PostgreSQL that the tests are told; which of its databases is meant does not matter."""


class SQLite:
    """Databases by name: files of one folder."""

    def __init__(self, folder: Path):
        self.folder = folder

    def name(self, database: str) -> str:
        return str(self.folder / f"{database}.sqlite3")

    def url(self, database: str) -> str:
        return f"sqlite:///{self.name(database)}"

    def copy(self, source: str, target: str) -> None:
        """A copy of a database that nobody has open."""
        self.drop(target)
        shutil.copy(self.name(source), self.name(target))

    def drop(self, database: str) -> None:
        for end in ("", "-wal", "-shm"):
            Path(self.name(database) + end).unlink(missing_ok=True)

    def clear(self) -> None:
        """The folder goes with the tests."""

    def settle(self, database: str) -> None:
        """The system has closed the files of a dead process already."""


class PostgreSQL:
    """Databases by name: those of one server that begin with the folder's name."""

    def __init__(self, folder: Path):
        self.folder = folder

    def name(self, database: str) -> str:
        return re.sub(r"\W", "_", "_".join(("kill", *self.folder.parts[-3:], database)))

    def url(self, database: str) -> str:
        return urlunsplit(SERVER._replace(path=f"/{self.name(database)}"))

    def create(self, database: str) -> None:
        self.drop(database)
        self._tell(f'CREATE DATABASE "{self.name(database)}"')

    def copy(self, source: str, target: str) -> None:
        """A copy of a database that nobody has open."""
        self.drop(target)
        self.settle(source)
        self._tell(f'CREATE DATABASE "{self.name(target)}" TEMPLATE "{self.name(source)}"')

    def drop(self, database: str) -> None:
        self._tell(f'DROP DATABASE IF EXISTS "{self.name(database)}" WITH (FORCE)')

    def clear(self) -> None:
        """Drop all of them, also what a failed test has left."""
        names = "SELECT string_agg(datname, ' ') FROM pg_database WHERE starts_with(datname, %s)"
        for name in (self._tell(names, self.name("")) or "").split():
            self._tell(f'DROP DATABASE "{name}" WITH (FORCE)')

    def settle(self, database: str) -> None:
        """Wait until the server has noticed that a process is dead, and let go of its locks."""
        busy = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        for _ in range(500):
            if self._tell(busy, self.name(database)) == 0:
                return
            time.sleep(0.02)
        raise AssertionError(f"Somebody does not leave {database}")

    def _tell(self, words: str, *values: str):
        maintenance = urlunsplit(SERVER._replace(path="/postgres"))
        with psycopg.connect(maintenance, autocommit=True) as server:
            answer = server.execute(words, values or None)
            return answer.fetchone()[0] if answer.description else None


GROUNDS = {"sqlite": SQLite, "postgresql": PostgreSQL}
Ground = SQLite | PostgreSQL


def site_on(ground: Ground, database: str) -> Site:
    """A site whose processes use this database."""
    return Site(ground.folder, DATABASE_URL=ground.url(database))


def run_inside(ground: Ground, database: str, function, count: int = 1) -> None:
    """Run a function of a test's module in processes of its own, side by side."""
    _drive(ground, database, _path(function), str(count))


def killed_at_every_write(ground: Ground, prepare, act, verify) -> int:
    """Kill `act` before each of its writes and commits; the number of those."""
    return int(_drive(ground, "empty", *map(_path, (prepare, act, verify))).split()[-1])


def _path(function) -> str:
    return f"{function.__module__}:{function.__name__}"


def _drive(ground: Ground, database: str, *arguments: str) -> str:
    kind = next(name for name, known in GROUNDS.items() if isinstance(ground, known))
    command = [sys.executable, "-m", "tests.kill", kind, str(ground.folder), database, *arguments]
    environment = site_on(ground, database).environment
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return done.stdout


class Killer:
    """Counts the writes of the process that it stands in, and ends it before one of them."""

    def __init__(self, point: int):
        self.left = point

    def __call__(self, execute, sql, params, many, context):
        if WRITE.match(sql):
            self.strike()
        return execute(sql, params, many, context)

    def strike(self) -> None:
        self.left -= 1
        if self.left == 0:
            os._exit(KILLED)

    def lie_in_wait(self) -> None:
        commit = connection._commit

        def commit_unless_killed():
            self.strike()
            commit()

        connection._commit = commit_unless_killed
        connection.execute_wrappers.append(self)


def _fork(ground: Ground, database: str, function, point: int = 0) -> int:
    """Begin a process that does this in that database; its number."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        connection.settings_dict["NAME"] = ground.name(database)
        if point:
            Killer(point).lie_in_wait()
        function()
        connections.close_all()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _do(ground: Ground, database: str, function, point: int = 0) -> bool:
    """Do this in a process of its own; whether it was killed. Its errors end all."""
    _, status = os.waitpid(_fork(ground, database, function, point), 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in {0, KILLED}:
        sys.exit(f"{function.__name__} failed, killed before write {point}")
    ground.settle(database)
    return code == KILLED


def _kill_everywhere(ground: Ground, prepare, act, verify) -> int:
    ground.copy("empty", "prepared")
    _do(ground, "prepared", prepare)
    point, killed = 0, True
    while killed:
        point += 1
        ground.copy("prepared", "victim")
        killed = _do(ground, "victim", act, point)
        print(f"{act.__name__}: killed before write {point}: {killed}", flush=True)  # noqa: T201
        _do(ground, "victim", verify)
        _do(ground, "victim", _load("tests.whole:nothing_is_broken"))
    for database in ("victim", "prepared"):
        ground.drop(database)
    return point - 1


def _all_at_once(ground: Ground, database: str, function, count: int) -> None:
    children = [_fork(ground, database, function) for _ in range(count)]
    ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    ground.settle(database)
    if any(ends):
        sys.exit(f"{function.__name__} failed: {ends}")


def _load(path: str):
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


def main(kind: str, folder: str, database: str, *arguments: str) -> None:
    django.setup()
    ground = GROUNDS[kind](Path(folder))
    functions = [_load(path) for path in arguments if ":" in path]
    connections.close_all()  # a child must not go on with its parent's
    if len(functions) == 1:
        _all_at_once(ground, database, functions[0], int(arguments[1]))
    else:
        print(_kill_everywhere(ground, *functions))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
