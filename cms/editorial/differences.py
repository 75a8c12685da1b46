"""What differs between two versions of a page, field by field."""


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
