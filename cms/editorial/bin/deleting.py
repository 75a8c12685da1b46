"""Deleting a page: it leaves the site at once and waits in the bin."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import (
    Page,
    ReferenceIndex,
    Revision,
    Site,
    WorkflowState,
    get_default_page_content_type,
)

from cms.changes.models import Change
from cms.editorial.along import keeping_translations, languages_of, translations_stay
from cms.editorial.bin.trees import carry, ids_of, trees_of
from cms.editorial.log import BINNED
from cms.editorial.models import Bin, BinEntry, BinnedTree, ScheduleFailure
from cms.editorial.rule import Refused
from cms.models.tree import lock_tree, read_place, refuse_bin


class NotDeletable(Refused):
    """This page cannot be deleted, or not by this person; the message says why."""


@dataclass(frozen=True)
class Deletion:
    """What goes when a page is deleted."""

    page: Page
    trees: list[Page]

    @classmethod
    def of(cls, page) -> "Deletion":
        """With its translations, unless somebody keeps them."""
        return cls(page, [page] if translations_stay() else trees_of(page))

    @property
    def below(self) -> int:
        """How many pages stand below the page."""
        return self.page.get_descendant_count()

    @property
    def translations(self) -> list[Page]:
        """The pages in other languages that go with them, those above others only."""
        return self.trees[1:]

    @property
    def languages(self) -> str:
        return languages_of(self.translations)

    def links(self) -> int:
        """How many other pages and things name the page."""
        return ReferenceIndex.get_references_to(self.page).group_by_source_object().count()

    def check(self, user=None) -> None:
        """Raise NotDeletable for the home page of the site, and where somebody may not do it."""
        ids = ids_of(self.trees)
        if Site.objects.filter(root_page__in=ids).exists():
            raise NotDeletable(_("The home page of the site cannot be deleted."))
        if user is None:
            return
        allowed = self.page.permissions_for_user(user)
        public = Page.objects.filter(pk__in=ids, live=True).exists()
        publishes = user.is_superuser or "publish" in allowed.permissions
        if not allowed.can_delete() or (public and not publishes):
            raise NotDeletable(
                _("“%(title)s” is public in some language; you may not delete it.")
                % {"title": self.page.get_admin_display_title()}
            )


@transaction.atomic
def throw_away(page, user=None) -> BinEntry:
    """Move a page into the bin with all below it and their translations; raises NotDeletable."""
    lock_tree()
    read_place(page)
    refuse_bin(page)
    deletion = Deletion.of(page)
    deletion.check(user)
    ids = ids_of(deletion.trees)
    public = withdraw(ids, user)
    entry = BinEntry.objects.create(
        title=page.get_admin_display_title()[:255], deleted_by=user, pages=len(ids), public=public
    )
    for tree in deletion.trees:
        _put_away(tree, entry)
        log(instance=tree.specific, action=BINNED, user=user)
    return entry


def withdraw(ids: list[int], user) -> list[int]:
    """Take pages from the public and end what is under way with them; the ids of the public ones.

    Translations go before their sources: what becomes of their state then is nobody's news, and
    those that are still public when their source goes are kept.
    """
    live = Page.objects.filter(pk__in=ids, live=True)
    public = list(live.order_by("path"))
    Change.objects.record_all("deleted", public) if public else None
    with keeping_translations():
        for page in live.order_by(F("translation_basis").asc(nulls_last=True)).specific():
            page.unpublish(commit=False, log_action=False)
    live.update(live=False, has_unpublished_changes=True, live_revision=None)
    locked = Page.objects.filter(pk__in=ids, locked=True)
    locked.update(locked=False, locked_by=None, locked_at=None)
    _end_reviews_and_schedules(ids, user)
    return [page.pk for page in public]


def _end_reviews_and_schedules(ids: list[int], user) -> None:
    numbers = [str(pk) for pk in ids]
    revisions = Revision.page_revisions.filter(object_id__in=numbers)
    revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
    reviews = WorkflowState.objects.active().filter(
        base_content_type=get_default_page_content_type(), object_id__in=numbers
    )
    for review in reviews:
        review.cancel(user=user)
    types = Page.objects.filter(pk__in=ids).values("content_type")
    page_types = [get_default_page_content_type().pk, *types.values_list("content_type", flat=True)]
    ScheduleFailure.objects.filter(object_id__in=numbers, content_type__in=page_types).delete()


def _put_away(tree: Page, entry: BinEntry) -> None:
    tree = Page.objects.get(pk=tree.pk)
    parent = tree.get_parent()
    container = Bin.objects.container(tree)
    BinnedTree.objects.create(
        entry=entry,
        page=tree,
        container=container,
        parent=parent,
        position=parent.get_children().filter(path__lt=tree.path).count(),
    )
    carry(tree, container)
