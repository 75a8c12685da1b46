"""Closed vocabularies: what may be chosen, in the words that the public reads."""

from django.utils.translation import gettext_lazy as _

LANGUAGE_NAMES = {
    "da": "dansk",
    "de": "Deutsch",
    "et": "eesti",
    "en": "English",
    "lv": "latviešu",
    "lt": "lietuvių",
    "no": "norsk",
    "pl": "polski",
    "ru": "русский",
    "fi": "suomi",
    "sv": "svenska",
}
"""Languages of editions by their own names, in the order in which they are shown."""

EDITION_LANGUAGES = list(LANGUAGE_NAMES.items())
EDITION_VARIANTS = [("full", _("Full version")), ("pocket", _("Pocket version"))]

COUNTRIES = [
    ("DK", _("Denmark")),
    ("EE", _("Estonia")),
    ("FI", _("Finland")),
    ("DE", _("Germany")),
    ("LV", _("Latvia")),
    ("LT", _("Lithuania")),
    ("NO", _("Norway")),
    ("PL", _("Poland")),
    ("SE", _("Sweden")),
]
"""ISO 3166-1 alpha-2 codes of the countries of the programme area."""

PARTNER_ROLES = [("lead", _("Lead partner")), ("partner", _("Partner"))]

USER_GROUPS = [
    ("single-parents", _("Single parents")),
    ("older-people", _("Older people")),
    ("young-people", _("Young people")),
    ("people-with-disabilities", _("People with disabilities")),
    ("people-with-addictions", _("People with addictions")),
    ("migrants", _("Migrants")),
    ("everyone", _("Everyone")),
]

MICRO_PROJECT_STAGES = [
    ("idea", _("Idea")),
    ("running", _("Running")),
    ("finished", _("Finished")),
]

PUBLICATION_KINDS = [
    ("handbook", _("Handbook")),
    ("roadmap", _("Roadmap")),
    ("guidebook", _("Guidebook")),
    ("brochure", _("Brochure")),
    ("policy-recommendations", _("Policy recommendations")),
    ("flyer", _("Flyer")),
]

AUDIENCES = [
    ("staff", _("Staff of social service providers")),
    ("leadership", _("Leadership of social service providers")),
    ("trainers", _("Social workers and their trainers")),
    ("policy-makers", _("Policy and decision makers")),
    ("everyone", _("Everyone")),
]

LICENCES = [
    ("cc-by-4.0", "CC BY 4.0"),
    ("cc-by-sa-4.0", "CC BY-SA 4.0"),
    ("cc-by-nc-4.0", "CC BY-NC 4.0"),
    ("cc0-1.0", "CC0 1.0"),
    ("all-rights-reserved", _("All rights reserved")),
]

NEWS_TOPICS = [
    ("results", _("Results")),
    ("events", _("Events")),
    ("publications", _("Publications")),
    ("accelerators", _("Accelerators")),
]

PROGRAMME_PERIODS = [("2014-2020", "2014–2020"), ("2021-2027", "2021–2027")]

FUNDING_STATEMENTS = {
    "2014-2020": {
        "da": "Den Europæiske Union – Den Europæiske Fond for Regionaludvikling",
        "de": "Europäische Union – Europäischer Fonds für regionale Entwicklung",
        "en": "European Union – European Regional Development Fund",
        "et": "Euroopa Liit – Euroopa Regionaalarengu Fond",
        "fi": "Euroopan unioni – Euroopan aluekehitysrahasto",
        "lt": "Europos Sąjunga – Europos regioninės plėtros fondas",
        "lv": "Eiropas Savienība – Eiropas Reģionālās attīstības fonds",
        "pl": "Unia Europejska – Europejski Fundusz Rozwoju Regionalnego",
        "sv": "Europeiska unionen – Europeiska regionala utvecklingsfonden",
    },
    "2021-2027": {
        "da": "Medfinansieret af Den Europæiske Union",
        "de": "Kofinanziert von der Europäischen Union",
        "en": "Co-funded by the European Union",
        "et": "Kaasrahastanud Euroopa Liit",
        "fi": "Euroopan unionin osarahoittama",
        "lt": "Bendrai finansuojama Europos Sąjungos",
        "lv": "Līdzfinansē Eiropas Savienība",
        "pl": "Współfinansowane przez Unię Europejską",
        "sv": "Medfinansieras av Europeiska unionen",
    },
}
"""What stands beside the emblem: Regulation (EU) 1303/2013, annex XII, and 2021/1060, annex IX."""


def funding_statement(period: str, language: str) -> str:
    """The statement of a programme period in a language, in English where there is none."""
    statements = FUNDING_STATEMENTS[period]
    return statements.get(language, statements["en"])
