"""What the public may read: published, and neither itself nor any page above it restricted."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import Page, PageViewRestriction


def restricted() -> Exists:
    """The condition that a page, or one above it, is restricted; part of a query, not one more."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.annotate(path=path).filter(path__startswith=F("page__path"))
    return Exists(above)


def public(pages):
    """The public ones of a queryset of pages."""
    return pages.filter(~restricted(), live=True)


def public_pages():
    """Every page that the public may read: what the sitemap names and what the API lists."""
    return public(Page.objects.filter(depth__gte=2))
