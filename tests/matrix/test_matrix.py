"""Every address of the admin, asked by everybody: who may, may; who may not, changes nothing."""

import os
from urllib.parse import urlencode

import pytest
from django.db import transaction
from wagtail.models import WorkflowPage

from tests.matrix import asks_of_others, asks_of_pages, asks_of_translations, places, table
from tests.matrix.addresses import expanded, url
from tests.matrix.answers import DONE, OK, REFUSAL, Asker
from tests.matrix.asks import GET, Ask
from tests.matrix.scene import READERS, ROLES, Scene, unsaid

pytestmark = pytest.mark.django_db
ASKS = asks_of_pages.ASKS | asks_of_translations.ASKS | asks_of_others.ASKS
ADDRESSES = expanded()
UPDATE = bool(os.environ.get("UPDATE_EXPECTED"))


def asked(address: str) -> list[tuple[Ask, str]]:
    """Each request that an address gets, and for what kind of thing."""
    everywhere = places.kinds(address)
    return [
        (ask, kind) for ask in [GET, *ASKS.get(address, [])] for kind in (ask.kinds or everywhere)
    ]


def key(ask: Ask, kind: str) -> str:
    return f"{ask.name} of {kind}" if kind else ask.name


def told(response, role: str) -> list[str]:
    """The kinds of drafts whose words stand in an answer to somebody who may not read them."""
    if response.streaming:
        return []
    text = response.content.decode(errors="replace").lower()
    return [kind for kind, roles in READERS.items() if role not in roles and unsaid(kind) in text]


class Row:
    """One request by every role: the answers, and what is wrong with them."""

    def __init__(self, scene: Scene, asker: Asker, address: str, ask: Ask, kind: str):
        self.ask, self.scene, self.asker = ask, scene, asker
        self.place = url(address, places.values(scene, address, kind))
        query = ask.query(scene, kind, self.place)
        self.place += f"?{urlencode(query, doseq=True)}" if query else ""
        with transaction.atomic():  # looking at a form leaves traces
            self.data = ask.data(scene, kind, self.place)
            transaction.set_rollback(True)
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
        found += [
            f"{self.name} tells {role} of {kind}"
            for role, answer in self.answers.items()
            for kind in told(answer.response, role)
        ]
        if self.ask.reads and DONE in self.words:
            tables = {name for answer in self.answers.values() for name in answer.tables}
            found.append(f"{self.name}: changed {sorted(tables)}")
        if self.ask.method != "GET" and REFUSAL in self.words and not self.has_twin():
            found.append(f"{self.name}: nobody can, {self.words}")
        return found

    def has_twin(self) -> bool:
        """Whether the very same request succeeds for somebody, unless it is closed to all."""
        twin = OK if self.ask.reads else DONE
        if self.ask.closed:
            return twin not in self.words
        return twin in self.words or self.opens_without_review()

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
