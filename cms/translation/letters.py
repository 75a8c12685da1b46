"""Mails to translators: what was sent to them, one mail for all of it, in their language."""

from collections.abc import Iterable
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import task
from wagtail.admin.mail import send_mail
from wagtail.models import Page
from wagtail.users.models import UserProfile

from cms.editorial.mails import TRIES, WAIT
from cms.editorial.roles import translators
from cms.editorial.rows import edit_url, name_of
from cms.models.locales import language_of
from cms.translation.counting import settled
from cms.translation.models import Assignment

NAMED = 20
"""How many pages a mail names before it sends its reader to the queue."""


def tell_translators(assignments: Iterable[Assignment]) -> None:
    """Let those who translate into their locales know of these assignments, once each person.

    Who has sent them gets no mail; the mails go out after the transaction, by the worker.
    """
    by_locale: dict[int, list[int]] = {}
    for assignment in assignments:
        locale_id = assignment.translation.target_locale_id
        by_locale.setdefault(locale_id, []).append(assignment.pk)
    for locale_id, ids in by_locale.items():
        transaction.on_commit(partial(tell_locale.enqueue, locale_id, ids))


@task()
def tell_locale(locale_id: int, ids: list[int]) -> int:
    """Send a mail to each translator of a locale; how many."""
    people = get_user_model().objects.filter(
        groups__name=translators(language_of(locale_id)), is_active=True
    )
    senders = set(Assignment.objects.filter(pk__in=ids).values_list("sent_by_id", flat=True))
    wanted = [person for person in people.exclude(email="") if senders != {person.pk}]
    with transaction.atomic():
        for person in wanted:
            tell_person.enqueue(person.pk, ids)
    return len(wanted)


@task()
def tell_person(user_id: int, ids: list[int], tried: int = 0) -> bool:
    """Write and send one mail; whether it was sent. What the mail server refuses comes again."""
    user = get_user_model().objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if user is None or not UserProfile.get_for_user(user).submitted_notifications:
        return False
    settled(Assignment.objects.filter(pk__in=ids))
    found = Assignment.objects.filter(pk__in=ids, translation__enabled=True)
    rows = list(found.select_related("translation__source", "sent_by").order_by("due_on", "pk"))
    if not rows:
        return False
    language = UserProfile.get_for_user(user).preferred_language or settings.LANGUAGE_CODE
    with translation.override(language):
        subject, context = letter(rows)
        context |= {"user": user, "settings": settings}
        text = render_to_string("editorial/mails/mail.txt", context).strip()
        html = render_to_string("editorial/mails/mail.html", context)
    try:
        send_mail(subject, text, [user.email], html_message=html)
    except (SMTPException, OSError):
        if tried + 1 >= TRIES or not tell_person.get_backend().supports_defer:
            raise
        again = tell_person.using(run_after=timezone.now() + WAIT * 2**tried)
        again.enqueue(user_id, ids, tried + 1)
        return False
    return True


def letter(rows: list[Assignment]) -> tuple[str, dict]:
    """Subject, and the template's {"title", "sentences", "comment", "links"}."""
    count, words = len(rows), sum(row.open_words for row in rows)
    subject = ngettext("To translate: %(count)s page", "To translate: %(count)s pages", count)
    told = ngettext(
        "%(count)s page was sent to you to be translated: %(words)s words.",
        "%(count)s pages were sent to you to be translated: %(words)s words.",
        count,
    )
    sentences = [told % {"count": count, "words": words}]
    sender = name_of(rows[0].sent_by)
    if sender:
        sentences.append(_("Sent by %(person)s.") % {"person": sender})
    days = [row.due_on for row in rows if row.due_on]
    if days:
        day = date_format(min(days), "SHORT_DATE_FORMAT")
        sentences.append(_("Due: %(day)s.") % {"day": day})
    links = [(title, settings.SITE_URL + url) for title, url in _pages(rows[:NAMED])]
    queue = settings.SITE_URL + reverse("translation_desk")
    links.append((_("Your queue:"), queue))
    title = subject % {"count": count}
    return title, {"title": title, "sentences": sentences, "comment": "", "links": links}


def _pages(rows: list[Assignment]) -> Iterable[tuple[str, str]]:
    for row in rows:
        key, locale_id = row.translation.source.object_id, row.translation.target_locale_id
        page = Page.objects.filter(translation_key=key, locale_id=locale_id).first()
        if page:
            yield f"{page.draft_title}:", edit_url(page)
