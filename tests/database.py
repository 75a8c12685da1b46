"""A database that the migrations have made, handed from the first worker to the others."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection
from django.db.backends.signals import connection_created


@contextmanager
def migrated_once(folder: Path) -> Iterator[None]:
    """In this block SQLite's database is made: the first time from nothing, then from a copy.

    The migrations are asked every time, and find nothing to do in the copy.
    """
    kept = folder / "migrated.sqlite3"

    def fill(connection, **kwargs) -> None:
        with closing(sqlite3.connect(kept)) as source:
            source.backup(connection.connection)

    with (folder / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists():
            connection_created.connect(fill)
        try:
            yield
        finally:
            connection_created.disconnect(fill)
        if not kept.exists():
            with closing(sqlite3.connect(kept)) as target:
                connection.connection.backup(target)
