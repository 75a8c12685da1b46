"""Addresses and images of a text that are others in one locale."""

import json

from wagtail_localize.models import SegmentOverride, Translation

from cms.translation.models import Assignment
from cms.translation.strings import check_link


def store(translation: Translation, context_id: int, address: str, user) -> None:
    """Put an address in the place of the source's, or take it away again; raises BadText."""
    if address:
        put(translation, context_id, check_link(address), user)
    else:
        remove(translation, context_id, user)


def put(translation: Translation, context_id: int, value, user) -> SegmentOverride:
    """Keep a value that was checked in the place of the source's."""
    facts = {"data_json": json.dumps(value), "last_translated_by": user, "has_error": False}
    made, _created = SegmentOverride.objects.update_or_create(
        locale_id=translation.target_locale_id, context_id=context_id, defaults=facts
    )
    _changed(translation, user)
    return made


def remove(translation: Translation, context_id: int, user) -> bool:
    """Let the source's value stand; whether there was another one."""
    known = SegmentOverride.objects.filter(
        locale_id=translation.target_locale_id, context_id=context_id
    )
    gone, _kinds = known.delete()
    _changed(translation, user)
    return bool(gone)


def _changed(translation: Translation, user) -> None:
    Assignment.objects.filter(translation=translation).mark_changed(translated_by=user)
