"""What must not be is named, each thing by its name and nothing else, and mended without loss."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Page, PageViewRestriction, Revision, WorkflowPage

from cms.editorial.integrity.registry import find_violations, kinds
from home.models import StandardPage
from publications.models import PublicationAuthor
from tests.make import (
    make_image,
    make_news,
    make_page,
    make_partner,
    make_pdf,
    make_publication,
    publish,
    translate,
)
from tests.plants import PLANTS

pytestmark = pytest.mark.django_db

CASES = [
    pytest.param(kind, plant, mended, id=f"{kind}-{plant.__name__}")
    for kind, found in PLANTS.items()
    for plant, mended in found
]


@pytest.fixture
def media(settings, tmp_path):
    """A folder for files of this test alone."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def _without_the_first_workflow(site):
    """The one that Wagtail's migrations leave at the root; nobody here reviews with it."""
    WorkflowPage.objects.filter(workflow__name="Moderators approval").delete()


@pytest.fixture
def full_site(site, media):
    """Pages, drafts, translations, files, editions: a bit of everything, made as people make it."""
    about = make_page(site, StandardPage, title="About", slug="about")
    make_page(about, StandardPage, title="More", slug="more")
    image = make_image()
    opening = make_news(title="Opening", slug="opening", image=image, image_alt="A door")
    translate(opening, "de")
    make_news(title="Draft", slug="draft", live=False)
    make_partner(title="Partner", slug="partner")
    page = make_publication(
        title="Handbook", slug="handbook", live=False, editions=[("en", "", make_pdf())]
    )
    page = page.get_latest_revision_as_object()
    page.authors.add(PublicationAuthor(name="Somebody"))
    page.save_revision().publish()
    return site


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
    """What people have written: every page's text, address and restriction, and all drafts."""
    pages = {page.pk: page.serializable_data() for page in Page.objects.specific()}
    managed = {"latest_revision_created_at", "live_revision", "latest_revision"}
    return {
        "pages": {
            pk: {name: value for name, value in data.items() if name not in managed}
            for pk, data in pages.items()
        },
        "revisions": list(Revision.objects.order_by("pk").values_list("pk", "content")),
        "restricted": PageViewRestriction.objects.count(),
    }


def test_an_empty_site_has_no_violation(site, media):
    assert find_violations() == []
    assert look() == (0, {"found": [], "left": []})


def test_a_site_that_people_have_worked_on_has_no_violation(full_site):
    assert [str(violation) for violation in find_violations()] == []


def test_ordinary_work_leaves_no_violation(full_site):
    page = make_news(title="One", slug="one")
    translate(page, "de")
    publish(page, title="Two", slug="two")
    other = StandardPage.objects.get(slug="more")
    other.title = "A draft"
    other.save_revision()
    other.move(Page.objects.get(pk=full_site.pk), pos="last-child")
    StandardPage.objects.get(slug="about").unpublish()
    make_news(title="Three", slug="three").delete()
    assert [str(violation) for violation in find_violations()] == []


@pytest.mark.parametrize(("kind", "plant", "mended"), CASES)
def test_each_violation_is_named_alone(full_site, kind, plant, mended):
    subject = plant()
    status, answer = look()
    told = [(row["kind"], row["subject"], row["fixable"]) for row in answer["found"]]
    assert (status, told) == (1, [(kind, subject, mended)]), answer


@pytest.mark.parametrize(("kind", "plant", "mended"), [case for case in CASES if case.values[2]])
def test_what_can_be_mended_is_mended_without_loss(full_site, kind, plant, mended):
    plant()
    before = texts()
    status, answer = look("--fix")
    assert (status, answer["left"]) == (0, [])
    assert [bool(row["repaired"]) for row in answer["found"]] == [True]
    assert look() == (0, {"found": [], "left": []})
    kept = texts()
    assert [row for row in before["revisions"] if row not in kept["revisions"]] == []


@pytest.mark.parametrize(
    ("kind", "plant", "mended"), [case for case in CASES if not case.values[2]]
)
def test_what_people_must_decide_is_left_as_it_is(full_site, kind, plant, mended):
    plant()
    before = texts() if kind != "tree.type" else None
    status, answer = look("--fix")
    assert (status, len(answer["left"])) == (1, 1)
    assert "repaired" not in answer["found"][0]
    if before:
        assert texts() == before


@pytest.mark.parametrize("name", ["title", "introduction"])
def test_a_live_page_gets_its_text_back_and_the_other_one_is_kept(full_site, name):
    page = StandardPage.objects.get(slug="about")
    before = getattr(page, name)
    StandardPage.objects.filter(pk=page.pk).update(**{name: "Somebody else's words"})
    assert look("--fix")[0] == 0
    page.refresh_from_db()
    assert getattr(page, name) == before
    assert page.latest_revision == page.live_revision
    assert [r for r in page.revisions if r.content[name] == "Somebody else's words"] != []


def test_a_person_is_told_what_was_found_and_repaired(full_site):
    StandardPage.objects.filter(slug="about").update(depth=9)
    out = StringIO()
    call_command("check_integrity", "--fix", stdout=out)
    assert "“About” has depth 9 instead of 3.  [repaired: set depth = 3]" in out.getvalue()
    assert out.getvalue().endswith("1 found, 0 left.\n")


def test_every_kind_has_a_case_that_plants_it():
    assert set(PLANTS) == kinds()
