"""The page editor as a browser would use it."""

from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from tests.people import action_url, signed_in


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def form_of(client, page, **fields) -> dict:
    """The editor's form as it stands now, with these fields changed."""
    html = client.get(edit_url(page)).content.decode()
    return sent(html) | fields


def sent(html: str) -> dict:
    """What a browser would send of the editor's form; the body has no block."""
    form = querydict_from_html(html, form_id="page-edit-form").dict()
    return form | nested_form_data({"body": streamfield([])})


def send(client, page, **fields):
    return client.post(edit_url(page), form_of(client, page, **fields))


def act(user, page, action="approve", **data):
    return signed_in(user).post(action_url(page, action), {"comment": ""} | data, follow=True)


def told(response) -> str:
    tags = BeautifulSoup(response.content, "lxml").select(".messages li, .message")
    return " ".join(tag.get_text(" ", strip=True) for tag in tags)
