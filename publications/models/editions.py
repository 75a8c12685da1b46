"""Editions of a publication, their files, and the ledger of releases.

What is public stands in the ledger alone: addresses, API and counts read `EditionRelease`.
"""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable

from cms.choices import EDITION_LANGUAGES, EDITION_VARIANTS
from publications.facts import PdfFacts, read_facts


class EditionFileManager(models.Manager["EditionFile"]):
    def from_bytes(self, data: bytes, name: str) -> "EditionFile":
        """The one file with these bytes, stored when it is new; ValidationError if it is no PDF."""
        facts = read_facts(data)
        known = self.filter(sha256=facts.sha256).first()
        return known or self._store(data, facts, name)

    def _store(self, data: bytes, facts: PdfFacts, name: str) -> "EditionFile":
        row = EditionFile(**vars(facts), name=name[:255])
        row.file.save(f"{facts.sha256}.pdf", ContentFile(data), save=False)
        row.save()
        return row


class EditionFile(models.Model):
    """A PDF with its facts; written once, outside of every page, and never altered."""

    file = models.FileField(_("file"), upload_to="editions", max_length=120)
    name = models.CharField(_("name when it was uploaded"), max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    bytes = models.PositiveBigIntegerField(_("bytes"), editable=False)
    pages = models.PositiveIntegerField(_("pages"), editable=False)
    title = models.CharField(_("title in the file"), max_length=255, blank=True, editable=False)
    language = models.CharField(
        _("language in the file"), max_length=35, blank=True, editable=False
    )
    tagged = models.BooleanField(_("tagged for screen readers"), default=False, editable=False)
    encrypted = models.BooleanField(_("encrypted"), default=False, editable=False)
    text = models.JSONField(_("text by page"), default=list, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)

    objects = EditionFileManager()

    class Meta:
        verbose_name = _("edition file")
        verbose_name_plural = _("edition files")
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.name or self.file.name


class Edition(Orderable):
    """One language and variant of a publication; kept on its source page only."""

    page = ParentalKey(
        "publications.PublicationPage", on_delete=models.CASCADE, related_name="editions"
    )
    language = models.CharField(_("language"), max_length=5, choices=EDITION_LANGUAGES)
    variant = models.CharField(
        _("variant"), max_length=10, choices=EDITION_VARIANTS, blank=True, default=""
    )
    title = models.CharField(
        _("title"), max_length=255, help_text=_("In the language of the edition.")
    )
    subtitle = models.CharField(_("subtitle"), max_length=255, blank=True)
    file = models.ForeignKey(
        EditionFile, verbose_name=_("file"), on_delete=models.PROTECT, related_name="editions"
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, help_text=_("If it is not that of the publication.")
    )
    doi = models.CharField("DOI", max_length=120, blank=True)
    isbn = models.CharField("ISBN", max_length=20, blank=True)
    translator = models.CharField(_("translated by"), max_length=160, blank=True)

    panels = [
        FieldRowPanel(["language", "variant"]),
        FieldRowPanel(["published_on", "year"]),
        FieldPanel("title"),
        FieldPanel("subtitle"),
        FieldPanel("file"),
        MultiFieldPanel(
            [FieldRowPanel(["doi", "isbn"]), "translator"],
            heading=_("For libraries"),
            classname="collapsed",
        ),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self):
        return f"{self.title} ({edition_name(self.language, self.variant)})"

    def facts(self) -> dict:
        """What a release keeps of its edition; the year of its day, where that is known."""
        names = ["title", "subtitle", "published_on", "doi", "isbn", "translator"]
        year = self.published_on.year if self.published_on else self.year
        own = {name: getattr(self, name) for name in names}
        return own | {"year": year, "position": self.sort_order or 0}


def edition_name(language: str, variant: str) -> str:
    """'lv' or 'en-pocket': how an edition is named in addresses."""
    return f"{language}-{variant}" if variant else language


class EditionReleaseQuerySet(models.QuerySet):
    def of_work(self, translation_key) -> "EditionReleaseQuerySet":
        """All releases of one work, newest first in each edition."""
        return self.filter(work=translation_key).order_by("language", "variant", "-number")

    def current(self) -> "EditionReleaseQuerySet":
        """The newest release of each edition that was not withdrawn."""
        newer = EditionRelease.objects.filter(
            work=models.OuterRef("work"),
            language=models.OuterRef("language"),
            variant=models.OuterRef("variant"),
            number__gt=models.OuterRef("number"),
        )
        return self.filter(~models.Exists(newer), withdrawn_at=None)


class EditionRelease(models.Model):
    """A file that became current for its edition on a date: the n-th of that edition."""

    work = models.UUIDField()
    language = models.CharField(max_length=5, choices=EDITION_LANGUAGES)
    variant = models.CharField(max_length=10, choices=EDITION_VARIANTS, blank=True)
    number = models.PositiveIntegerField()
    file = models.ForeignKey(EditionFile, on_delete=models.PROTECT, related_name="releases")
    title = models.CharField(max_length=255)
    subtitle = models.CharField(max_length=255, blank=True)
    published_on = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    doi = models.CharField(max_length=120, blank=True)
    isbn = models.CharField(max_length=20, blank=True)
    translator = models.CharField(max_length=160, blank=True)
    position = models.PositiveIntegerField(default=0)
    released_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    objects = EditionReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release of an edition")
        verbose_name_plural = _("releases of editions")
        constraints = [
            models.UniqueConstraint(
                fields=["work", "language", "variant", "number"], name="one_release_a_number"
            )
        ]

    def __str__(self):
        return f"{self.title}: {self.name} v{self.number}"

    @property
    def name(self) -> str:
        return edition_name(self.language, self.variant)

    @property
    def language_name(self) -> str:
        """The language by its own name: 'latviešu'."""
        return self.get_language_display()


class PublicationAddress(models.Model):
    """A slug under /downloads/ that was once given to a work, and to no other ever."""

    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    work = models.UUIDField(db_index=True)

    def __str__(self):
        return f"/downloads/{self.slug}/"


def check_address_is_free(slug: str, work) -> None:
    """Raise ValidationError where another work was once published under this slug."""
    if PublicationAddress.objects.filter(slug=slug).exclude(work=work).exists():
        message = _("Files of another publication stand at this address; choose another slug.")
        raise ValidationError({"slug": message})
