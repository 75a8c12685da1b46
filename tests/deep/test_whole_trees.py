"""The tree under the worst of circumstances: killed anywhere, and changed by many at once."""

import os
import random

from django.core.exceptions import ObjectDoesNotExist
from treebeard.exceptions import InvalidMoveToDescendant
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry
from wagtail_localize.models import StringTranslation

from cms.changes.models import Change
from cms.editorial.bin.deleting import throw_away
from cms.editorial.bin.restoring import NotRestorable, restore
from cms.editorial.log import BINNED
from cms.editorial.models import Bin, BinEntry, BinnedTree
from cms.editorial.rule import Refused, in_bin
from home.models import HomePage, StandardPage
from tests.kill import killed_at_every_write, run_inside
from tests.make import make_page, publish, translate
from tests.test_tree import faults

PROCESSES = 4
STEPS = 25


def home() -> HomePage:
    return HomePage.objects.get(slug="home")


def prepare_section():
    """A page with a page below it, both in English and German; and a page beside it."""
    top = make_page(home(), StandardPage, title="About", slug="about")
    child = make_page(top, StandardPage, title="How", slug="how")
    translate(top, "de")
    translate(child, "de")
    make_page(home(), StandardPage, title="Elsewhere", slug="elsewhere")
    Change.objects.exclude(kind="published").delete()
    Redirect.objects.all().delete()


def section() -> list[StandardPage]:
    """The four pages that go together."""
    return list(StandardPage.objects.exclude(title="Elsewhere").order_by("pk"))


def kinds_after_publishing() -> list[str]:
    """What was recorded since then, publishing itself left out."""
    kinds = Change.objects.order_by("number").values_list("kind", flat=True)
    return [kind for kind in kinds if kind not in {"published", "state"}]


def delete_section():
    throw_away(StandardPage.objects.get(title="About"))


def is_deleted_wholly_or_not():
    assert faults() == []
    pages = section()
    deleted = BinEntry.objects.exists()
    assert {in_bin(page) for page in pages} == {deleted}
    assert {page.live for page in pages} == {not deleted}
    assert kinds_after_publishing() == ["deleted"] * 4 * deleted
    assert Bin.objects.filter(depth=3).count() == BinEntry.objects.count() * 2
    assert StringTranslation.objects.exists()
    assert not Redirect.objects.exists()


def test_a_deletion_survives_a_death_before_any_write(ground):
    points = killed_at_every_write(
        ground, prepare_section, delete_section, is_deleted_wholly_or_not
    )
    assert points > 10


def prepare_bin():
    prepare_section()
    delete_section()


def restore_section():
    restore(BinEntry.objects.get())


def is_restored_wholly_or_not():
    assert faults() == []
    pages = section()
    assert {page.live for page in pages} == {False}
    binned = {in_bin(page) for page in pages}
    assert binned == {BinEntry.objects.exists()}
    expected = ["deleted"] * 4 + ([] if BinEntry.objects.exists() else ["restored"] * 4)
    assert kinds_after_publishing() == expected
    assert Bin.objects.filter(depth=3).count() == BinEntry.objects.count() * 2


def test_a_restoration_survives_a_death_before_any_write(ground):
    points = killed_at_every_write(ground, prepare_bin, restore_section, is_restored_wholly_or_not)
    assert points > 10


def move_section():
    elsewhere = StandardPage.objects.get(title="Elsewhere")
    StandardPage.objects.get(title="About").move(elsewhere, pos="last-child")


def is_moved_wholly_or_not():
    """With its translations, below a draft of what is not translated yet."""
    assert faults() == []
    moved = StandardPage.objects.get(title="How").url_path == "/home/elsewhere/about/how/"
    german = StandardPage.objects.get(title="de How").url_path
    assert german == ("/home-de/elsewhere/about/how/" if moved else "/home-de/about/how/")
    drafts = StandardPage.objects.filter(live=False, locale__language_code="de")
    assert drafts.count() == moved
    assert kinds_after_publishing() == ["moved"] * 4 * moved
    assert sorted(Redirect.objects.values_list("old_path", flat=True)) == (
        ["/de/about", "/de/about/how", "/en/about", "/en/about/how"] if moved else []
    )


