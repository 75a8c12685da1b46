"""What lies in a country, and at a place where that is known."""

from collections import defaultdict

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel

from cms.choices import COUNTRIES
from cms.collation import alphabetical


class Placed(models.Model):
    """Something in a country, and at a place where that is known."""

    country = models.CharField(_("country"), max_length=2, choices=COUNTRIES)
    place = models.CharField(_("place"), max_length=120, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    PLACE_PANEL = MultiFieldPanel(
        [FieldRowPanel(["country", "place"]), FieldRowPanel(["latitude", "longitude"])],
        heading=_("Place"),
        icon="globe",
    )

    class Meta:
        abstract = True

    def coordinates(self) -> dict | None:
        """{"latitude": 54.3, "longitude": 9.66}, None where the place is not known."""
        if self.latitude is None or self.longitude is None:
            return None
        return {"latitude": float(self.latitude), "longitude": float(self.longitude)}


def by_country(pages) -> list[dict]:
    """[{"code": "DK", "name": "Denmark", "pages": [...]}, ...], sorted by the country's name."""
    grouped = defaultdict(list)
    for page in pages:
        grouped[page.country].append(page)
    rows = [
        {"code": code, "name": name, "pages": grouped[code]}
        for code, name in COUNTRIES
        if code in grouped
    ]
    return sorted(rows, key=lambda row: alphabetical(row["name"], get_language()))
