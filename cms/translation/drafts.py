"""From the texts of a translation to a version of its page, and on to its review."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, WorkflowState
from wagtail_localize.models import Translation, TranslationSource

from cms.editorial.rule import Refused
from cms.models.tree import lock_tree
from cms.translation.access import page_to_change, page_to_read
from cms.translation.models import DraftBasis, SentAhead
from cms.translation.models.texts import refuse_incomplete
from cms.translation.sending.snapshot import keep_snapshot
from cms.translation.state import fallbacks_of, snapshot_of, translation_of


def make_draft(translation: Translation, user) -> Revision:
    """Save the translation as it stands as a version of its page; what is open stays as it was
    written. Raises Refused where the page does not accept a text.
    """
    page = translation.source.get_ephemeral_translated_instance(
        translation.target_locale, fallback=True
    )
    try:
        return page.save_revision(user=user, log_action=True)
    except ValidationError as error:
        raise Refused(_told(page, error)) from error


def _told(page, error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    fields = {field.name: field.verbose_name for field in page._meta.fields}
    return " ".join(
        _("“%(field)s”: %(message)s") % {"field": fields.get(name, name), "message": message}
        for name, errors in error.message_dict.items()
        for message in errors
    )


def remember_basis(revision: Revision, page) -> None:
    """Keep from which source text a version of a translation was made; none for other pages."""
    translation = translation_of(page)
    if translation is None or not translation.enabled:
        return
    ahead = SentAhead.objects.filter(source=translation.source).first()
    DraftBasis.objects.update_or_create(
        revision=revision,
        defaults={
            "segments": snapshot_of(translation.source),
            "fallbacks": fallbacks_of(translation),
            "ahead_of_id": ahead.revision_id if ahead else None,
        },
    )


def missing_texts(translation: Translation) -> int:
    """How many texts would stand in the language of the source."""
    return sum(len(texts) for texts in fallbacks_of(translation).values())


@transaction.atomic
def submit(translation: Translation, user) -> WorkflowState:
    """Send the translation as it stands to its review, again where it was sent back.

    Raises Refused: locked, in review, incomplete where the page type does not allow it.
    """
    lock_tree()
    page = page_to_change(translation, user)
    refuse_incomplete(page, missing_texts(translation))
    make_draft(translation, user)
    page = Page.objects.get(pk=page.pk).specific
    state = page.current_workflow_state
    if state:
        state.resume(user=user)
        return state
    workflow = page.get_workflow()
    if workflow is None:
        raise Refused(_("Nobody reviews this page: an administrator has to assign a workflow."))
    return workflow.start(page, user)


@transaction.atomic
def take_back(translation: Translation, user) -> None:
    """End the review that is under way, for its author or a publisher; raises Refused."""
    lock_tree()
    page = page_to_read(translation, user)
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
        raise Refused(_("This translation is not in review."))
    may = page.permissions_for_user(user)
    if state.requested_by_id != user.pk and not may.can_oversee():
        raise Refused(_("Only those who sent a translation to review take it back."))
    state.cancel(user=user)


@transaction.atomic
def renew(source: TranslationSource, page=None, revision: Revision | None = None) -> bool:
    """Bring the text of a source page to its translators; whether it differs from the last one.

    `revision` is a draft that is sent ahead of its publication; none: the page as it is published.
    """
    instance = revision.as_object() if revision else (page or source.get_source_instance())
    ahead = revision if revision and revision.pk != instance.live_revision_id else None
    return keep_snapshot(instance, ahead)[1]
