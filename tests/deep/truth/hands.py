"""The people of the random walk: what the model says they do, they do on the site."""

import json

from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.editorial.models import BinEntry
from home.models import HomePage, StandardPage
from tests.deep.truth.model import LANGUAGES, Text, Work
from tests.exchanging import download, send_and_confirm, targets
from tests.make import make_page, translate
from tests.people import approve, make_user, save, send_back, signed_in, submit
from tests.translating import language_reviewer, segment, target, translator

BLOCKS = {number: f"{number}" * 8 + "-1111-4111-8111-111111111111" for number in "1234"}


def fields_of(text: Text) -> dict:
    """The fields of a page with this text."""
    body = [
        {"type": "text", "id": path.removeprefix("body."), "value": f"<p>{words}</p>"}
        for path, words in text.items()
        if path.startswith("body.")
    ]
    return {
        "title": text["title"],
        "introduction": text["introduction"],
        "show_in_menus": text["=menu"] == "True",
        "body": body,
    }


ALONG = {"translations_asked": "1", "translations": "on"}
"""What a form sends where the translations go along."""


class Hands:
    """Editor, publisher, translators and reviewers with their browsers."""

    def __init__(self):
        self.home = HomePage.objects.get(locale__language_code="en")
        for language in LANGUAGES:
            translate(self.home, language)
        self.editor = make_user("walk-editor", "Editors")
        self.publisher = make_user("walk-publisher", "Publishers")
        self.translators = {code: translator(code, f"walk-{code}") for code in LANGUAGES}
        self.reviewers = {code: language_reviewer(code, f"walk-r-{code}") for code in LANGUAGES}
        self.browser = signed_in(self.publisher)
        self.editors_browser = signed_in(self.editor)
        self.translators_browsers = {
            code: signed_in(user) for code, user in self.translators.items()
        }
        self.visitor = Client()
        self.pages: dict[str, int] = {}
        self.times: dict[int, object] = {}

    def page(self, work: Work) -> StandardPage:
        return StandardPage.objects.get(pk=self.pages[work.name])

    def translation(self, work: Work, language: str):
        return Translation.objects.get(
            source__object_id=self.page(work).translation_key,
            target_locale__language_code=language,
        )

    def make(self, work: Work) -> None:
        parent = self.page(work.parent) if work.parent else self.home
        fields = fields_of(work.draft)
        page = make_page(parent, StandardPage, live=False, slug=work.slug, **fields)
        self.pages[work.name] = page.pk

    def edit(self, work: Work) -> None:
        save(self.page(work), self.editor, **fields_of(work.draft))

    def publish(self, work: Work, number: int) -> None:
        page = self.page(work)
        submit(page, self.editor, slug=work.slug)
        approve(page, self.publisher)
        self.times[number] = self.page(work).last_published_at

    def send(self, work: Work, languages, ahead: bool) -> None:
        query = f"?page={self.pages[work.name]}" + ("&ahead=1" if ahead else "")
        url = reverse("send_to_translators") + query
        answer = self.editors_browser.post(url, {"locales": list(languages)})
        assert answer.status_code == 302, answer.content.decode()

    def translate(self, work: Work, language: str, done: Text) -> None:
        translation = self.translation(work, language)
        for path, words in done.items():
            pk = segment(translation, path).id
            url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, pk])
            answer = self.translators_browsers[language].put(
                url, json.dumps({"value": words}), content_type="application/json"
            )
            assert answer.status_code == 200, answer.content

    def submit(self, work: Work, language: str) -> None:
        url = reverse("wagtailadmin_pages:edit", args=[self.target(work, language).pk])
        answer = self.translators_browsers[language].post(url, {"action": "submit"})
        assert answer.status_code == 302, answer.content.decode()

    def import_file(self, work: Work, language: str, done: Text) -> None:
        browser = self.translators_browsers[language]
        translation = self.translation(work, language)
        data = targets(download(browser, translation), done)
        assert send_and_confirm(browser, data).status_code == 200

    def target(self, work: Work, language: str) -> Page:
        return target(self.translation(work, language))

    def approve(self, work: Work, language: str) -> None:
        approve(self.target(work, language), self.reviewers[language])

    def send_back(self, work: Work, language: str) -> None:
        send_back(self.target(work, language), self.reviewers[language])

    def unpublish(self, work: Work) -> None:
        self._post(
            "wagtailadmin_pages:unpublish",
            self.page(work).pk,
            translations_asked="1",
            translations="on",
        )

    def restrict(self, work: Work) -> None:
        kind = "login" if work.restricted else "none"
        url = reverse("wagtailadmin_pages:set_privacy", args=[self.page(work).pk])
        answer = self.browser.post(url, {"restriction_type": kind, "password": ""})
        assert answer.status_code == 200

    def move(self, work: Work) -> None:
        destination = self.page(work.parent) if work.parent else self.home
        pk = self.page(work).pk
        self._post(
            "wagtailadmin_pages:move_confirm",
            pk,
            destination.pk,
            translations_asked="1",
            translations="on",
        )

    def delete(self, work: Work) -> None:
        self._post("wagtailadmin_pages:delete", self.page(work).pk)

    def restore(self, work: Work) -> None:
        entry = BinEntry.objects.get(trees__page_id=self.pages[work.name])
        url = reverse("bin:restore", args=[entry.pk])
        assert self.browser.post(url).status_code == 302
        assert not BinEntry.objects.filter(pk=entry.pk).exists()

    def _post(self, name: str, *args, **data) -> None:
        answer = self.browser.post(reverse(name, args=args), data)
        assert answer.status_code == 302, answer.content.decode()
