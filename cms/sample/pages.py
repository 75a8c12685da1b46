"""Which page type stands at which path, and what its fields hold."""

import re
import uuid
from datetime import date
from decimal import Decimal

from cms.choices import PUBLICATION_KINDS, USER_GROUPS
from cms.sample.editions.make import known_editions
from cms.sample.texts import SampleError, SampleTexts
from home.models import ContactPage, HomePage, KeyActivity, KeyFactsPage, StandardPage
from news.models import NewsIndexPage, NewsPage, RelatedPublication
from partners.models import (
    LocalNetworkPage,
    MicroProjectIndexPage,
    MicroProjectPage,
    NetworkIndexPage,
    PartnerIndexPage,
    PartnerPage,
)
from publications.models import (
    PublicationAuthor,
    PublicationIndexPage,
    PublicationPage,
    Recommendation,
    RecommendationsPage,
)

TYPES = {
    "": HomePage,
    "contact": ContactPage,
    "key-facts": KeyFactsPage,
    "news": NewsIndexPage,
    "partners": PartnerIndexPage,
    "networks": NetworkIndexPage,
    "micro-projects": MicroProjectIndexPage,
    "publications": PublicationIndexPage,
    "publications/policy-recommendations": RecommendationsPage,
}
BELOW = {
    "news": [NewsPage],
    "partners": [PartnerPage],
    "networks": [LocalNetworkPage, MicroProjectPage],
    "publications": [PublicationPage],
}
NAMESPACE = uuid.UUID("6f1d3f1e-6f0c-5d1c-9a52-7a4c0d6b8a11")
PAGE_LINK = re.compile(r'href="page:([^"]*)"')
TOPICS = {"event": "events"}
AUDIENCE_OF = {
    "staff of social service providers": "staff",
    "leadership of social service providers": "leadership",
    "social workers and their trainers": "trainers",
    "everyone": "everyone",
    "policy and decision makers in social affairs, regional development and innovation": (
        "policy-makers"
    ),
}


def type_of(path: str):
    """The page type at a path below the home page."""
    if path in TYPES:
        return TYPES[path]
    first, *rest = path.split("/")
    types = BELOW.get(first, [StandardPage])
    return types[min(len(rest), len(types)) - 1]


