"""A line of what staff are told on their dashboard."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name


@dataclass(frozen=True)
class Link:
    """Where a line leads, beside its title."""

    label: str
    url: str
    opens_apart: bool = False


@dataclass(frozen=True)
class Row:
    """A thing, where it is mended, what is to be said of it, and since or until when."""

    title: str
    url: str = ""
    locale_id: int | None = None
    kind: str = ""
    words: str = ""
    comment: str = ""
    at: datetime | None = None
    links: Iterable[Link] = field(default_factory=tuple)

    @property
    def is_future(self) -> bool:
        return self.at is not None and self.at > timezone.now()


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def page_row(page, **values) -> Row:
    """A line about a page; its title leads to the editor."""
    return Row(
        title=page.get_admin_display_title(),
        url=edit_url(page),
        locale_id=page.locale_id,
        kind=page.specific_class._meta.verbose_name,
        **values,
    )


def compare_link(page, revision_id: int) -> Link:
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", revision_id])
    return Link(_("Compare with live version"), url)


def preview_link(page, task_id: int) -> Link:
    url = reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, task_id])
    return Link(_("Preview"), url, opens_apart=True)


def name_of(user) -> str:
    """How staff are named to each other; "" for nobody."""
    return get_user_display_name(user) if user else ""
