"""The translation editor as a browser without scripts would use it."""

from bs4 import BeautifulSoup
from wagtail.test.utils.form_data import querydict_from_html

from tests.editing import edit_url
from tests.people import signed_in
from tests.translating import segment, target


def opened(user, translation, query: str = ""):
    """The editor's or the review's page as somebody gets it."""
    return signed_in(user).get(edit_url(target(translation)) + query)


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "lxml")


def words(response) -> str:
    return " ".join(soup(response).select_one("main").get_text(" ", strip=True).split())


def form_of(response) -> dict:
    html = response.content.decode()
    return querydict_from_html(html, form_id="translation-form").dict()


def press(user, translation, name: str = "action", value: str = "save", form=None, **options):
    """Press a button of the form, which is as it was opened unless another one is given."""
    client = signed_in(user)
    url = edit_url(target(translation))
    data = form_of(client.get(url)) if form is None else form
    return client.post(url, data | {name: value}, follow=True, **options)


def field(translation, path: str, number: int = 0) -> str:
    return f"segment-{segment(translation, path, number).id}"


def line(response, translation, path: str, number: int = 0):
    """The line of a text on the page."""
    return soup(response).select_one(f"#segment-{segment(translation, path, number).id}")


def write(user, translation, texts: dict[str, str], action: str = "save"):
    """Write texts, by their paths, into the form as it is now and press a button."""
    form = form_of(opened(user, translation))
    named = {field(translation, path): text for path, text in texts.items()}
    return press(user, translation, value=action, form=form | named)
