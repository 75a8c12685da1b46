"""Which texts translations are compared with, and made from."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Page, Revision
from wagtail_localize.models import Translation, TranslationSource

from cms.editorial.rule import Refused
from cms.translation.models.assignment import Assignment


class SourceText(models.Model):
    """The text of a source page as it is published, as a fingerprint; its translations must follow.

    Written in the transaction that publishes the page, gone with the one that takes it down.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="source_text")
    segments = models.JSONField()
    segment_count = models.PositiveIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("text of a source page")
        verbose_name_plural = _("texts of source pages")

    def __str__(self):
        return f"{self.page_id}: {self.words}"


class SourcePublication(models.Model):
    """When a source page was published with another text than before; as a hash of that text."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="source_publications")
    at = models.DateTimeField()
    text_hash = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("publication of a source page")
        verbose_name_plural = _("publications of source pages")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.page_id}: {self.at}"


class SentAhead(models.Model):
    """The draft of a source page that translators have before the page is published with it."""

    source = models.OneToOneField(TranslationSource, on_delete=models.CASCADE, related_name="ahead")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("text sent ahead")
        verbose_name_plural = _("texts sent ahead")

    def __str__(self):
        return f"{self.source_id}: {self.revision_id}"


class DraftBasis(models.Model):
    """The source text from which one version of a translation was made.

    `ahead_of` is the version of the source that this one must not precede in public; `waits` is
    set when the translation was approved before that version was published.
    """

    revision = models.OneToOneField(
        Revision, on_delete=models.CASCADE, related_name="translation_basis"
    )
    segments = models.JSONField()
    fallbacks = models.JSONField(default=dict)
    ahead_of = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    waits = models.BooleanField(default=False, db_index=True)

    class Meta:
        verbose_name = _("basis of a draft")
        verbose_name_plural = _("bases of drafts")

    def __str__(self):
        return f"{self.revision_id}"

    @cached_property
    def page(self) -> Page:
        """The translation, as the database has it."""
        return Page.objects.get(pk=self.revision.object_id).specific

    @property
    def missing(self) -> int:
        """How many texts stand in the language of the source."""
        return sum(len(texts) for texts in self.fallbacks.values())

    @property
    def precedes_its_source(self) -> bool:
        """Whether the public would read here what the source does not tell yet.

        A translation that is public without its source stands on its own and precedes nothing.
        """
        source = _source_of(self.page)
        if source is None or (self.page.live and not source.live):
            return False
        if not source.live or self.ahead_of is None:
            return not source.live
        live = source.live_revision
        return live is None or live.created_at < self.ahead_of.created_at

    def refuse_incomplete(self) -> None:
        refuse_incomplete(self.page, self.missing)

    def note_review(self, user, at) -> None:
        """Remember who has approved the work last."""
        of_page = Assignment.objects.of_text(self.page.translation_key, self.page.locale_id)
        of_page.update(reviewed_by=user, reviewed_at=at)

    def wait(self) -> None:
        """Go live together with the source, in the place of what waited before."""
        others = DraftBasis.objects.filter(revision__object_id=self.revision.object_id, waits=True)
        others.update(waits=False)
        self.waits = True
        self.save(update_fields=["waits"])


def refuse_incomplete(page, missing: int) -> None:
    """Raise Refused where texts are missing and the page's type must be complete."""
    if missing and page.specific_class.translation_must_be_complete:
        message = ngettext(
            "%(count)s text is not translated yet; this kind of page needs all of them.",
            "%(count)s texts are not translated yet; this kind of page needs all of them.",
            missing,
        )
        raise Refused(message % {"count": missing})


def _source_of(page) -> Page | None:
    made = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id
    ).values("source__locale_id")
    return Page.objects.filter(translation_key=page.translation_key, locale_id__in=made).first()
