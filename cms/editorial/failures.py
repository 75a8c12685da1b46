"""Who is told, once and in their own language, that something was due and could not be done."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.mail import send_mail
from wagtail.log_actions import registry
from wagtail.users.models import UserProfile

from cms.editorial.models import ScheduleFailure
from cms.editorial.rule import NotReviewed


@task()
def mail(address: str, subject: str, text: str) -> int:
    """Send a letter; the number of letters sent."""
    return send_mail(subject, text, [address])


def record(at: datetime, item, error: Exception, revision_id: int | None, **what) -> None:
    """Keep a failure of what was due `at`; its people are told when it is the first one.

    The letters are queued in the same transaction: nobody is told twice, and nobody is forgotten.
    """
    failure, first = ScheduleFailure.objects.record(at, reason(error), **what)
    if first:
        for person in concerned(item, revision_id):
            mail.enqueue(person.email, *letter(person, failure, item, error, at))


def reason(error: Exception) -> str:
    """Why it failed, in the active language and in words for an editor as far as they are known."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, NotReviewed):
        return _("This text must be reviewed before it goes live.")
    return _("An error that the log tells more about: %(error)s") % {"error": error}


def concerned(item, revision_id: int | None) -> list:
    """The item's owner and who planned it, as far as they can be written to."""
    revision = item.live_revision if revision_id is None else item.revisions.get(pk=revision_id)
    planned = registry.get_logs_for_instance(item).filter(
        action="wagtail.publish.schedule", revision=revision
    )
    last = planned.order_by("-timestamp").first()
    planner = last.user_id if last else revision and revision.user_id
    people = get_user_model().objects.filter(pk__in={getattr(item, "owner_id", None), planner})
    return list(people.filter(is_active=True).exclude(email="").order_by("pk"))


def letter(person, failure: ScheduleFailure, item, error: Exception, at: datetime) -> tuple:
    """Subject and text in the language and the time zone of their reader."""
    profile = UserProfile.get_for_user(person)
    with override(profile.get_preferred_language()):
        zone = ZoneInfo(profile.get_current_time_zone())
        facts = {
            "title": _title(item),
            "when": date_format(localtime(at, zone), "DATETIME_FORMAT"),
        }
        if failure.kind == ScheduleFailure.Kind.PUBLISH:
            subject = _("“%(title)s” did not go live") % facts
            what = _("“%(title)s” was to go live on %(when)s. That failed:") % facts
        else:
            subject = _("“%(title)s” was not taken down") % facts
            what = _("“%(title)s” was to be taken down on %(when)s. That failed:") % facts
        next_step = _("It is tried again by itself. Mend it, or give it another time:")
        return subject, "\n\n".join([what, reason(error), f"{next_step}\n{_address(item, person)}"])


def _title(item: Any) -> str:
    named = getattr(item, "get_admin_display_title", None)
    return named() if named else str(item)


def _address(item, person) -> str:
    path = AdminURLFinder(person).get_edit_url(item) or reverse("wagtailadmin_home")
    return settings.WAGTAILADMIN_BASE_URL + path
