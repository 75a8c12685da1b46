"""What differs between two versions of a page, field by field."""

import json
import re

from django.core.serializers.json import DjangoJSONEncoder

PLACE = {"path", "depth", "numchild", "url_path", "draft_title", "locked", "locked_at", "locked_by"}
LIFE = {"live", "expired", "has_unpublished_changes", "live_revision", "latest_revision"}
DATES = {"first_published_at", "last_published_at", "latest_revision_created_at"}
NO_TEXT = PLACE | LIFE | DATES | {"wagtail_admin_comments"}
"""What Wagtail keeps with a page beside its text."""
KEYS = re.compile(r' data-block-key=\\*"[^"\\]*\\*"')
"""What the editor of rich text adds to each paragraph without anybody changing a word."""


def is_same_text(one: dict, other: dict) -> bool:
    """Whether two contents of revisions say the same."""
    return _text_of(one) == _text_of(other)


def _text_of(content: dict) -> str:
    text = {name: value for name, value in content.items() if name not in NO_TEXT}
    return KEYS.sub("", json.dumps(text, cls=DjangoJSONEncoder, sort_keys=True))


def differences(before, after, request=None) -> list:
    """Wagtail's comparisons of the fields that differ; all of them where there is no `before`."""
    panel = (
        type(after).get_edit_handler().get_bound_panel(instance=after, request=request, form=None)
    )
    made = [compare(before or type(after)(), after) for compare in panel.get_comparison()]
    return [comparison for comparison in made if comparison.has_changed()]


def since_live(page, revision, request=None) -> list:
    """What a revision changes of what is public now; an unpublished page has all to be read."""
    live = page.specific if page.live else None
    return differences(live, revision.as_object(), request)
