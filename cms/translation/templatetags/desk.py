"""What templates of the translator's desk ask for."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cms.editorial.rows import name_of
from cms.translation.inline import shown

register = template.Library()

CHIPS = {
    "open": (_("Open"), "edit"),
    "changed": (_("Source changed"), "rotate"),
    "suggested": (_("Suggestion"), "cogs"),
    "done": (_("Translated"), "check"),
    "error": (_("Not valid"), "warning"),
    "sent_back": (_("Sent back"), "resubmit"),
    "new": (_("New"), "circle-plus"),
    "in_work": (_("In work"), "edit"),
    "in_review": (_("In review"), "view"),
    "waits": (_("Waits for its source"), "time"),
}
"""What a state is called, and its icon."""


@register.inclusion_tag("translation/chip.html")
def chip(state: str) -> dict:
    label, icon = CHIPS[state]
    return {"state": state, "label": label, "icon_name": icon}


@register.filter(name="shown")
def shown_text(html: str, links: dict | None = None) -> SafeString:
    """A text of a segment as it may stand on a page of the admin."""
    return shown(html or "", links)


@register.filter
def person(user) -> str:
    """How staff are named to each other; "" for nobody."""
    return name_of(user)
