"""Which pages are translated into which locale, and which stand in another state on purpose."""

COMPLETE = [
    "",
    "about",
    "contact",
    "key-facts",
    "news",
    "news/sempre-accelerators",
    "news/translations-of-policy-recommendations",
    "partners",
    "networks",
    "micro-projects",
    "publications",
    "publications/policy-recommendations",
    "accessibility",
    "privacy",
    "imprint",
]
"""Complete and up to date in every locale."""

TRANSLATIONS = {
    "de": [*COMPLETE, "about/how-it-works", "partners/diaconie-schleswig-holstein"],
    "et": [*COMPLETE, "about/how-it-works"],
    "lv": [*COMPLETE, "about/how-it-works", "partners/vidzeme"],
    "lt": [*COMPLETE, "partners/lutheran-diaconia"],
}

LEFT_OPEN = {
    ("about/how-it-works", "et"): frozenset({"body"}),
    ("partners/vidzeme", "lv"): frozenset({"why", "with_whom"}),
}
"""Texts that stay in English, which makes a translation `partial` if it is not `outdated` too."""

EARLIER = {
    "partners/vidzeme": {
        "introduction": (
            "Vidzeme University of Applied Sciences in Valmiera works with young people."
        )
    },
    "partners/lutheran-diaconia": {
        "introduction": "The Lutheran Diaconia in Klaipėda works with single parents."
    },
}
"""What the English said when it was translated, which makes translations `outdated`."""


def left_open(path: str, language: str) -> frozenset[str]:
    """The paths of the texts that are not translated on purpose."""
    return LEFT_OPEN.get((path, language), frozenset())


def earlier(path: str) -> dict[str, str]:
    """Fields as they were published before the text of today."""
    return EARLIER.get(path, {})
