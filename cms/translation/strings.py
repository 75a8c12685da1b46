"""Storing the text of a segment: checked, remembered, and never in the place of another one's."""

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

from cms.editorial.rule import Refused
from cms.models.links import is_safe
from cms.translation.models import Assignment, SegmentVersion, Suggestion
from cms.translation.segments import Segment

LONGEST = 20_000
"""Characters of a text that has no limit of its own."""
TAGS = 200
"""Tags that a text may have beyond twice those of its source; nested ones are read recursively."""
MARKUP = re.compile(r"<(?!br\b)")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

UNSAFE_LINK = gettext_lazy("This address is not one that a visitor may be sent to.")


class BadText(Refused):
    """A text that cannot stand in its segment; the message says why."""


class Overtaken(BadText):
    """Somebody else has stored another text since this one was begun."""

    def __init__(self, known: StringTranslation | None):
        super().__init__(_("Meanwhile somebody else has saved another text here."))
        self.theirs = known.data if known else ""
        self.by = known and known.last_translated_by


def clean(segment: Segment, text: str) -> str:
    """A text as it may be stored; raises BadText.

    Texts are HTML of inline tags as wagtail-localize cuts it, also those of plain fields.
    """
    if not isinstance(text, str) or CONTROL.search(text):
        raise BadText(_("The text holds signs that are no text."))
    text = text.strip()
    if not text:
        raise BadText(_("The text is empty."))
    if len(text) > 2 * LONGEST or text.count("<") > 2 * segment.source.count("<") + TAGS:
        raise BadText(_("The text is too long, or holds too much markup."))
    try:
        value = StringValue.from_translated_html(text)
        validate_translation_links(segment.source, value.data)
    except ValueError as error:
        raise BadText(str(error)) from error
    if segment.is_plain and MARKUP.search(value.data):
        raise BadText(_("This text can hold no markup."))
    _check_size(segment, value.render_text())
    return value.data


def _check_size(segment: Segment, told: str) -> None:
    if not told.strip():
        raise BadText(_("The text is empty."))
    limit = segment.limit or LONGEST
    if len(told) > limit:
        raise BadText(
            _("The text has %(length)s characters; only %(limit)s fit here.")
            % {"length": len(told), "limit": limit}
        )


@transaction.atomic
def store(
    translation: Translation,
    segment: Segment,
    text: str,
    user,
    tool: str = "",
    machine: bool = False,
    before: str | None = None,
) -> StringTranslation:
    """Keep a text for a segment, and what stood there before in its history; raises BadText.

    `machine` tells that a person has confirmed the text of a machine as it was. The same text
    again changes nothing. `before` is the text from which somebody went on: where another one
    stands there now, Overtaken is raised.
    """
    data = clean(segment, text)
    place = _place(translation, segment)
    known = StringTranslation.objects.select_for_update().filter(**place).first()
    if not known or known.data != data:
        _refuse_unseen(known, before)
    kind = StringTranslation.TRANSLATION_TYPE_MACHINE if machine else "manual"
    if known and known.data == data and not known.has_error and known.translation_type == kind:
        return known
    made = known or StringTranslation(**place)
    made.data, made.translation_type, made.tool_name = data, kind, tool
    made.last_translated_by, made.has_error, made.field_error = user, False, ""
    made.save()
    _remember(translation, segment, data, user, tool)
    Suggestion.objects.filter(**_suggested(translation, segment)).delete()
    return made


def confirm(
    translation: Translation, segment: Segment, user, before: str | None = None
) -> StringTranslation:
    """Store what a machine suggests as it is, in the name of who has read it; raises BadText."""
    known = segment.suggestion
    if known is None:
        raise BadText(_("There is no suggestion any more."))
    return store(translation, segment, known.text, user, known.tool, machine=True, before=before)


@transaction.atomic
def clear(translation: Translation, segment: Segment, user, before: str | None = None) -> bool:
    """Take the text of a segment away, its history stays; whether there was one."""
    known = StringTranslation.objects.filter(**_place(translation, segment)).first()
    if known is None:
        return False
    _refuse_unseen(known, before)
    known.delete()
    _remember(translation, segment, "", user, "")
    return True


def _refuse_unseen(known: StringTranslation | None, before: str | None) -> None:
    """Raise Overtaken where another text stands than the one that somebody has seen."""
    if before is not None and (known.data if known else "") != before:
        raise Overtaken(known)


def _place(translation: Translation, segment: Segment) -> dict:
    return {
        "locale_id": translation.target_locale_id,
        "translation_of_id": segment.string_id,
        "context_id": segment.context_id,
    }


def _suggested(translation: Translation, segment: Segment) -> dict:
    return {
        "locale_id": translation.target_locale_id,
        "string_id": segment.string_id,
        "context_id": segment.context_id,
    }


def _remember(translation: Translation, segment: Segment, text: str, user, tool: str) -> None:
    SegmentVersion.objects.create(
        **_suggested(translation, segment), text=text, tool=tool, made_by=user
    )
    Assignment.objects.filter(translation=translation).mark_changed(
        translated_by=user, translated_at=timezone.now()
    )


def check_link(address) -> str:
    """An address that may take the place of the source's; raises BadText."""
    if not isinstance(address, str) or CONTROL.search(address) or not address.strip():
        raise BadText(_("This is no address."))
    if not is_safe(address):
        raise BadText(UNSAFE_LINK)
    return address.strip()