def test_a_move_survives_a_death_before_any_write(ground):
    points = killed_at_every_write(ground, prepare_section, move_section, is_moved_wholly_or_not)
    assert points > 4


def unpublish_page():
    StandardPage.objects.get(title="About").unpublish()


def is_unpublished_wholly_or_not():
    live = set(StandardPage.objects.filter(slug="about").values_list("live", flat=True))
    assert len(live) == 1
    assert kinds_after_publishing() == ([] if live.pop() else ["unpublished"] * 2)
    assert StandardPage.objects.filter(slug="how", live=True).count() == 2
    assert StringTranslation.objects.exists()


def test_a_page_is_unpublished_with_its_translation_or_not_at_all(ground):
    points = killed_at_every_write(
        ground, prepare_section, unpublish_page, is_unpublished_wholly_or_not
    )
    assert points > 4


def rename_section():
    publish(StandardPage.objects.get(title="About"), slug="about-us")


def is_renamed_wholly_or_not():
    assert faults() == []
    addresses = set(Page.objects.filter(pk__in=[page.pk for page in section()]).values_list("slug"))
    assert len(addresses) == 2
    renamed = ("about-us",) in addresses
    assert kinds_after_publishing() == ["renamed"] * 4 * renamed
    assert sorted(Redirect.objects.values_list("old_path", flat=True)) == (
        ["/de/about", "/de/about/how", "/en/about", "/en/about/how"] if renamed else []
    )


def test_a_rename_survives_a_death_before_any_write(ground):
    points = killed_at_every_write(
        ground, prepare_section, rename_section, is_renamed_wholly_or_not
    )
    assert points > 4


def prepare_crowd():
    for number in range(6):
        top = make_page(home(), StandardPage, title=f"Top {number}", slug=f"top-{number}")
        for below in range(3):
            make_page(top, StandardPage, slug=f"page-{number}-{below}")


def change_the_tree():
    """Many steps, each from pages that were read before others changed them."""
    chance = random.Random(os.getpid())
    for step in range(STEPS):
        pages = list(StandardPage.objects.all())
        one, other = chance.sample(pages, 2)
        act = chance.choice([make, make, move, move, move, rename, remove, bring_back])
        try:
            act(one, other, f"{os.getpid()}-{step}")
        except (Refused, NotRestorable, InvalidMoveToDescendant, ObjectDoesNotExist):
            continue  # somebody was faster


def make(one, _other, name: str):
    one.add_child(instance=StandardPage(title=name, slug=f"new-{name}", live=False))


def move(one, other, _name):
    one.move(other, pos=random.Random(one.pk).choice(["first-child", "last-child"]))


def rename(one, _other, name: str):
    one.slug = f"renamed-{name}"
    one.save(clean=False)


def remove(one, _other, _name):
    throw_away(one)


def bring_back(_one, _other, _name):
    entry = BinEntry.objects.order_by("?").first()
    if entry:
        restore(entry)


def is_whole():
    assert faults() == []
    assert StandardPage.objects.filter(slug__startswith="new-").count() > PROCESSES
    assert PageLogEntry.objects.filter(action=BINNED).exists()
    binned = BinnedTree.objects.values_list("page__url_path", flat=True)
    assert [path for path in binned if not path.startswith("/_bin/")] == []


def test_a_tree_that_four_processes_change_at_once_stays_whole(ground):
    ground.copy("empty", "crowd")
    run_inside(ground, "crowd", prepare_crowd)
    run_inside(ground, "crowd", change_the_tree, count=PROCESSES)
    run_inside(ground, "crowd", is_whole)
