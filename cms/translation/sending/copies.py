"""The first draft of a page in another locale.

It is what `copy_for_translation()` and `save_revision()` make of the page, with a third of their
queries: they save the page three times and have it read into both indexes each time.
"""

from copy import copy

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.log_actions import log
from wagtail.models import COMMENTS_RELATION_NAME, Locale, Page, Revision, TranslatableMixin
from wagtail.models.copying import _copy, _copy_m2m_relations
from wagtail.signals import copy_for_translation_done
from wagtail_localize.models import Translation
from wagtail_localize.segments.ingest import ingest_segments

from cms.editorial.rule import Refused, revision_saved
from cms.translation.fingerprint import Fingerprint
from cms.translation.models import DraftBasis

ADDRESS_TAKEN = _("In that language, another page stands at this address already.")

NOT_PUBLIC = {
    "live": False,
    "has_unpublished_changes": True,
    "live_revision": None,
    "first_published_at": None,
    "last_published_at": None,
    "alias_of": None,
}


def add_draft(original: Page, translation: Translation, parent: Page, slug: str, known: bool):
    """Put a copy of a page below `parent`, in the locale of its translation and not public.

    `known` tells that there may be texts of an earlier translation; they take their places.
    Raises Refused where the address is taken.
    """
    locale = translation.target_locale
    left_out = original.default_exclude_fields_in_copy + original.exclude_fields_in_copy
    relations = {one.get_accessor_name() for one in get_all_child_relations(original)}
    facts = NOT_PUBLIC | {"locale": locale, "slug": slug, "draft_title": original.title}
    page, _children = _copy(original, [*left_out, *relations], facts)
    children = _copy_children(original, relations - set(left_out), locale)
    for name, rows in children.items():
        if rows:
            setattr(page, name, rows)
    if known:
        _fill_in(page, translation)
    try:
        parent.add_child(instance=page)
    except ValidationError as error:
        if "slug" in error.message_dict:
            raise Refused(ADDRESS_TAKEN) from error
        raise
    _copy_m2m_relations(original, page, exclude_fields=left_out, update_attrs=facts)
    _keep_in_memory(page, children)
    return page


def _copy_children(original, names: set[str], locale: Locale) -> dict[str, list]:
    """Unsaved copies of a page's children; the page keeps its own for the next locale."""
    found = {}
    for name in names:
        rows = [_copy_child(row) for row in getattr(original, name).get_object_list()]
        for row in rows:
            row.pk, row._state.adding = None, True
            if isinstance(row, TranslatableMixin):
                row.locale = locale
        found[name] = rows
    return found


def _copy_child(row):
    return row.copy_cluster()[0] if isinstance(row, ClusterableModel) else copy(row)


def _keep_in_memory(page, children: dict[str, list]) -> None:
    """Spare the database the questions to which a page that is just made knows the answers."""
    for name, rows in children.items():
        setattr(page, name, rows)
    setattr(page, COMMENTS_RELATION_NAME, [])
    page._current_workflow_states = []


def _fill_in(page, translation: Translation) -> None:
    source = translation.source
    original = source.as_instance()
    segments = source._get_segments_for_translation(translation.target_locale, fallback=True)
    ingest_segments(original, page, source.locale, translation.target_locale, segments)
    page.draft_title = page.title


def keep_version(
    page, user, text: Fingerprint, open_texts: Fingerprint, ahead: Revision | None
) -> None:
    """Keep the first version of a draft, and the text from which it was made."""
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=user,
        content=page.serializable_data(),
        object_str=str(page),
    )
    page.latest_revision, page.latest_revision_created_at = revision, revision.created_at
    latest = {"latest_revision": revision, "latest_revision_created_at": revision.created_at}
    Page.objects.filter(pk=page.pk).update(**latest)
    basis = DraftBasis.objects.create(
        revision=revision, segments=text, fallbacks=open_texts, ahead_of=ahead
    )
    revision_saved.send(type(page), page=page, revision=revision, user=user, basis=basis)


def tell(original: Page, page, parents: tuple[Page, Page], user) -> None:
    """Write a new draft into the log as Wagtail does; `parents` are those of both pages."""
    copy_for_translation_done.send(
        CopyPageForTranslationAction, source_obj=original, target_obj=page
    )
    source, destination = parents
    facts = {
        "page": {
            "id": page.pk,
            "title": page.get_admin_display_title(),
            "locale": _named(page.locale),
        },
        "source": {"id": source.pk, "title": source.get_admin_display_title()},
        "destination": {"id": destination.pk, "title": destination.get_admin_display_title()},
        "keep_live": False,
        "source_locale": _named(original.locale),
    }
    log(instance=page, action="wagtail.copy_for_translation", user=user, data=facts)


def _named(locale: Locale) -> dict:
    return {"id": locale.pk, "language_code": locale.language_code}
