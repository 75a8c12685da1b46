"""One site for all tests of the matrix: each request to it is undone."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from home.models import HomePage
from tests.matrix.answers import Asker, forget
from tests.matrix.scene import Scene, make_scene


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker) -> Iterator[Scene]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("setup_site", stdout=StringIO())
        yield make_scene(HomePage.objects.get(locale__language_code="en"))
        transaction.set_rollback(True)
    forget()


@pytest.fixture(scope="module")
def asker(scene) -> Asker:
    return Asker()
