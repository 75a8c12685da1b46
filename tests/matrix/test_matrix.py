"""Every address of the admin, asked by everybody: who may, may; who may not, changes nothing."""

import os
from collections.abc import Iterator

import pytest
from django.db import transaction
from wagtail.models import WorkflowPage

from tests.conftest import HomePage, StringIO, call_command
from tests.matrix import asks_of_others, asks_of_pages, places, table
from tests.matrix.addresses import expanded, url
from tests.matrix.answers import DONE, LOGIN, OK, REFUSAL, Asker, forget
from tests.matrix.asks import GET, Ask
from tests.matrix.scene import ROLES, Scene, make_scene

pytestmark = pytest.mark.django_db
ASKS = asks_of_pages.ASKS | asks_of_others.ASKS
ADDRESSES = expanded()
UPDATE = bool(os.environ.get("UPDATE_EXPECTED"))


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker) -> Iterator[Scene]:
    """One site for all: each request to it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("setup_site", stdout=StringIO())
        yield make_scene(HomePage.objects.get(locale__language_code="en"))
        transaction.set_rollback(True)
    forget()


@pytest.fixture(scope="module")
def asker(scene) -> Asker:
    return Asker()


def asked(address: str) -> list[tuple[Ask, str]]:
    """Each request that an address gets, and for what kind of thing."""
    everywhere = places.kinds(address)
    return [
        (ask, kind)
        for ask in [GET, *ASKS.get(address, [])]
        for kind in (ask.kinds or everywhere)
    ]


def key(ask: Ask, kind: str) -> str:
    return f"{ask.name} of {kind}" if kind else ask.name


class Row:
    """One request by every role: the answers, and what is wrong with them."""

    def __init__(self, scene: Scene, asker: Asker, address: str, ask: Ask, kind: str):
        self.ask, self.scene, self.asker = ask, scene, asker
        self.place = url(address, places.values(scene, address, kind))
        query = ask.query(scene, kind, self.place)
        self.place += "?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else ""
        self.data = ask.data(scene, kind, self.place)
        self.name = f"{key(ask, kind)}: {self.place}"
        self.answers = {role: self.answer(role) for role in ROLES}
        self.words = [answer.word for answer in self.answers.values()]

    def answer(self, role: str):
        for value in self.data.values():
            if hasattr(value, "seek"):
                value.seek(0)
        client = self.scene.clients[role]
        return self.asker(client, self.ask.method, self.place, self.data, **self.ask.options)

    def faults(self) -> list[str]:
        found = [f"{self.name} by {r}: {a.fault}" for r, a in self.answers.items() if a.fault]
        twin = OK if self.ask.reads else DONE
        if REFUSAL in self.words and twin not in self.words and not self.opens_without_review():
            found.append(f"{self.name}: nobody can, {self.words}")
        return found

    def opens_without_review(self) -> bool:
        """Whether the same request would succeed if no workflow were responsible."""
        with transaction.atomic():
            WorkflowPage.objects.all().delete()
            closed = self.answer("administrator").word != DONE
            transaction.set_rollback(True)
        return not closed


@pytest.mark.deep
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_role_gets_the_answer_that_the_table_says(scene, asker, address):
    rows = {}
    faults = []
    for ask, kind in asked(address):
        row = Row(scene, asker, address, ask, kind)
        rows[key(ask, kind)] = row.words
        faults += row.faults()
    if UPDATE:
        table.write({address: rows}, ADDRESSES)
    assert faults == []
    assert rows == table.read().get(address)


def test_the_table_names_exactly_the_addresses_that_there_are():
    assert sorted(table.read()) == sorted(ADDRESSES)
    assert set(ASKS) <= set(ADDRESSES)
    assert LOGIN
