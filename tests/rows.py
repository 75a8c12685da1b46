"""What a piece of work wrote into the database, kept to be written again in no time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models, transaction


@dataclass(frozen=True)
class Written:
    """The keys of the rows of a table that the work took away or changed, and its new rows."""

    table: str
    key: str
    columns: list[str]
    gone: list[tuple]
    new: list[tuple]

    def remove(self, cursor) -> None:
        where = f"{quoted(self.key)} = %s"
        cursor.executemany(f"DELETE FROM {quoted(self.table)} WHERE {where}", self.gone)  # noqa: S608

    def add(self, cursor) -> None:
        names = ", ".join(map(quoted, self.columns))
        places = ", ".join(["%s"] * len(self.columns))
        into = f"INSERT INTO {quoted(self.table)} ({names}) VALUES ({places})"  # noqa: S608
        cursor.executemany(into, self.new)


class Rows:
    """The rows that `work` writes into the database as it is now; nothing of it stays."""

    def __init__(self, work: Callable[[], object]):
        with transaction.atomic():
            before = dict(tables())
            work()
            after = dict(tables())
            transaction.set_rollback(True)
        compared = [difference(model, before[model], after[model]) for model in before]
        self.written = [found for found in compared if found.gone or found.new]

    def write(self) -> None:
        """Write them into a database that is as it was before the work."""
        with connection.cursor() as cursor:
            for written in self.written:
                if written.gone:
                    written.remove(cursor)
            for written in self.written:
                if written.new:
                    written.add(cursor)


def difference(model: type[models.Model], before: list[tuple], after: list[tuple]) -> Written:
    meta = model._meta
    columns = [field.column for field in meta.local_concrete_fields]
    place = columns.index(meta.pk.column)
    known, wanted = set(before), set(after)
    gone = [(row[place],) for row in before if row not in wanted]
    new = [row for row in after if row not in known]
    return Written(meta.db_table, meta.pk.column, columns, gone, new)


def tables() -> Iterator[tuple[type[models.Model], list[tuple]]]:
    """Every table that is written by us and not by the database itself, with all its rows."""
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            meta = model._meta
            if meta.managed and not meta.proxy and not meta.db_table.endswith("_fts"):
                columns = ", ".join(quoted(field.column) for field in meta.local_concrete_fields)
                cursor.execute(f"SELECT {columns} FROM {quoted(meta.db_table)}")  # noqa: S608
                yield model, cursor.fetchall()


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
