"""The sample site as a person's browser shows it: the pages to look at, one of every kind."""

LANGUAGES = {
    "de": "Deutsch",
    "et": "eesti",
    "en": "English",
    "lv": "latviešu",
    "lt": "lietuvių",
}
"""In the order of the language switcher."""

EVERYWHERE = {
    "home": "",
    "about": "about/",
    "key facts": "key-facts/",
    "contact": "contact/",
    "privacy": "privacy/",
    "news index": "news/",
    "news": "news/translations-of-policy-recommendations/",
    "partner index": "partners/",
    "network index": "networks/",
    "micro project index": "micro-projects/",
    "publication index": "publications/",
    "recommendations": "publications/policy-recommendations/",
    "search form": "search/",
    "search without results": "search/?q=xyzzyqq",
    "not found": "nowhere/",
}
SOMEWHERE = {
    "en": {
        "how it works": "about/how-it-works/",
        "partner": "partners/nordregio/",
        "network": "networks/ostrobothnia/",
        "micro project": "networks/lulea/womens-tailor-cooperative/",
        "publication": "publications/empowerment-making-it-happen/",
        "search": "search/?q=network",
    },
    "de": {
        "how it works": "about/how-it-works/",
        "partner": "partners/diaconie-schleswig-holstein/",
        "not found, elsewhere": "networks/ostrobothnia/",
        "search": "search/?q=Empfehlungen",
    },
    "et": {
        "partly translated": "about/how-it-works/",
        "not found, elsewhere": "networks/ostrobothnia/",
        "search": "search/?q=SEMPRE",
    },
    "lv": {
        "how it works": "about/how-it-works/",
        "overtaken partner": "partners/vidzeme/",
        "not found, elsewhere": "networks/ostrobothnia/",
        "search": "search/?q=SEMPRE",
    },
    "lt": {
        "overtaken partner": "partners/lutheran-diaconia/",
        "not found, elsewhere": "networks/ostrobothnia/",
        "search": "search/?q=SEMPRE",
    },
}
MISSING = {"not found", "not found, elsewhere"}


def kinds(*languages: str) -> list[tuple[str, str]]:
    """[("home", "/lv/"), ("about", "/lv/about/"), ...]: what these locales have of every kind."""
    return [
        (kind, f"/{language}/{path}")
        for language in languages
        for kind, path in (EVERYWHERE | SOMEWHERE[language]).items()
    ]


def addresses(*languages: str) -> list[str]:
    """["/lv/", "/lv/about/", ...]: the addresses of `kinds`."""
    return [address for _kind, address in kinds(*languages)]
