"""Changes of the page tree, one at a time, each from the tree as it is and not as it was read.

The lock comes before every other one that a transaction takes: rows of pages, rows of revisions,
the numbers of the record of changes. Whoever locks such rows first and changes the tree after
that has to call `lock_tree()` at the beginning.
"""

from contextlib import nullcontext
from functools import wraps

from django.db import transaction
from wagtail.models import Page

from cms.editorial.rule import InBin, ask, in_bin

LOCK = 0x54524545
"""The number of the advisory lock under which the tree changes ("TREE")."""

PLACE = ["path", "depth", "numchild", "url_path"]

PUBLIC = {"slug", "path", "live", "live_revision"}
"""The fields that decide where a page stands, and what the public reads there."""


def lock_tree() -> None:
    """Keep everybody else from changing the tree until this transaction ends.

    SQLite's transactions are IMMEDIATE and exclude each other anyway. Raises
    TransactionManagementError outside of a transaction.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("The tree is locked in a transaction.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def read_place(page) -> None:
    """Bring a page up to the place that it has now; raises DoesNotExist when it is gone."""
    place = Page.objects.filter(pk=page.pk).values(*PLACE).first()
    if place is None:
        raise type(page).DoesNotExist(f"The page {page.pk} does not exist any more.")
    vars(page).update(place)
    vars(page).pop("_cached_parent_obj", None)


def in_locked_tree(method):
    """Run a page's method while nobody else changes the tree, from the page's place of now."""

    @wraps(method)
    def run(page, *args, **kwargs):
        with transaction.atomic():
            lock_tree()
            if not page._state.adding:
                read_place(page)
            return method(page, *args, **kwargs)

    return run


def refuse_bin(*pages) -> None:
    """Raise InBin where one of the pages is in the bin, or is the bin."""
    if any(in_bin(page) for page in pages):
        raise InBin


class TreePage:
    """What changes the tree or what is public in it, for pages: never two at once, wholly or not.

    A page that was read a while ago knows an old place; saved as it is, it would take it again.
    """

    @in_locked_tree
    def publish(self, *args, **kwargs):
        refuse_bin(self)
        return super().publish(*args, **kwargs)

    @in_locked_tree
    def unpublish(self, *args, **kwargs):
        return super().unpublish(*args, **kwargs)

    @in_locked_tree
    def add_child(self, **kwargs):
        refuse_bin(self)
        return super().add_child(**kwargs)

    @in_locked_tree
    def add_sibling(self, *args, **kwargs):
        refuse_bin(self)
        return super().add_sibling(*args, **kwargs)

    @in_locked_tree
    def move(self, target, *args, **kwargs):
        read_place(target)
        refuse_bin(self, target)
        return super().move(target, *args, **kwargs)

    @in_locked_tree
    def copy(self, *args, **kwargs):
        refuse_bin(self)
        return super().copy(*args, **kwargs)

    @in_locked_tree
    def copy_for_translation(self, *args, **kwargs):
        refuse_bin(self)
        return super().copy_for_translation(*args, **kwargs)

    @in_locked_tree
    def delete(self, *args, **kwargs):
        """Delete for good, with all pages below."""
        return super().delete(*args, **kwargs)

    def save(self, *args, **kwargs):
        fields = kwargs.get("update_fields")
        if fields is not None and not PUBLIC & set(fields):
            return super().save(*args, **kwargs)
        # Wagtail's own save is atomic: a second savepoint around it would guard nothing more.
        with (
            nullcontext() if transaction.get_connection().in_atomic_block else transaction.atomic()
        ):
            return self._save_in_place(*args, **kwargs)

    def _save_in_place(self, *args, **kwargs):
        """Save the page where it stands now, if it may be public there."""
        lock_tree()
        if not self._state.adding:
            read_place(self)
        if self.live and not self._state.adding:
            refuse_bin(self)
        ask(self)
        return super().save(*args, **kwargs)
