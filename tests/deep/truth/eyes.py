"""What visitors and staff see of each work: compared with the model after every step."""

from datetime import timedelta

from django.utils.dateparse import parse_datetime

from tests.deep.truth.hands import Hands
from tests.deep.truth.model import LANGUAGES, Site, Work

EVERY = ("en", *LANGUAGES)


class Eyes:
    """Reads the API, the public pages and the matrix."""

    def __init__(self, site: Site, hands: Hands):
        self.site, self.hands = site, hands

    def look(self, works: list[Work]) -> None:
        """Compare the lists of the API for all works, and the pages of some."""
        for language in EVERY:
            self._api(language)
        for work in works:
            for language in EVERY:
                self._page(work, language)

    def _api(self, language: str) -> None:
        url = f"/api/v1/pages?locale={language}&limit=100&type=home.StandardPage"
        items = {item["url"]: item for item in self.hands.visitor.get(url).json()["items"]}
        seen = {self._path(url): item for url, item in items.items()}
        wanted = {
            f"/{language}/{work.path}": work
            for work in self.site.works
            if self.site.is_public(work, language)
        }
        assert sorted(seen) == sorted(wanted)
        for path, work in wanted.items():
            self._item(seen[path], work, language)

    def _path(self, url: str) -> str:
        return "/" + url.split("/", 3)[3]

    def _item(self, item: dict, work: Work, language: str) -> None:
        site = self.site
        assert item["title"] == site.shown(work, language)["title"]
        assert item["state"] == site.state(work, language), (work.name, language)
        self._since(item["outdated_since"], work, language)
        known = {row["locale"]: row for row in item["translations"]}
        for other in EVERY:
            if other == language:
                continue
            public = site.is_public(work, other)
            assert known[other]["state"] == (site.state(work, other) if public else "missing")
            assert (known[other]["url"] is None) == (not public)

    def _since(self, told: str | None, work: Work, language: str) -> None:
        number = self.site.outdated_since(work, language)
        if number is None:
            assert told is None
        elif number > 0:
            apart = abs(parse_datetime(told) - self.hands.times[number])
            assert apart < timedelta(milliseconds=1), (work.name, language)

    def _page(self, work: Work, language: str) -> None:
        response = self.hands.visitor.get(f"/{language}/{work.path}")
        html = response.content.decode()
        if not self.site.is_public(work, language):
            assert response.status_code in {302, 404}, (work.name, language)
            self._tells_nothing(html, work, language)
            return
        assert response.status_code == 200, (work.name, language)
        for words in self.site.shown(work, language).values():
            if words not in {"True", "False"}:
                assert words in html
        state = self.site.state(work, language)
        for other in ("outdated", "partial"):
            assert (f"notice--{other}" in html) == (state == other)

    def _tells_nothing(self, html: str, work: Work, language: str) -> None:
        """Of a page that nobody may read, no other word than those public elsewhere."""
        public = {
            words
            for other in EVERY
            if self.site.is_public(work, other)
            for words in self.site.shown(work, other).values()
        }
        hidden = set(work.draft.values()) | set((work.public or {}).values())
        translated = work.languages.get(language)
        if translated:
            hidden |= set(translated.memory.values())
        for words in hidden - public - {"", "True", "False"}:
            assert words not in html, (work.name, language, words)
