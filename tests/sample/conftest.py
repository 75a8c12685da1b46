"""The whole sample site, loaded once for all tests of this folder and taken back after them."""

from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import Client, TestCase
from lxml import html
from wagtail.models import Page

from cms.models.links import path_of
from cms.models.locales import forget_locales, language_of
from cms.sample.load import load_sample


@pytest.fixture(scope="package")
def sample(django_db_setup, django_db_blocker):
    """What loading said: `made`, the number of pages."""
    with django_db_blocker.unblock(), transaction.atomic():
        _forget()
        call_command("setup_site", verbosity=0)
        with TestCase.captureOnCommitCallbacks(execute=True):
            made = load_sample()
        yield SimpleNamespace(made=made)
        transaction.set_rollback(True)
    _forget()


@pytest.fixture(scope="package")
def crawl(sample) -> dict[str, SimpleNamespace]:
    """{"/de/news/": (.language, .key, .response, .document), ...}: every page that is public."""
    found = {}
    for page in Page.objects.live().public().filter(depth__gte=2).order_by("path"):
        language = language_of(page.locale_id)
        response = Client().get(path_of(page.url_path, language))
        found[path_of(page.url_path, language)] = SimpleNamespace(
            language=language,
            key=page.translation_key,
            response=response,
            document=html.fromstring(response.content),
        )
    return found


@pytest.fixture(autouse=True)
def _in_a_savepoint(sample, db):
    """Each test finds the site as it was loaded, whatever the one before has done to it."""


def _forget() -> None:
    forget_locales()
    ContentType.objects.clear_cache()
    cache.clear()
