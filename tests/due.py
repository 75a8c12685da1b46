"""Makers of schedules whose time is told, so that no test waits for one."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from cms.editorial.models import Clearance
from tests.make import make_image


def ago(minutes: float) -> datetime:
    return timezone.now() - timedelta(minutes=minutes)


def plan(page: Page, at: datetime, user=None, **fields) -> Revision:
    """A text of this page that was approved to go live `at`; what is live stays until then."""
    item = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    for name, value in ({"go_live_at": at} | fields).items():
        setattr(item, name, value)
    revision = item.save_revision(user=user)
    revision = Revision.objects.get(pk=revision.pk)
    Clearance.objects.emergency(revision, user, "Planned in a test")
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=at)
    return revision


def let_expire(page: Page, at: datetime) -> None:
    """As if the live page had been published with this expiry long before it."""
    Page.objects.filter(pk=page.pk).update(expire_at=at)


def log_of(page: Page) -> list[str]:
    """The actions in a page's log that schedules leave there, oldest first."""
    entries = PageLogEntry.objects.filter(page_id=page.pk, action__endswith=".scheduled")
    return list(entries.order_by("timestamp", "pk").values_list("action", flat=True))


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("publish_due", *arguments, stdout=out)
    return out.getvalue()


def fresh(page):
    return page.specific_class.objects.get(pk=page.pk)


@contextmanager
def failing(signal):
    """While the block runs, the last one to hear of it cannot do its part."""

    def refuse(**kwargs):
        raise RuntimeError("No more paper")

    signal.connect(refuse)
    yield
    signal.disconnect(refuse)


def lose_image(page, **fields) -> Revision:
    """A planned text whose image has been deleted since."""
    image = make_image()
    revision = plan(page, ago(5), image=image, image_alt="A harbour", **fields)
    image.delete()
    return revision
