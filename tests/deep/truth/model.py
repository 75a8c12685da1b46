"""A site in three languages as plain dictionaries: what must be true after each step.

It knows nothing of the project's code: texts, what each translation was made from, and flags.
"""

from dataclasses import dataclass, field

Text = dict[str, str]
"""{"title": "...", "introduction": "...", "body.<id>": "...", "=menu": "True"}

What begins with "=" is alike in all languages, and nobody translates it.
"""

LANGUAGES = ("de", "et")


@dataclass(frozen=True)
class Version:
    """A translation as it was submitted: from which text, and what of it was missing."""

    basis: dict
    missing: frozenset[str]
    shown: dict
    ahead: int = 0
    """The number of the draft that the public must have first."""


@dataclass
class Translated:
    """A work in one language."""

    memory: dict[tuple[str, str], str] = field(default_factory=dict)
    review: Version | None = None
    sent_back: bool = False
    waiting: Version | None = None
    public: Version | None = None


@dataclass
class Work:
    """A page with its translations."""

    name: str
    slug: str
    parent: "Work | None"
    draft: Text
    public: Text | None = None
    drafts: int = 0
    published_draft: int = 0
    history: list[tuple[Text, int]] = field(default_factory=list)
    sent: Text | None = None
    ahead: int = 0
    restricted: bool = False
    binned: bool = False
    languages: dict[str, Translated] = field(default_factory=dict)

    @property
    def is_hidden(self) -> bool:
        """Whether visitors must not read it in any language, whatever is published."""
        above = self.parent is not None and self.parent.is_hidden
        return self.restricted or self.binned or above

    @property
    def path(self) -> str:
        return f"{self.parent.path}{self.slug}/" if self.parent else f"{self.slug}/"


def texts(text: Text) -> Text:
    """What is to be translated."""
    return {path: words for path, words in text.items() if words and not path.startswith("=")}


def words(text: str) -> int:
    return len(text.split())


class Site:
    """All works, the number of publications so far, and what follows for every language."""

    def __init__(self):
        self.works: list[Work] = []
        self.publications = 0

    # --- what people do -----------------------------------------------------------------------

    def edit(self, work: Work, text: Text) -> None:
        work.draft = dict(text)
        work.drafts += 1

    def publish(self, work: Work) -> None:
        self.publications += 1
        work.public, work.published_draft = dict(work.draft), work.drafts
        if not work.history or work.history[-1][0] != work.public:
            work.history.append((work.public, self.publications))
        for translated in work.languages.values():
            if translated.waiting and translated.waiting.ahead <= work.published_draft:
                translated.public, translated.waiting = translated.waiting, None

    def send(self, work: Work, languages, ahead: bool) -> None:
        text = work.draft if ahead else work.public
        work.sent = dict(text)
        work.ahead = work.drafts if ahead and work.drafts != work.published_draft else 0
        if ahead and work.public is None:
            work.ahead = work.drafts
        for language in languages:
            work.languages.setdefault(language, Translated())

    def translate(self, work: Work, language: str, done: Text) -> None:
        for path, text in done.items():
            work.languages[language].memory[path, work.sent[path]] = text

    def open_paths(self, work: Work, language: str) -> list[str]:
        memory = work.languages[language].memory
        return [path for path, text in texts(work.sent).items() if (path, text) not in memory]

    def submit(self, work: Work, language: str) -> None:
        translated = work.languages[language]
        missing = frozenset(self.open_paths(work, language))
        shown = {
            path: translated.memory.get((path, text), text)
            for path, text in texts(work.sent).items()
        }
        translated.review = Version(dict(work.sent), missing, shown, work.ahead)
        translated.sent_back = False

    def approve(self, work: Work, language: str) -> None:
        translated = work.languages[language]
        version, translated.review = translated.review, None
        if work.public is None or version.ahead > work.published_draft:
            translated.waiting = version
        else:
            translated.public, translated.waiting = version, None

    def send_back(self, work: Work, language: str) -> None:
        translated = work.languages[language]
        translated.review, translated.sent_back = None, True

    def unpublish(self, work: Work) -> None:
        work.public = None
        for translated in work.languages.values():
            translated.public = None

    def delete(self, work: Work) -> None:
        self.unpublish(work)
        work.binned = True
        for translated in work.languages.values():
            translated.review, translated.sent_back = None, False

    # --- what follows -------------------------------------------------------------------------

    def is_public(self, work: Work, language: str) -> bool:
        """Whether every visitor can read it."""
        own = work.public if language == "en" else self._version(work, language)
        return own is not None and not work.is_hidden

    def _version(self, work: Work, language: str) -> Version | None:
        translated = work.languages.get(language)
        return translated and translated.public

    def shown(self, work: Work, language: str) -> Text:
        return work.public if language == "en" else self._version(work, language).shown

    def state(self, work: Work, language: str) -> str:
        """The public state, restrictions left aside."""
        if language == "en":
            return "original" if work.public else "missing"
        version = self._version(work, language)
        if version is None:
            return "missing"
        if version.basis != work.public:
            return "outdated"
        return "partial" if version.missing else "live"

    def words(self, work: Work, language: str) -> int:
        """How many words of the source the public cannot read in this language."""
        now = texts(work.public) if work.public else {}
        version = self._version(work, language)
        if version is None:
            return sum(map(words, now.values()))
        basis = texts(version.basis)
        changed = {path for path, text in now.items() if basis.get(path) != text}
        still = {path for path in version.missing if now.get(path) == basis[path]}
        return sum(words(now[path]) for path in changed | still)

    def outdated_since(self, work: Work, language: str) -> int | None:
        """The number of the publication that overtook the translation."""
        if language == "en" or self.state(work, language) != "outdated":
            return None
        basis = self._version(work, language).basis
        numbers = [place for place, (text, _) in enumerate(work.history) if text == basis]
        later = work.history[numbers[-1] + 1 :] if numbers else []
        return later[0][1] if later else -1

    def work_state(self, work: Work, language: str) -> str:
        translated = work.languages.get(language)
        if translated is None:
            return "none"
        if translated.review:
            return "in_review"
        return "draft" if translated.public is None else "any"
