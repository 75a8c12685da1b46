"""The translation editor, which stands at the address of the translated page's own editor."""

from cms.translation.state import translation_of
from cms.translation.views.closed import guard_translation_editor


def edit_translation(request, page):
    """Answer for a page that is a translation; None for every other one."""
    translation = translation_of(page)
    if translation is None:
        return None
    return guard_translation_editor(request, page)
