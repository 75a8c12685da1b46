"""In which language each text of a page is: its own, or its source's where nobody translated it.

What was not translated when a page was published stands in its basis, by path and hash of the
source's text. A text is in the source's language when it is still that very text.
"""

import hashlib
import json
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F
from wagtail_localize.strings import INLINE_TAGS, StringValue, extract_strings

from cms.models.locales import language_of

TEXTS = {
    "untranslated": F("translation_basis__fallbacks"),
    "source_locale_id": F("translation_basis__source__locale_id"),
}
"""What a query of pages reads along, to know the languages of their texts without another one."""


def text_hash(value) -> str:
    """32 hexadecimal digits that stand for a text or another value."""
    text = json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Texts:
    """The languages of one page's texts.

    `untranslated` is {"title": {"9f...": 3}, "body.<uuid>.text": {...}}, as a basis keeps it.
    """

    language: str
    source: str = ""
    untranslated: dict = field(default_factory=dict)

    @classmethod
    def of(cls, language: str, row: dict) -> "Texts":
        """Those of a page in this language, from a row that has read TEXTS.

        A source that was deleted for good is taken for one in the source locale of most pages.
        """
        source = row.get("source_locale_id")
        code = language_of(source) if source else settings.LANGUAGE_CODE
        return cls(language, code, row.get("untranslated") or {})

    def language_of(self, text: str, *path) -> str:
        """The language of a plain text at a path: "title", or "body", block id, "text"."""
        known = self.untranslated.get(_joined(path))
        foreign = known and _is_among(StringValue.from_plaintext(str(text or "")), known)
        return self.source if foreign else self.language

    def marked(self, html: str, *path) -> str:
        """A rich text whose untranslated parts carry `lang`, cut as wagtail-localize cuts it.

        A paragraph, heading or list item as a whole, or what stands beside a list in its item.
        """
        known = self.untranslated.get(_joined(path))
        if not known or not html:
            return html
        template, strings = extract_strings(html)
        soup = BeautifulSoup(template, "html.parser")
        texts = soup.find_all("text")
        foreign = [text for text in texts if _is_among(_string(text, strings)[0], known)]
        for text in foreign:
            block = text.find_parent(lambda tag: tag.name not in INLINE_TAGS) or soup
            if block is not soup and len(block.find_all("text")) == 1:
                block["lang"] = self.source
            else:
                text.wrap(soup.new_tag("span", lang=self.source))
        for text in texts:
            string, attributes = _string(text, strings)
            text.replace_with(string.render_soup(attributes))
        return str(soup)


def _joined(path) -> str:
    return ".".join(map(str, path))


def _string(text, strings) -> tuple:
    return strings[int(text["position"])]


def _is_among(string: StringValue, known: dict) -> bool:
    """Whether this is one of these texts; what has no letter, as a number, is in no language."""
    return any(map(str.isalpha, string.render_text())) and text_hash(string.data) in known