class PageFields:
    """The fields of one sample page; `pages` gives the ids of the others, `images` theirs."""

    def __init__(self, texts: SampleTexts, path: str, images: dict):
        self.texts, self.path, self.images = texts, path, images
        self.text = texts.pages[path]

    def plain(self) -> dict:
        """What can be set before other pages exist."""
        names = ["title", "introduction", "search_description", "empty_text", "successor_text"]
        names += ["hero_title", "image_alt"]
        fields = {name: self.text[name] for name in names if name in self.text}
        fields["show_in_menus"] = self.text.get("show_in_menus", False)
        fields["slug"] = self.path.rpartition("/")[2] or "home"
        if "image" in self.text:
            fields["image"] = self._image(self.text["image"])
        return fields | self.facts()

    def facts(self) -> dict:
        """What this page's type takes from the facts; SampleError where it is not there."""
        method = getattr(self, f"_{type_of(self.path).__name__}", dict)
        try:
            return method()
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            raise SampleError(
                f"facts.json: what the page “{self.path}” needs is missing or damaged: {error!r}"
            ) from error

    def _image(self, name: str):
        if name not in self.images:
            raise SampleError(
                f"The page “{self.path}” shows an image “{name}” that does not exist."
            )
        return self.images[name]

    def _KeyFactsPage(self) -> dict:
        project, micro = self.texts.facts["project"], self.texts.facts["micro_projects"]
        return {
            "acronym": project["acronym"],
            "project_title": project["title"],
            "programme": project["programme"],
            "programme_period": project["programme_period"],
            "fund": project["fund"],
            "start": date.fromisoformat(project["start"]),
            "end": date.fromisoformat(project["end"]),
            "budget_total": Decimal(project["budget_total_eur"]),
            "budget_fund": Decimal(project["budget_fund_eur"]),
            "keep_eu_url": project["keep_eu_url"],
            "micro_projects_total": micro["total"],
            "micro_projects_accelerated": micro["accelerated"],
            "successor_start": project["successor"]["start"],
            "successor_end": project["successor"]["end"],
            "successor_title": self.text["successor_title"],
            "priority": self.text["priority"],
            "specific_objective": self.text["specific_objective"],
            "national_cofunding_note": self.text["national_cofunding_note"],
            "activities": [KeyActivity(text=text) for text in self.text["activities"]],
        }

    def _NewsPage(self) -> dict:
        fact = self.texts.fact("news", "title", self.text["title"])
        topic = self.text["topics"][0]
        return {"published_on": date.fromisoformat(fact["date"]), "topic": TOPICS.get(topic, topic)}

    def _place(self, fact: dict) -> dict:
        place = {"country": fact["country"], "place": fact.get("place", "")}
        for name in ("latitude", "longitude"):
            if name in self.text:
                place[name] = Decimal(str(self.text[name]))
        return place

    def _PartnerPage(self) -> dict:
        fact = self.texts.fact("partners", "name", self.text["fact"])
        fields = self._place(fact) | {"role": fact["role"], "focus": fact.get("focus", "")}
        for name in ("budget_total", "budget_fund"):
            if f"{name}_eur" in fact:
                fields[name] = Decimal(fact[f"{name}_eur"])
        return fields | {"name_original": fact.get("name_original", "")}

    def _LocalNetworkPage(self) -> dict:
        fact = self.texts.fact("local_networks", "place", self.text["fact"])
        return self._place(fact) | {"user_group": user_group(fact["user_group"])}

    def _MicroProjectPage(self) -> dict:
        fact = self.texts.fact("micro_projects", "title", self.text["fact"])
        network = self.texts.fact("local_networks", "place", fact["network"])
        return {
            "stage": self.text["stage"],
            "accelerated": fact.get("accelerated", False),
            "user_group": user_group(network["user_group"]),
        }

    def _PublicationPage(self) -> dict:
        fact = self.texts.fact("publications", "title", self.text["fact"])
        check_editions(self.path.rpartition("/")[2], fact["editions"])
        return {
            "subtitle": fact.get("subtitle", ""),
            "kind": publication_kind(fact["kind"]),
            "licence": "all-rights-reserved",  # what holds where nobody has granted more
            "audience": AUDIENCE_OF[fact["audience"]],
            "year": fact.get("year"),
        }

    _RecommendationsPage = _PublicationPage

    def linked(self, pages: dict) -> dict:
        """What needs the ids of other pages: texts with links, and relations."""
        fields = {}
        if "body" in self.text:
            fields["body"] = [self._block(n, row, pages) for n, row in enumerate(self.text["body"])]
        for name in ("who", "why", "with_whom"):
            if name in self.text:
                fields[name] = self._html(self.text[name], pages)
        for name, rows in self._relations(pages).items():
            fields[name] = rows
        return fields

    def _relations(self, pages: dict) -> dict:
        relations = {}
        if "related" in self.text:
            related = [self._page(f"publications/{slug}", pages) for slug in self.text["related"]]
            relations["related"] = [RelatedPublication(publication_id=pk) for pk in related]
        if "recommendations" in self.text:
            rows = self.text["recommendations"]
            relations["recommendations"] = [
                Recommendation(**row | {"text": self._html(row["text"], pages)}) for row in rows
            ]
        if type_of(self.path) is LocalNetworkPage:
            name = self.texts.fact("local_networks", "place", self.text["fact"])["partner"]
            relations["partner_id"] = self._partner(name, pages)
        if self.path.startswith("publications/"):
            relations["authors"] = self._authors(pages)
        return relations

    def _authors(self, pages: dict) -> list[PublicationAuthor]:
        fact = self.texts.fact("publications", "title", self.text["fact"])
        name = fact.get("author_organisation")
        return [PublicationAuthor(name=name, partner_id=self._partner(name, pages))] if name else []

    def _partner(self, name: str, pages: dict) -> int:
        for path, text in self.texts.pages.items():
            if path.startswith("partners/") and text["fact"] == name:
                return self._page(path, pages)
        raise SampleError(f"partners.toml: the partner “{name}” has no page.")

    def _page(self, path: str, pages: dict) -> int:
        if path not in pages:
            raise SampleError(f"The page “{self.path}” links to “{path}”, which does not exist.")
        return pages[path].pk

    def _html(self, html: str, pages: dict) -> str:
        return PAGE_LINK.sub(
            lambda match: f'linktype="page" id="{self._page(match[1], pages)}"', html.strip()
        )

    def _block(self, number: int, row: dict, pages: dict) -> dict:
        key = f"{self.path}#{number}"
        value = self._value(row["type"], row["value"], pages, key)
        return {"type": row["type"], "value": value, "id": _id(key)}

    def _value(self, kind: str, value, pages: dict, key: str):
        if isinstance(value, list):
            return [
                {"type": "item", "value": self._value("", item, pages, f"{key}.{n}")}
                | {"id": _id(f"{key}.{n}")}
                for n, item in enumerate(value)
            ]
        if isinstance(value, dict):
            return {name: self._field(kind, name, item, pages) for name, item in value.items()}
        return self._html(value, pages)

    def _field(self, kind: str, name: str, value, pages: dict):
        if name == "page":
            return self._page(value, pages)
        if name == "image":
            return self._image(value).pk
        return self._html(value, pages) if isinstance(value, str) else value


def _id(key: str) -> str:
    return str(uuid.uuid5(NAMESPACE, key))


def user_group(words: str) -> str:
    """The key of a user group from its English words; raises SampleError for an unknown one."""
    key = words.replace(" ", "-")
    if key not in dict(USER_GROUPS):
        raise SampleError(f"facts.json: “{words}” is no user group that the site knows.")
    return key


def publication_kind(words: str) -> str:
    """The key of a kind of publication from its words; raises SampleError for an unknown one."""
    key = words.replace(" ", "-")
    if key not in dict(PUBLICATION_KINDS):
        raise SampleError(f"facts.json: “{words}” is no kind of publication that the site knows.")
    return key


def check_editions(slug: str, rows: list[dict]) -> None:
    """Raise SampleError for an edition of a publication that no sample file is made for."""
    known = known_editions()
    for row in rows:
        if (slug, row["language"], row.get("variant", "")) not in known:
            raise SampleError(f"There is no sample file for {slug} in {row['language']}.")
