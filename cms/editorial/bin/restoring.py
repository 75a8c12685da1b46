"""Restoring from the bin: to the old place, as drafts."""

from dataclasses import dataclass

from django.db import transaction
from django.dispatch import Signal
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from cms.changes.models import Change
from cms.editorial.bin.trees import carry
from cms.editorial.log import RESTORED
from cms.editorial.models import BinEntry, BinnedTree
from cms.editorial.rule import in_bin
from cms.models.tree import lock_tree

pages_restored = Signal()
"""Sent when pages stand outside the bin again, with `pages`: each with what is below it."""


class NotRestorable(Exception):
    """There is no place for the pages now; `places` say why and what can be done."""

    def __init__(self, places: list["Place"]):
        super().__init__(" ".join(str(place.problem) for place in places))
        self.places = places


@dataclass(frozen=True)
class Place:
    """Where a page of the bin is to stand again."""

    tree: BinnedTree
    parent: Page | None

    @property
    def is_gone(self) -> bool:
        """Whether the page above it was deleted for good."""
        return self.parent is None

    @cached_property
    def is_binned(self) -> bool:
        return self.parent is not None and in_bin(self.parent)

    @cached_property
    def is_taken(self) -> bool:
        """Whether another page stands at the old address."""
        return not (self.is_gone or self.is_binned) and not self.is_free(self.tree.page.slug)

    def is_free(self, slug: str) -> bool:
        """Whether no other page stands at this slug beside the place."""
        above = self.parent
        return above is not None and not above.get_children().filter(slug=slug).exists()

    @property
    def entry_to_restore_first(self) -> BinEntry | None:
        """The deletion with which the page above this one went into the bin."""
        if self.parent is None or not self.is_binned:
            return None
        above = self.parent.get_ancestors(inclusive=True)
        return BinEntry.objects.filter(trees__page__in=above).first()

    @property
    def problem(self) -> str:
        """What stands in the way, and what can be done; "" where nothing does."""
        words = {"title": self.tree.page.draft_title}
        words |= {"parent": self.parent.draft_title if self.parent else ""}
        words |= {"slug": self.tree.page.slug}
        if self.is_gone:
            message = _("The page above “%(title)s” was deleted for good. Choose another place.")
        elif self.is_binned:
            message = _(
                "“%(parent)s”, the page above “%(title)s”, is in the bin. Restore it first."
            )
        elif self.is_taken:
            message = _("Another page stands at the old address “%(slug)s” of “%(title)s” now.")
        else:
            return ""
        return message % words


def places_of(entry: BinEntry, parent: Page | None = None) -> list[Place]:
    """Where each page of a deletion is to stand; `parent` for the first one, if it is another."""
    trees = list(entry.trees.select_related("page", "parent", "container").order_by("pk"))
    first = Place(trees[0], parent or trees[0].parent)
    return [first, *(_beside(tree, first) for tree in trees[1:])]


def _beside(tree: BinnedTree, first: Place) -> Place:
    """A translation without its old place stands below the translation of its source's parent."""
    above = first.parent
    same_work = tree.page.translation_key == first.tree.page.translation_key
    moved = above is not None and above.pk != first.tree.parent_id
    if same_work and above is not None and (moved or tree.parent is None):
        root = above if above.depth == 1 else above.get_translation_or_none(tree.page.locale)
        return Place(tree, root)
    return Place(tree, tree.parent)


def free_slug(places: list[Place]) -> str:
    """The first of x-2, x-3, ... at which no other page stands, in any language of the work."""
    slug, number = places[0].tree.page.slug, 2
    while not all(place.is_free(f"{slug}-{number}") for place in places):
        number += 1
    return f"{slug}-{number}"


def of_same_work(place: Place, places: list[Place]) -> list[Place]:
    key = place.tree.page.translation_key
    return [each for each in places if each.tree.page.translation_key == key]


@transaction.atomic
def restore(
    entry: BinEntry, user=None, rename: bool = False, parent: Page | None = None
) -> list[Page]:
    """Bring the pages of a deletion back as drafts, at the old place or below `parent`.

    With `rename` a page whose address is taken gets the next free one, in all languages. A
    translation below a page that is gone for good stays in the bin. Raises NotRestorable.
    """
    lock_tree()
    entry = BinEntry.objects.get(pk=entry.pk)
    places = places_of(entry, parent)
    here = [place for place in places if not place.is_gone]
    in_the_way = [p for p in here if p.is_binned or (p.is_taken and not rename)]
    if in_the_way or places[0].is_gone:
        raise NotRestorable(in_the_way or places[:1])
    for place in here:
        if place.is_taken:
            same = of_same_work(place, here)
            _rename(same, free_slug(same), user)
    restored = [_put_back(place.tree, place.parent, user) for place in here]
    _tell(entry, restored)
    if entry.trees.exists():
        entry.pages = sum(tree.page.get_descendant_count() + 1 for tree in entry.trees.all())
        entry.save()
    else:
        entry.delete()
    pages_restored.send(BinEntry, pages=restored)
    return [Page.objects.get(pk=page.pk) for page in restored]


def _rename(places: list[Place], slug: str, user) -> None:
    """Give a work another slug while it is in the bin, in its rows and in its drafts."""
    for place in places:
        page = place.tree.page.specific
        page.slug = slug
        page.save(update_fields=["slug", "url_path"], clean=False)
        draft = page.get_latest_revision_as_object()
        if draft.slug != slug:
            draft.slug = slug
            draft.save_revision(user=user, clean=False)
        place.tree.page = Page.objects.get(pk=page.pk)
        vars(place).pop("is_taken", None)


def _put_back(tree: BinnedTree, parent, user) -> Page:
    parent = Page.objects.get(pk=parent.pk)
    behind = parent.get_children()[tree.position : tree.position + 1].first()
    page = carry(tree.page, behind, "left") if behind else carry(tree.page, parent)
    container = tree.container
    tree.delete()
    type(container).objects.get(pk=container.pk).delete()
    log(instance=page.specific, action=RESTORED, user=user)
    return page


def _tell(entry: BinEntry, restored: list[Page]) -> None:
    """Record what the public once knew; it hears of it again when it is published."""
    known = set(entry.public)
    back: list[Page] = []
    for tree in restored:
        pages = Page.objects.descendant_of(Page.objects.get(pk=tree.pk), inclusive=True)
        back += [page for page in pages.order_by("path") if page.pk in known]
    if back:
        Change.objects.record_all("restored", back)
