"""What templates of the review ask for."""

from django import template

from cms.editorial.differences import since_live

register = template.Library()


@register.simple_tag(takes_context=True)
def changes_since_live(context, page, revision) -> list:
    """What a revision changes of what is public now, field by field."""
    return since_live(page, revision, context.get("request"))
