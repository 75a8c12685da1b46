"""The sample site's facts and English texts, read and checked before anything is written."""

import json
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

FOLDER = Path(__file__).parent
SECTIONS = ["about", "news", "partners", "networks", "micro-projects", "publications"]
SECTIONS += ["key-facts", "contact", "accessibility", "privacy", "imprint"]
"""The pages below the home page in the order of the menu and the footer."""
ROOMS = ["home", "news", "partners", "networks", "publications"]


class SampleError(Exception):
    """The sample site cannot be loaded; the message names the file and what is wrong in it."""


@dataclass(frozen=True)
class SampleTexts:
    """Facts of the project and the English text of each page, by its path below the home page."""

    facts: dict
    pages: dict[str, dict] = field(default_factory=dict)

    def fact(self, kind: str, key: str, value: str) -> dict:
        """The one fact of a kind with this name; raises SampleError where it is missing."""
        found = self.facts[kind]
        rows = found["named"] if isinstance(found, dict) else found
        for row in rows:
            if row.get(key) == value:
                return row
        raise SampleError(f"facts.json: no {kind} with the {key} “{value}”.")

    @cached_property
    def in_order(self) -> list[str]:
        """The paths of all pages: parents before children, sections as the menu has them."""
        return sorted(self.pages, key=self._rank)

    def _rank(self, path: str) -> tuple[int, int]:
        first = path.split("/")[0]
        number = SECTIONS.index(first) if first in SECTIONS else len(SECTIONS)
        return path.count("/") + bool(path), number


def read_texts(folder: Path = FOLDER) -> SampleTexts:
    """Facts and texts of a folder; raises SampleError naming a file that is missing or damaged."""
    facts = _facts(folder / "facts.json")
    pages: dict[str, dict] = {}
    for room in ROOMS:
        pages |= _pages(folder / "texts" / f"{room}.toml")
    texts = SampleTexts(facts, pages)
    _check(texts)
    return texts


def _facts(path: Path) -> dict:
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SampleError(f"{path.name} cannot be read: {error}") from error
    kinds = {"project", "countries", "partners", "local_networks", "micro_projects"}
    missing = kinds | {"publications", "news", "site_languages"}
    missing -= set(facts) if isinstance(facts, dict) else set()
    if missing:
        raise SampleError(f"{path.name}: {', '.join(sorted(missing))} missing.")
    return facts


def _pages(path: Path) -> dict[str, dict]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))["pages"]
    except (OSError, ValueError, KeyError) as error:
        raise SampleError(f"{path.name} cannot be read: {error}") from error


def _check(texts: SampleTexts) -> None:
    for path, page in texts.pages.items():
        if not page.get("title"):
            raise SampleError(f"The page “{path}” has no title.")
        parent = path.rpartition("/")[0]
        if parent not in texts.pages:
            raise SampleError(f"The page “{path}” has no parent “{parent}”.")
    try:
        counted = {row["code"]: row["partners"] for row in texts.facts["countries"]}
        for row in texts.facts["partners"]:
            counted[row["country"]] -= 1
        if not isinstance(texts.facts["site_languages"]["others"], list):
            raise TypeError("site_languages: others")
    except (KeyError, TypeError) as error:
        raise SampleError(f"facts.json is damaged: {error!r}") from error
    if any(counted.values()):
        raise SampleError("facts.json: the partners do not add up to those of the countries.")
