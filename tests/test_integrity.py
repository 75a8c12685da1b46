"""What must not be is named, each thing by its name and nothing else, and mended without loss."""

import json
import shutil
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from wagtail.models import Page, PageViewRestriction, Revision

from cms.editorial.integrity.registry import find_violations, kinds
from cms.models.locales import forget_locales
from home.models import HomePage, StandardPage
from news.models import NewsPage
from publications.models import PublicationAuthor
from tests.make import (
    make_image,
    make_news,
    make_page,
    make_partner,
    make_pdf,
    make_publication,
    publish,
    release,
    translate,
)
from tests.plants import PLANTS

pytestmark = pytest.mark.django_db

CASES = [
    pytest.param(kind, plant, mended, id=f"{kind}-{plant.__name__}")
    for kind, found in PLANTS.items()
    for plant, mended in found
]


@pytest.fixture(scope="module")
def full_site(django_db_setup, django_db_blocker, tmp_path_factory):
    """The folder of the files of a site with a bit of everything, made as people make it."""
    folder = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(MEDIA_ROOT=folder):
        forget()
        call_command("setup_site", verbosity=0)
        make_everything(HomePage.objects.get())
        yield folder
        transaction.set_rollback(True)
    forget()


def forget() -> None:
    forget_locales()
    ContentType.objects.clear_cache()


def make_everything(home: HomePage) -> None:
    about = make_page(home, StandardPage, title="About", slug="about")
    make_page(about, StandardPage, title="More", slug="more")
    image = make_image()
    opening = make_news(title="Opening", slug="opening", image=image, image_alt="A door")
    translate(opening, "de")
    make_news(title="Draft", slug="draft", live=False)
    make_partner(title="Partner", slug="partner")
    editions = [("en", "", make_pdf())]
    page = make_publication(title="Handbook", slug="handbook", live=False, editions=editions)
    page = page.get_latest_revision_as_object()
    page.authors.add(PublicationAuthor(name="Somebody"))
    release(page.save_revision())


@pytest.fixture
def files(full_site, settings, tmp_path, db):
    """The full site, with files of which this test may do what it likes."""
    settings.MEDIA_ROOT = shutil.copytree(full_site, tmp_path / "media")


def look(*options: str) -> tuple[int, dict]:
    """The exit status and the answer of the command."""
    out = StringIO()
    status = 0
    try:
        call_command("check_integrity", "--json", *options, stdout=out)
    except SystemExit as error:
        status = error.code
    return status, json.loads(out.getvalue())


def texts() -> dict:
    """What people have written: every text, address and restriction, and all drafts."""
    return {
        "pages": list(Page.objects.order_by("pk").values()),
        "types": [list(m.objects.order_by("pk").values()) for m in (StandardPage, NewsPage)],
        "revisions": list(Revision.objects.order_by("pk").values_list("pk", "content")),
        "restricted": PageViewRestriction.objects.count(),
    }


def test_a_site_that_people_have_worked_on_has_no_violation(files):
    assert [str(violation) for violation in find_violations()] == []
    assert look() == (0, {"found": [], "left": []})


def test_ordinary_work_leaves_no_violation(files):
    page = make_news(title="One", slug="one")
    translate(page, "de")
    publish(page, title="Two", slug="two")
    other = StandardPage.objects.get(slug="more")
    other.title = "A draft"
    other.save_revision()
    other.move(HomePage.objects.get(locale__language_code="en"), pos="last-child")
    StandardPage.objects.get(slug="about").unpublish()
    make_news(title="Three", slug="three").delete()
    assert [str(violation) for violation in find_violations()] == []


@pytest.mark.parametrize(("kind", "plant", "mended"), CASES)
def test_each_violation_is_named_alone_and_mended_without_loss(files, kind, plant, mended):
    subject = plant()
    status, answer = look()
    told = [(row["kind"], row["subject"], row["fixable"]) for row in answer["found"]]
    assert (status, told) == (1, [(kind, subject, mended)]), answer
    before = texts()
    status, answer = look("--fix")
    assert [row["kind"] for row in answer["found"]] == [kind], answer
    assert ("repaired" in answer["found"][0], bool(answer["left"])) == (mended, not mended), answer
    assert look() == (status, {"found": answer["left"], "left": answer["left"]})
    assert status == (0 if mended else 1)
    after = texts()
    assert [row for row in before["revisions"] if row not in after["revisions"]] == []
    assert mended or after == before


@pytest.mark.parametrize("name", ["title", "introduction"])
def test_a_live_page_gets_its_text_back_and_the_other_one_is_kept(files, name):
    page = StandardPage.objects.get(slug="about")
    before = getattr(page, name)
    StandardPage.objects.filter(pk=page.pk).update(**{name: "Somebody else's words"})
    assert look("--fix")[0] == 0
    page.refresh_from_db()
    assert getattr(page, name) == before
    assert page.latest_revision == page.live_revision
    assert [r for r in page.revisions.all() if r.content[name] == "Somebody else's words"] != []


def test_a_person_is_told_what_was_found_and_repaired(files):
    StandardPage.objects.filter(slug="about").update(depth=9)
    out = StringIO()
    call_command("check_integrity", "--fix", stdout=out)
    assert "“About” has depth 9 instead of 3.  [repaired: set depth = 3]" in out.getvalue()
    assert out.getvalue().endswith("1 found, 0 left.\n")


def test_every_kind_has_a_case_that_plants_it():
    assert set(PLANTS) == kinds()
