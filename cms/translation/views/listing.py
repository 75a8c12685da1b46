"""The lists of pages in the admin, each page with its states in all languages."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView, PageListingMixin
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.translation.shown import Shown, shown_states


class StatesColumn(BaseColumn):
    """The other languages of a source page; of a translation its own."""

    cell_template_name = "translation/states_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"states": _beside(getattr(instance, "translation_states", []), instance)}


def _beside(states: list[Shown], page: Page) -> list[Shown]:
    own = [one for one in states if one.cell.page and one.cell.page.pk == page.pk]
    if any(one.cell.is_source for one in own):
        return [one for one in states if one not in own]
    return own


class WithStates:
    """A list that reads the states of all its pages at once."""

    base_columns = [
        *PageListingMixin.base_columns,
        StatesColumn("translations", label=_("Translations"), width="12%"),
    ]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        pages = list(context["object_list"])
        found = shown_states(pages, self.request.user)
        for page in pages:
            page.translation_states = found[page.pk]
        return context


class PagesView(WithStates, ExplorableIndexView):
    pass


class PagesOfTypeView(WithStates, ContentTypeUseView):
    pass


class PagesWithStates(PageViewSet):
    """In the place of Wagtail's own, for pages of every type."""

    model = Page
    index_view_class = PagesView
    content_type_use_view_class = PagesOfTypeView


pages_with_states = PagesWithStates()


def send_from_list(page, user, next_url=None) -> Iterator[Button]:
    """Asks nothing: the list has read the states of all its pages at once."""
    states = getattr(page, "translation_states", [])
    is_source = any(s.cell.is_source and s.cell.page.pk == page.pk for s in states)
    if is_source and states[0].line.can_send:
        words = {"page": page.pk} | ({"next": next_url} if next_url else {})
        yield Button(
            _("Send to translators"),
            f"{reverse('send_to_translators')}?{urlencode(words)}",
            icon_name="wagtail-localize-language",
            priority=60,
        )
