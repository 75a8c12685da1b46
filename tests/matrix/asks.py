"""The requests that every address gets: GET everywhere, and what would change something.

What is sent is what the page itself would send for an administrator, with a field changed: it is
valid, so that a refusal is for want of a right and for no other reason.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from wagtail.test.utils.form_data import querydict_from_html

from tests.matrix.scene import Scene

Data = Callable[[Scene, str, str], dict]
"""What is sent, made from the scene, the kind of thing, and the address."""


def nothing(scene: Scene, kind: str, url: str) -> dict:
    return {}


@dataclass(frozen=True)
class Ask:
    """`name` is the method and, where an address gets several requests, a word for this one.

    `reads`: changes nothing for anybody; `closed`: why nobody at all is let through.
    """

    name: str = "POST"
    data: Data = nothing
    query: Data = nothing
    kinds: tuple[str, ...] = ()
    reads: bool = False
    closed: str = ""
    options: dict = field(default_factory=dict, hash=False)

    @property
    def method(self) -> str:
        return self.name.split()[0]


GET = Ask("GET", reads=True)


def form(**changes) -> Data:
    """The largest form of the page at the address, with these fields changed; `_files` too."""

    def filled_in(scene: Scene, kind: str, url: str) -> dict:
        html = scene.clients["administrator"].get(url).content.decode()
        data = largest_form(html)
        for name, value in changes.items():
            data[name.replace("__", "-")] = value(scene, kind) if callable(value) else value
        return data

    return filled_in


def largest_form(html: str) -> dict:
    forms = BeautifulSoup(html, "lxml").select("form")
    sizes = {
        number: len(found.select("input, select, textarea"))
        for number, found in enumerate(forms)
        if found.get("method", "").lower() == "post"
    }
    if not sizes:
        return {}
    number = max(sizes, key=lambda number: sizes[number])
    found = querydict_from_html(html, form_index=number)
    return {name: values if len(values) > 1 else values[0] for name, values in found.lists()}


def said(**fields) -> Data:
    """These fields; a function is asked with the scene and the kind."""

    def filled_in(scene: Scene, kind: str, url: str) -> dict:
        return {
            name.replace("__", "-"): value(scene, kind) if callable(value) else value
            for name, value in fields.items()
        }

    return filled_in
