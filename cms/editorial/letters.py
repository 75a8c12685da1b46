"""What is said in a mail about a review."""

from enum import StrEnum

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState

from cms.editorial.rows import compare_link, edit_url, name_of, preview_link
from cms.models.locales import language_of


class Event(StrEnum):
    """What happened, by the name of the switch for it in a person's profile."""

    SUBMITTED = "submitted"
    SENT_BACK = "rejected"
    APPROVED = "approved"


def letter(event: str, state: TaskState) -> tuple[str, dict]:
    """Subject, and the template's {"title", "sentences", "comment", "links"} in one language."""
    page = state.workflow_state.content_object
    facts = {
        "title": page.get_admin_display_title(),
        "language": dict(settings.LANGUAGES).get(language_of(page.locale_id), ""),
        "task": state.task.name,
        "person": name_of(
            state.workflow_state.requested_by if event == Event.SUBMITTED else state.finished_by
        ),
    }
    subject, sentence = WORDS[Event(event)](facts)
    at = _goes_live_at(page) if event == Event.APPROVED else None
    sentences = [sentence % facts]
    if at:
        moment = date_format(localtime(at), "SHORT_DATETIME_FORMAT")
        sentences.append(_("It goes live at %(moment)s.") % {"moment": moment})
    return " ".join((subject % facts).split()), {
        "title": subject % facts,
        "sentences": sentences,
        "comment": state.comment if event != Event.SUBMITTED else "",
        "links": _links(event, page, state),
    }


def _submitted(facts: dict) -> tuple[str, str]:
    if facts["person"]:
        sentence = _("%(person)s has sent “%(title)s” (%(language)s) to review: %(task)s.")
    else:
        sentence = _("“%(title)s” (%(language)s) was sent to review: %(task)s.")
    return _("To review: %(title)s"), sentence


def _sent_back(facts: dict) -> tuple[str, str]:
    if facts["person"]:
        sentence = _("%(person)s has sent “%(title)s” (%(language)s) back to you.")
    else:
        sentence = _("The content check has sent “%(title)s” (%(language)s) back to you.")
    return _("Sent back: %(title)s"), sentence


def _approved(facts: dict) -> tuple[str, str]:
    if facts["person"]:
        sentence = _("%(person)s has approved “%(title)s” (%(language)s).")
    else:
        sentence = _("“%(title)s” (%(language)s) was approved.")
    return _("Approved: %(title)s"), sentence


WORDS = {Event.SUBMITTED: _submitted, Event.SENT_BACK: _sent_back, Event.APPROVED: _approved}


def _goes_live_at(page):
    """When an approved text goes live; None if it is live at once."""
    planned = Revision.page_revisions.filter(
        object_id=str(page.pk), approved_go_live_at__isnull=False
    )
    return planned.values_list("approved_go_live_at", flat=True).first()


def _links(event: str, page, state: TaskState) -> list[tuple[str, str]]:
    if event == Event.APPROVED:
        public = page.specific.get_url() if page.live else ""
        return _absolute(
            [(_("Read it on the site:"), public), (_("The page in the editor:"), edit_url(page))]
        )
    if event == Event.SENT_BACK:
        return _absolute([(_("Mend it here:"), edit_url(page))])
    links = [
        (_("Review it here:"), edit_url(page)),
        (_("As readers will see it:"), preview_link(page, state.task_id).url),
    ]
    if page.live and page.live_revision_id:
        compared = compare_link(page, page.latest_revision_id)
        links.append((_("What has changed:"), compared.url))
    return _absolute(links)


def _absolute(links: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(label, settings.SITE_URL + address) for label, address in links if address]
