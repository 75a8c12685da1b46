"""Thousands of random steps, after each of which the site tells what a plain model tells."""

import random

import pytest

from tests.deep.truth.eyes import Eyes
from tests.deep.truth.hands import BLOCKS, Hands
from tests.deep.truth.model import LANGUAGES, Site, Text, Work

pytestmark = [pytest.mark.deep, pytest.mark.django_db]

SEEDS = (0, 3)
STEPS = 150
WORDS = ["ferry", "harbour", "bus", "village", "table", "form", "hand", "winter", "road"]


class Walk:
    """One random history of a site; says what it has done when something is not as it should."""

    def __init__(self, seed: int):
        self.chance = random.Random(seed)
        self.count = 0
        self.done: list[str] = []
        self.site, self.hands = Site(), Hands()
        self.eyes = Eyes(self.site, self.hands)
        self.sections = [self.new_work(None) for _ in range(2)]
        for section in self.sections:
            self.publish(section)
            self.send(section, LANGUAGES, ahead=False)
        for section in self.sections:
            for _ in range(2):
                self.new_work(section)

    def sentence(self) -> str:
        """Words that stand nowhere else."""
        self.count += 1
        some = self.chance.sample(WORDS, self.chance.randint(1, 4))
        return " ".join([f"t{self.count}x", *some])

    def new_work(self, parent: Work | None) -> Work:
        number = len(self.site.works) + 1
        text = {"title": self.sentence(), "introduction": self.sentence(), "=menu": "False"}
        text |= {f"body.{BLOCKS['1']}": self.sentence()}
        work = Work(f"w{number}", f"work-{number}", parent, text)
        self.site.works.append(work)
        self.hands.make(work)
        return work

    # --- steps: each says what it did, or "" where it cannot be done now -----------------------

    def step(self) -> None:
        work = self.chance.choice(self.site.works)
        name = self.chance.choice(STEPS_OF_ALL)
        told = getattr(self, name)(work)
        if told:
            self.done.append(f"{name} {work.name} {told}")
            self.eyes.look([work, self.chance.choice(self.site.works)])

    def edit(self, work: Work) -> str:
        if work.binned:
            return ""
        text = dict(work.draft)
        kind = self.chance.choice(["title", "introduction", "empty", "body", "drop", "menu"])
        if kind == "menu":
            text["=menu"] = str(text["=menu"] != "True")
        elif kind == "empty":
            text["introduction"] = ""
        elif kind == "drop" and len(self._blocks(text)) > 1:
            del text[self.chance.choice(self._blocks(text))]
        elif kind == "body":
            text[f"body.{BLOCKS[self.chance.choice('1234')]}"] = self.sentence()
        else:
            text["title" if kind == "drop" else kind] = self.sentence()
        self.site.edit(work, text)
        self.hands.edit(work)
        return kind

    def _blocks(self, text: Text) -> list[str]:
        return [path for path in text if path.startswith("body.")]

    def go_back(self, work: Work) -> str:
        """An earlier text again."""
        if work.binned or not work.history:
            return ""
        self.site.edit(work, self.chance.choice(work.history)[0])
        self.hands.edit(work)
        return "to an earlier text"

    def publish(self, work: Work) -> str:
        if work.binned or (work.parent and work.parent.binned):
            return ""
        self.site.publish(work)
        # Sending to review saves the text once more, as a version of its own.
        work.drafts += 1
        work.published_draft = work.drafts
        self.hands.publish(work, self.site.publications)
        return "published"

    def rename(self, work: Work) -> str:
        if work.binned or work in self.sections:
            return ""
        self.count += 1
        work.slug = f"renamed-{self.count}"
        return self.publish(work)

    def send_on(self, work: Work) -> str:
        if work.binned or work.public is None:
            return ""
        return self.send(work, self.chance.sample(LANGUAGES, self.chance.randint(1, 2)), False)

    def send_ahead(self, work: Work) -> str:
        if work.binned:
            return ""
        return self.send(work, [self.chance.choice(LANGUAGES)], True)

    def send(self, work: Work, languages, ahead: bool) -> str:
        self.site.send(work, languages, ahead)
        self.hands.send(work, languages, ahead)
        return f"{'ahead ' if ahead else ''}to {','.join(languages)}"

    def _translated(self, work: Work, in_review: bool) -> list[str]:
        return [
            language
            for language, translated in work.languages.items()
            if bool(translated.review) == in_review and not work.binned
        ]

    def import_file(self, work: Work) -> str:
        """The same as `translate`, by a file."""
        return self.translate(work, by_file=True)

    def translate(self, work: Work, by_file: bool = False) -> str:
        languages = self._translated(work, in_review=False)
        if not languages:
            return ""
        language = self.chance.choice(languages)
        paths = self.site.open_paths(work, language)
        if self.chance.random() < 0.3:
            paths = paths[: len(paths) // 2]
        done = {path: f"{language} {self.sentence()}" for path in paths}
        self.site.translate(work, language, done)
        (self.hands.import_file if by_file and done else self.hands.translate)(work, language, done)
        return f"into {language}: {len(done)} texts"

    def submit(self, work: Work) -> str:
        languages = self._translated(work, in_review=False)
        if not languages:
            return ""
        language = self.chance.choice(languages)
        self.site.submit(work, language)
        self.hands.submit(work, language)
        return language

    def approve(self, work: Work) -> str:
        languages = self._translated(work, in_review=True)
        if not languages:
            return ""
        language = self.chance.choice(languages)
        self.site.approve(work, language)
        self.hands.approve(work, language)
        return language

    def send_back(self, work: Work) -> str:
        languages = self._translated(work, in_review=True)
        if not languages or self.chance.random() < 0.5:
            return ""
        self.site.send_back(work, languages[0])
        self.hands.send_back(work, languages[0])
        return languages[0]

    def unpublish(self, work: Work) -> str:
        if work.binned or work.public is None:
            return ""
        self.site.unpublish(work)
        self.hands.unpublish(work)
        return "unpublished"

    def restrict(self, work: Work) -> str:
        if work.binned:
            return ""
        work.restricted = not work.restricted
        self.hands.restrict(work)
        return str(work.restricted)

    def move(self, work: Work) -> str:
        if work.binned or work in self.sections:
            return ""
        work.parent = next(one for one in self.sections if one is not work.parent)
        self.hands.move(work)
        return f"below {work.parent.name}"

    def delete(self, work: Work) -> str:
        if work.binned or work in self.sections:
            return ""
        self.site.delete(work)
        self.hands.delete(work)
        return "into the bin"

    def restore(self, work: Work) -> str:
        if not work.binned:
            return ""
        work.binned = False
        self.hands.restore(work)
        return "from the bin"


OFTEN = ["edit", "publish", "send_on", "translate", "submit", "approve", "translate", "submit"]
OFTEN += ["approve", "publish"]
STEPS_OF_ALL = [*OFTEN, *OFTEN, "go_back", "rename", "send_ahead", "send_back", "unpublish"]
STEPS_OF_ALL += ["import_file", "import_file", "restrict", "move", "delete", "restore", "restore"]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_everybody_sees_follows_from_what_was_done(site, seed):
    walk = Walk(seed)
    try:
        while len(walk.done) < STEPS:
            walk.step()
    except Exception as error:
        raise AssertionError("\n".join(["After these steps:", *walk.done[-40:]])) from error
