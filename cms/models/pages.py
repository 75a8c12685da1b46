"""What every page of the site has, and what every index page does."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import BodyBlock
from cms.editorial import rule
from cms.models.forms import BasePageForm
from cms.models.links import Links, page_ids
from cms.models.lost import without_lost
from cms.models.problems import body_problems, image_problems
from cms.models.shown import Shown
from cms.models.texts import TEXTS
from cms.models.tree import TreePage
from cms.models.visibility import public


class BasePageQuerySet(PageQuerySet):
    def works(self, locale_id: int) -> "BasePageQuerySet":
        """Every public work once: its page in this locale, else its source page.

        Where the source is not public, the oldest translation that stands on its own.
        """
        same = public(self.model.objects.filter(translation_key=OuterRef("translation_key")))
        here = Exists(same.filter(locale_id=locale_id))
        older = same.filter(pk__lt=OuterRef("pk"))
        first_source = Q(translation_basis=None) & ~Exists(older.filter(translation_basis=None))
        first_orphan = (
            Q(translation_basis__state="original")
            & ~Exists(same.filter(translation_basis=None))
            & ~Exists(older.filter(translation_basis__state="original"))
        )
        chosen = Q(locale_id=locale_id) | ~here & (first_source | first_orphan)
        return public(self).filter(chosen).annotate(**TEXTS)

    def for_cards(self) -> "BasePageQuerySet":
        """With the images of teasers, in two queries however many pages there are."""
        return self.select_related("image").prefetch_related("image__renditions")


HOME_DEPTH = 2

RESERVED_SLUGS = {"search", "feed", "_util", rule.BIN}
"""Slugs under which views of the site answer, and no page could ever be read."""

BasePageManager = PageManager.from_queryset(BasePageQuerySet)


class BasePage(TreePage, Shown, Page):
    """A page of this site: written once, translated, at the same address in every locale."""

    introduction = models.TextField(
        _("introduction"),
        max_length=500,
        blank=True,
        help_text=_("One or two sentences; shown on top of the page and wherever it is announced."),
    )
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    image_alt = models.CharField(
        _("alt text"),
        max_length=255,
        blank=True,
        help_text=_("What the image tells here, for those who cannot see it."),
    )
    image_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("The image tells nothing that the text does not tell."),
    )
    social_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("image for social media"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    translation_must_be_complete = False
    """Whether a translation goes live with all its texts only, or with a note that some miss."""

    objects = BasePageManager()
    base_form_class = BasePageForm

    content_panels = Page.content_panels + [
        FieldPanel("introduction"),
        MultiFieldPanel(
            ["image", "image_alt", "image_decorative"], heading=_("Image"), icon="image"
        ),
    ]
    promote_panels = Page.promote_panels + [FieldPanel("social_image")]
    search_fields = Page.search_fields + [index.SearchField("introduction", boost=2)]
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("show_in_menus", overridable=False),
        SynchronizedField("image_decorative", overridable=False),
    ]

    class Meta:
        abstract = True

    def get_workflow(self):
        return rule.workflow_of(self)

    def permissions_for_user(self, user):
        return rule.ReviewedPagePermissionTester(user, self)

    def confirming_group(self) -> str:
        """The name of the group whose own page this is, and that confirms its text; or none."""
        return ""

    def save_revision(self, user=None, *args, overwrite_revision=None, **kwargs):
        """Save the text as a revision; one that something relies on is never overwritten."""
        if overwrite_revision and rule.is_named(overwrite_revision):
            overwrite_revision = None
        revision = super().save_revision(
            user, *args, overwrite_revision=overwrite_revision, **kwargs
        )
        rule.revision_saved.send(type(self), page=self, revision=revision, user=user)
        return revision

    @classmethod
    def from_serializable_data(cls, data, *args, **kwargs):
        return super().from_serializable_data(without_lost(cls, data), *args, **kwargs)

    def with_content_json(self, content):
        """A translation's slug follows its source: no draft of it brings back an older one."""
        page = super().with_content_json(content)
        if self.depth > HOME_DEPTH and rule.is_translation(self):
            page.slug = Page.objects.values_list("slug", flat=True).get(pk=self.pk)
        return page

    def clean(self):
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("The site itself uses this address; choose another.")})
        self._check_slug_in_all_locales()

    def _check_slug_in_all_locales(self) -> None:
        """A new slug goes to the translations too: it must be free beside each of them."""
        if not self.pk or not Page.objects.filter(pk=self.pk).exclude(slug=self.slug).exists():
            return
        for page in self.get_translations():
            if (
                page.depth > 2
                and page.get_siblings(inclusive=False).filter(slug=self.slug).exists()
            ):
                message = _("In another language, another page stands at this address already.")
                raise ValidationError({"slug": message})

    def get_url_parts(self, request=None):
        sites = [] if rule.in_bin(self) else self._get_relevant_site_root_paths(request)
        return (sites[0].site_id, settings.SITE_URL, self.path_here) if sites else None

    def get_url(self, request=None, current_site=None):
        return None if rule.in_bin(self) or self.url_path.count("/") < 2 else self.path_here

    url = property(get_url)

    def problems(self) -> list[str]:
        """What a content check finds wrong with this page, in words for its editor."""
        found = image_problems(self.image, _("Image"))
        found += image_problems(self.social_image, _("Image for social media"))
        if self.image_id and not self.image_alt and not self.image_decorative:
            found.append(gettext("The image has no alt text and is not marked as decorative."))
        return found

    def linked_ids(self) -> set[int]:
        """The ids of the pages that this page's texts link to."""
        return page_ids(getattr(self, "body", None))

    @cached_property
    def links(self) -> Links:
        """The pages that this page links to, in its own locale; one look-up for all of them."""
        return Links(self.linked_ids(), self.locale_id)

    def shape(self) -> dict:
        """What the content API tells of this type beside the fields of every page.

        {"body": [{"type": "text", "id": "...", "value": {"html": "<p>...</p>"}}]}
        """
        return {}

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | {"links": self.links}


class BodyPage(BasePage):
    """A page whose text is made of the site's blocks."""

    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = BasePage.content_panels + [FieldPanel("body")]
    search_fields = BasePage.search_fields + [index.SearchField("body")]

    class Meta:
        abstract = True

    def problems(self):
        return super().problems() + body_problems(self.body)

    def shape(self) -> dict:
        """{"body": [{"type": "heading", "id": "...", "value": {"text": "..."}}, ...]}"""
        return super().shape() | {"body": BodyBlock().shapes(self.body, self.links)}


class IndexPage(BodyPage):
    """A page that lists works: in its own locale, and untranslated ones in their source's."""

    empty_text = models.CharField(
        _("text when there is nothing to list"), max_length=255, blank=True
    )

    content_panels = BodyPage.content_panels + [FieldPanel("empty_text")]

    class Meta:
        abstract = True
