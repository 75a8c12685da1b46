"""Starting a stopped translation again without losing what was written by hand meanwhile."""

from collections import Counter

from django.db import transaction
from django.utils import timezone
from wagtail_localize.models import Translation

from cms.translation import strings
from cms.translation.models import Assignment
from cms.translation.reviewed import texts_of
from cms.translation.segments import TranslatedTexts
from cms.translation.strings import BadText


@transaction.atomic
def restart(translation: Translation, page, user) -> tuple[int, int]:
    """Start a translation again; how many texts were taken over, and how many have no place.

    Texts of the page's latest version that stand at the same place, path and number, as one of
    the source become its translation. What finds no place stays in the page's history.
    """
    written = _numbered(texts_of(page.get_latest_revision_as_object()))
    taken, lost = 0, set(written)
    numbers: Counter = Counter()
    for segment in sorted(TranslatedTexts(translation).segments, key=lambda one: one.order):
        place = (segment.path, numbers[segment.path])
        numbers[segment.path] += 1
        text = written.get(place)
        lost.discard(place)
        if text is None or text in {segment.text, segment.source}:
            continue
        try:
            strings.store(translation, segment, text, user)
        except BadText:
            lost.add(place)
        else:
            taken += 1
    translation.enabled = True
    translation.save(update_fields=["enabled"])
    changed = {"is_stale": True, "changed_at": timezone.now()}
    Assignment.objects.filter(translation=translation).update(**changed)
    return taken, len(lost)


def _numbered(texts) -> dict[tuple[str, int], str]:
    numbers: Counter = Counter()
    found = {}
    for path, text in texts:
        found[path, numbers[path]] = text
        numbers[path] += 1
    return found
