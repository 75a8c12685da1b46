"""The project in numbers and in its newest works: counted from the pages, never typed."""

from collections import Counter
from functools import cached_property

from django.apps import apps
from django.utils.translation import get_language

from cms.choices import COUNTRIES
from cms.collation import alphabetical
from cms.delivery.frame import project_record


class Overview:
    """What the front page, the key facts and the contact page tell of the other rooms.

    Each property costs its queries when it is first used: two or three, however many pages.
    """

    def __init__(self, locale_id: int):
        self.locale_id = locale_id

    def _works(self, label: str):
        return apps.get_model(label).objects.works(self.locale_id)

    @cached_property
    def partners(self) -> list:
        """All partners, the lead partner first, then by country and title."""
        order = {code: number for number, (code, _) in enumerate(COUNTRIES)}
        return sorted(
            self._works("partners.PartnerPage").defer_streamfields(),
            key=lambda p: (p.role != "lead", order[p.country], p.title),
        )

    @cached_property
    def lead_partner(self):
        return next((page for page in self.partners if page.role == "lead"), None)

    @cached_property
    def countries(self) -> list[dict]:
        """[{"code": "DE", "name": "Germany", "partners": 3}, ...] as counted, sorted by name."""
        counted = Counter(page.country for page in self.partners)
        rows = [
            {"code": code, "name": name, "partners": counted[code]}
            for code, name in COUNTRIES
            if counted[code]
        ]
        return sorted(rows, key=lambda row: alphabetical(row["name"], get_language()))

    @cached_property
    def networks(self) -> list:
        pages = self._works("partners.LocalNetworkPage").defer_streamfields()
        return sorted(pages, key=lambda page: page.title)

    @cached_property
    def micro_projects_described(self) -> int:
        return self._works("partners.MicroProjectPage").count()

    @cached_property
    def news(self) -> list:
        pages = self._works("news.NewsPage").for_cards().defer_streamfields()
        return list(pages.order_by("-published_on", "-pk")[:3])

    @cached_property
    def publications(self) -> list:
        pages = self._works("publications.PublicationPage").for_cards().defer_streamfields()
        return list(pages.order_by("-year", "title")[:3])

    @cached_property
    def key_facts(self):
        return project_record(self.locale_id)
