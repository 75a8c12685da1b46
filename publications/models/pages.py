"""Publications and their index: one page for each work, whatever editions it has."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField

from cms.choices import AUDIENCES, LANGUAGE_NAMES, LICENCES, PUBLICATION_KINDS
from cms.editorial.rule import is_translation
from cms.editorial.workflows import PUBLICATION_RELEASE
from cms.models import BodyPage, IndexPage
from cms.models.visibility import public
from publications.forms import PublicationForm
from publications.models.editions import EditionRelease, check_address_is_free


class PublicationIndexPage(IndexPage):
    """All publications, and which languages and variants of each exist."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["publications.PublicationPage", "publications.RecommendationsPage"]
    review_workflow = PUBLICATION_RELEASE

    class Meta:
        verbose_name = _("publication index")
        verbose_name_plural = _("publication indexes")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        pages = PublicationPage.objects.works(self.locale_id).order_by("-year", "title")
        pages = list(pages.for_cards().defer_streamfields())
        languages = with_editions(pages, self.language)
        return context | {"publications": pages, "languages": languages}


def with_editions(pages, language: str) -> list[tuple[str, str]]:
    """Give each page its current `releases` in one query; what languages there are, by name.

    The reader's own language stands first, on each page and in the answer.
    """
    keys = [page.translation_key for page in pages]
    releases = current_releases(keys)
    for page in pages:
        own = [release for release in releases if release.work == page.translation_key]
        page.releases = sort_releases(own, language)
    used = {release.language for release in releases}
    return sorted(
        ((code, name) for code, name in LANGUAGE_NAMES.items() if code in used),
        key=lambda pair: pair[0] != language,
    )


def public_sources():
    """The public source pages of publications: the works whose files may be downloaded."""
    return public(PublicationPage.objects.filter(translation_basis=None))


def current_releases(keys) -> models.QuerySet[EditionRelease]:
    """What may be downloaded now of these works, with its files but without their text."""
    works = public_sources().filter(translation_key__in=keys).values("translation_key")
    releases = EditionRelease.objects.filter(work__in=works).current()
    return releases.select_related("file").defer("file__text")


def sort_releases(releases, language: str) -> list[EditionRelease]:
    """The reader's language first, then by the languages' own names; variants side by side."""
    order = {code: number for number, code in enumerate(LANGUAGE_NAMES)}
    return sorted(
        releases, key=lambda r: (r.language != language, order[r.language], r.position, r.variant)
    )


class PublicationPage(BodyPage):
    """A work that the project published, with its editions in languages and variants."""

    parent_page_types = ["publications.PublicationIndexPage"]
    subpage_types = []
    base_form_class = PublicationForm
    UNIQUE_ROWS = {
        "editions": (
            ("language", "variant"),
            _("Two editions have the same language and variant."),
        ),
    }

    subtitle = models.CharField(_("subtitle"), max_length=255, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=PUBLICATION_KINDS, default="brochure")
    audience = models.CharField(_("audience"), max_length=20, choices=AUDIENCES, default="everyone")
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=30, choices=LICENCES, blank=True)

    content_panels = [
        *BodyPage.content_panels[:1],
        FieldPanel("subtitle"),
        *BodyPage.content_panels[1:2],
        FieldRowPanel(["kind", "audience"], heading=_("Kind and audience")),
        FieldRowPanel(["year", "licence"], heading=_("Year and licence")),
        InlinePanel("editions", heading=_("Editions"), label=_("Edition")),
        InlinePanel("authors", heading=_("Authors"), label=_("Organisation")),
        *BodyPage.content_panels[2:],
    ]
    search_fields = BodyPage.search_fields + [
        index.SearchField("subtitle", boost=2),
        index.FilterField("kind"),
        index.FilterField("audience"),
        index.FilterField("year"),
    ]
    exclude_fields_in_copy = ["editions"]
    override_translatable_fields = BodyPage.override_translatable_fields + [
        BaseTranslatableField("editions"),
        *[
            SynchronizedField(name, overridable=False)
            for name in ["kind", "audience", "year", "licence", "authors"]
        ],
    ]

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def clean(self):
        super().clean()
        check_address_is_free(self.slug, self.translation_key)
        for name, (fields, message) in self.UNIQUE_ROWS.items():
            rows = getattr(self, name).all()
            keys = [tuple(getattr(row, field) for field in fields) for row in rows]
            if len(keys) != len(set(keys)):
                raise ValidationError(message)

    def problems(self):
        found = super().problems()
        if not self.licence:
            found.append(gettext("The licence is missing: nobody knows what they may do with it."))
        if not is_translation(self) and not self.editions.exists():
            found.append(gettext("There is no edition whose file is ready."))
        return found

    def teaser_label(self):
        return self.get_kind_display()

    @cached_property
    def releases(self) -> list[EditionRelease]:
        """What may be downloaded now: the ledger's current releases, the page's language first."""
        return sort_releases(current_releases([self.translation_key]), self.language)

    def releases_here(self) -> list[EditionRelease]:
        """The editions in the reader's own language."""
        return [release for release in self.releases if release.language == self.language]

    def releases_elsewhere(self) -> list[EditionRelease]:
        """The editions in other languages."""
        return [release for release in self.releases if release.language != self.language]

    @property
    def licence_url(self) -> str:
        """The address of a Creative Commons licence, "" for every other one."""
        name, _sep, version = self.licence.rpartition("-")
        if name == "cc0":
            return "https://creativecommons.org/publicdomain/zero/1.0/"
        if not name.startswith("cc-"):
            return ""
        return f"https://creativecommons.org/licenses/{name.removeprefix('cc-')}/{version}/"

    def linked_ids(self) -> set[int]:
        authors = {row.partner_id for row in self.authors.get_object_list() if row.partner_id}
        return super().linked_ids() | authors

    def author_links(self) -> list[dict]:
        """[{"name": "Nordregio", "link": Link or None}]: the organisations that wrote it."""
        return [
            {"name": row.name, "link": self.links.by_id(row.partner_id)}
            for row in self.authors.all()
        ]

    def shape(self) -> dict:
        """{"kind": "handbook", "audience": "staff", "year": 2018, "authors": ["Nordregio"], ...}"""
        names = ["subtitle", "kind", "audience", "year", "licence"]
        facts = {name: getattr(self, name) for name in names}
        authors = [row.name for row in self.authors.all()]
        return super().shape() | facts | {"authors": authors}


class PublicationAuthor(Orderable):
    """An organisation that wrote a publication."""

    page = ParentalKey(PublicationPage, on_delete=models.CASCADE, related_name="authors")
    name = models.CharField(_("name"), max_length=255)
    partner = models.ForeignKey(
        "partners.PartnerPage",
        verbose_name=_("profile"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [FieldRowPanel(["name", PageChooserPanel("partner")])]

    def __str__(self):
        return self.name
