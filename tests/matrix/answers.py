"""Asks an address as somebody, undoes what that did, and says in a word what happened."""

import hashlib
import re
from collections.abc import Iterable
from copy import deepcopy
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from wagtail.models import ModelLogEntry, PageLogEntry

from cms.editorial.log import REFUSED
from cms.models.locales import forget_locales

LOGS = {"wagtailcore_modellogentry", "wagtailcore_pagelogentry"}
PASSING = {"django_session", "sqlite_sequence"}
"""Tables in which every visit leaves something."""
SEEN = {"wagtailadmin_editingsession", "wagtailadmin_formstate"}
"""Who has which editor open, and what a preview shows: no work of anybody."""

LOGIN, REFUSAL, DONE, OK = "login", "refused", "done", "ok"


def fingerprint(names: Iterable[str]) -> dict[str, str]:
    """A hash of the content of each of these tables."""
    with connection.cursor() as cursor:
        return {name: _hash(cursor, name) for name in names}


def tables() -> set[str]:
    return set(connection.introspection.table_names()) - PASSING


class Written:
    """Collects the tables that anything was written into, undone or not."""

    def __init__(self):
        self.tables: set[str] = set()

    def __call__(self, execute, sql, params, many, context):
        self.tables |= {name.strip('"') for name in WRITES.findall(sql)}
        return execute(sql, params, many, context)


def _hash(cursor, table: str) -> str:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
    rows = sorted(repr(row) for row in cursor.fetchall())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


WRITES = re.compile(r"(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) (\S+)", re.IGNORECASE)


def changed(before: dict, after: dict) -> set[str]:
    """The tables whose content differs, those of logs left out."""
    return {name for name in after if before[name] != after[name]} - LOGS


def refusals() -> int:
    return sum(m.objects.filter(action=REFUSED).count() for m in (ModelLogEntry, PageLogEntry))


class Answer:
    """What came of one request: `word` as the table has it, and `fault` where it broke a promise.

    ok: answered, nothing changed; done: something changed; refused: for want of a right, nothing
    changed, and one entry in the log where the request was unsafe; login: asked to sign in.
    """

    def __init__(self, response, tables: set[str], logged: int):
        self.response, self.tables, self.logged = response, tables, logged
        self.word = self._word()
        self.fault = self._fault()

    def _word(self) -> str:
        status = self.response.status_code
        request = self.response.wsgi_request
        if status == 302 and self.response["Location"].startswith("/admin/login/"):
            return LOGIN
        if status == 403 or getattr(request, "permission_denied", False) or self.logged:
            signed_in = request.user.is_authenticated
            return REFUSAL if signed_in else LOGIN
        if status >= 400:
            return str(status)
        return DONE if self.tables - SEEN else OK

    def _fault(self) -> str:
        unsafe = self.response.wsgi_request.method not in {"GET", "HEAD", "OPTIONS"}
        if self.word.startswith("5"):
            return f"server error {self.word}"
        if self.word not in {DONE, OK} and self.tables:
            return f"{self.word}, but changed {sorted(self.tables)}"
        expected = 1 if self.word == REFUSAL and unsafe else 0
        if self.logged != expected:
            return f"{self.word}, but wrote {self.logged} refusals to the log"
        return ""


class Asker:
    """Sends requests to one and the same database: each is undone before the next."""

    def __init__(self):
        self.before = fingerprint(tables())
        self.logged = refusals()

    def __call__(self, client, method: str, url: str, data: dict, **options) -> Answer:
        client.raise_request_exception = False
        cookies = deepcopy(client.cookies)
        written = Written()
        with transaction.atomic():
            with connection.execute_wrapper(written):
                response = send(client, method, url, data, **options)
            looked = method == "GET" and response.status_code < 300
            after = fingerprint(set() if looked else written.tables & self.before.keys())
            answer = Answer(response, changed(self.before, after), refusals() - self.logged)
            transaction.set_rollback(True)
        client.cookies = cookies
        if answer.tables:
            forget()
        return answer


def forget() -> None:
    """What the process remembers of a database that is undone."""
    cache.clear()
    forget_locales()
    ContentType.objects.clear_cache()


def send(client, method: str, url: str, data, json: bool = False, ajax: bool = False):
    headers = {"x-requested-with": "XMLHttpRequest"} if ajax else {}
    options = {"content_type": "application/json"} if json else {}
    if method in {"PUT", "PATCH", "DELETE"} and not json:
        options = {"content_type": "application/x-www-form-urlencoded"}
        data = urlencode(data)
    return getattr(client, method.lower())(url, data, headers=headers, **options)
