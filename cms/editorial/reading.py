"""Who reads what is not public: in the admin, an unpublished text is shown to its own people only.

What nobody has published is seen by those who write, review or translate it. Everybody else who
works in the admin sees of it what the public sees.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth import get_permission_codename
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail import permissions
from wagtail.admin.api import views as admin_api
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import Translation

from cms.editorial.bin.policy import PolicyOutsideBin
from cms.editorial.reviewers import reviewed_by
from cms.editorial.rule import ReviewedPagePermissionTester, in_bin, translating_groups

_reader: ContextVar = ContextVar("reader", default=None)


@contextmanager
def read_by(user):
    """Until the end of the block, titles are those that this person may read."""
    token = _reader.set(user)
    try:
        yield
    finally:
        _reader.reset(token)


def title_of(page) -> str:
    """The page's title as it is shown in the admin; of a draft only to those who may read it."""
    user = _reader.get()
    known = user is None or not page.pk or page.depth == 1
    if known or in_bin(page) or may_read_draft(page, user):  # the bin asks by itself whose it is
        return page.draft_title or page.title
    return page.title if page.live else _("Unpublished page")


def may_read_draft(page, user) -> bool:
    """Whether somebody sees more of a page than the public does."""
    may = page.permissions_for_user(user)
    return may.can_edit() or may.can_oversee()


def readable_drafts(user, keys=None) -> set[int]:
    """The ids of the pages of which somebody sees more than the public, of all works or of those
    with these translation keys: `may_read_draft()` for many, in a few queries.
    """
    if user.is_superuser:
        own = Page.objects.all()
    else:
        may = page_permission_policy.instances_user_has_any_permission_for
        own = may(user, ["change", "publish"])
    if keys is not None:
        own = own.filter(translation_key__in=keys)
    found = set(own.order_by().values_list("pk", flat=True))
    return found | reviewed_by(user, besides=found)


def choosable(pages: QuerySet, user) -> QuerySet:
    """Those of these pages that somebody may choose: public ones, and drafts of their own."""
    if user.is_superuser:
        return pages
    own = page_permission_policy.explorable_instances(user)
    return pages.filter(Q(live=True) | Q(depth=1) | Q(pk__in=own.values("pk")))


def translations() -> Q:
    """Those pages that wagtail-localize makes from a source in another locale."""
    made = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"), target_locale_id=OuterRef("locale_id")
    )
    return Q(Exists(made))


class ReadingPolicy(PolicyOutsideBin):
    """Wagtail's policy, in which a translator's right on a section is one on its translations."""

    def instances_user_has_any_permission_for(self, user, actions) -> QuerySet:
        found = super().instances_user_has_any_permission_for(user, actions)
        narrow = self._translated(user)
        if user.is_superuser or not narrow:
            return found
        return found.filter(self._wide(user, actions) | self._below(narrow) & translations())

    def explorable_instances(self, user) -> QuerySet:
        """Where somebody can go in the page tree; translators also to what is public there."""
        narrow = [] if user.is_superuser else self._translated(user)
        if not narrow and not self.get_cached_permissions_for_user(user):
            return super().explorable_instances(user) if user.is_superuser else Page.objects.none()
        found = super().explorable_instances(user)
        if not narrow:
            return found
        public = Page.objects.filter(self._below(narrow), live=True)
        return Page.objects.filter(pk__in=(found | public).values("pk"))  # can be searched

    def _translated(self, user) -> list:
        groups = translating_groups(user)
        return [
            perm for perm in self.get_cached_permissions_for_user(user) if perm.group_id in groups
        ]

    def _wide(self, user, actions) -> Q:
        """What somebody may do in other roles; their own pages where they may only add."""
        groups, add = translating_groups(user), get_permission_codename("add", Page._meta)
        found = Q(pk__in=[])
        for perm in self.get_cached_permissions_for_user(user):
            if perm.group_id in groups:
                continue
            below = Q(path__startswith=perm.page.path)
            if perm.permission.codename in self._get_permission_codenames(actions):
                found |= below
            elif perm.permission.codename == add and "change" in actions:
                found |= below & Q(owner=user)
        return found

    def _below(self, permissions: list) -> Q:
        below = Q(pk__in=[])
        for perm in permissions:
            below |= Q(path__startswith=perm.page.path)
        return below


def let_the_admin_ask() -> None:
    """Let Wagtail's own views ask this policy, and a plain Page answer as our pages do.

    Wagtail's modules hold one policy; the API of the admin makes one of its own.
    """
    permissions.page_permission_policy.__class__ = ReadingPolicy
    admin_api.PagePermissionPolicy = ReadingPolicy
    Page.get_admin_display_title = title_of
    Page.permissions_for_user = lambda page, user: ReviewedPagePermissionTester(user, page)
