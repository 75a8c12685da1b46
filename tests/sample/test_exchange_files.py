"""A file of every page of the sample site comes back as it went out, and other tools read it."""

import re
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from lxml import etree
from translate.storage.xliff import Xliff1File
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.translation.exchange import po, xliff
from cms.translation.exchange.outgoing import gather
from cms.translation.exchange.plan import Verdict, carry_out, make_plan
from cms.translation.exchange.schema import problems
from cms.translation.strings import store
from tests.exchanging import everything
from tests.translating import send

pytestmark = pytest.mark.deep
KINDS = pytest.mark.parametrize("kind", [po, xliff], ids=["PO", "XLIFF"])


@pytest.fixture(scope="module")
def sent(sample, django_db_blocker):
    """Every translation of the sample site, and all of its source pages into Lithuanian."""
    with django_db_blocker.unblock(), transaction.atomic():
        lithuanian = Locale.objects.get(language_code="lt")
        for page in Page.objects.filter(locale__language_code="en", depth__gt=1).order_by("depth"):
            if not page.url_path.startswith("/_bin/") and not page.has_translation(lithuanian):
                send(page.specific, "lt")
        rows = Translation.objects.select_related("source__locale", "target_locale")
        yield [gather(translation) for translation in rows.order_by("pk")]
        transaction.set_rollback(True)


@pytest.fixture
def user(db):
    return get_user_model().objects.create_superuser("exchanger", "", "a-password")


def test_every_page_has_a_file(sent):
    sources = Page.objects.filter(locale__language_code="en", depth__gt=1)
    keys = {page.translation_key for page in sources if not page.url_path.startswith("/_bin/")}
    assert keys <= {outgoing.translation.source.object_id for outgoing in sent}


def test_every_file_is_valid_by_the_schema(sent):
    found = {outgoing.slug: problems(etree.fromstring(xliff.write(outgoing))) for outgoing in sent}
    assert {slug: faults for slug, faults in found.items() if faults} == {}


@KINDS
def test_every_file_comes_back_unchanged(sent, user, kind):
    before = everything()
    for outgoing in sent:
        [incoming] = kind.read(kind.write(outgoing))
        plan = make_plan(incoming, user)
        done = [unit for unit in outgoing.units if unit.segment.text]
        assert (plan.refused, plan.is_outdated, plan.changes) == ("", False, [])
        assert len(plan.of(Verdict.SAME)) == len(done), outgoing.title
        assert len(plan.rows) == len(outgoing.units)
        assert carry_out([plan], user) == 0
    assert everything() == before


@KINDS
def test_every_text_with_its_markup_survives_the_way_through_a_file(sent, user, kind):
    for outgoing in sent:
        wanted = {}
        for unit in outgoing.units:
            made = store(outgoing.translation, unit.segment, unit.segment.source, user)
            wanted[unit.key] = unit.segment.text = made.data
        [incoming] = kind.read(kind.write(outgoing))
        assert {text.key: text.text for text in incoming.texts} == wanted
        assert [text.source for text in incoming.texts] == [
            unit.segment.source for unit in outgoing.units
        ]


def test_an_independent_reader_finds_the_same_texts_in_every_file(sent):
    for outgoing in sent:
        file = Xliff1File.parsestring(xliff.write(outgoing))
        assert file.getfilenames() == [str(outgoing.translation.uuid)]
        for theirs, ours in zip(file.units, outgoing.units, strict=True):
            assert str(theirs.source) == bare(ours.segment.source)


def test_what_an_independent_tool_writes_is_understood(sent, user):
    for outgoing in sent[:10]:
        file = Xliff1File.parsestring(xliff.write(outgoing))
        for unit in file.units:
            unit.rich_target = unit.rich_source
            unit.marktranslated()
        [incoming] = xliff.read(bytes(file))
        assert [text.text for text in incoming.texts] == [
            unit.segment.source for unit in outgoing.units
        ]
        assert not any(text.unfinished for text in incoming.texts)


def bare(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))
