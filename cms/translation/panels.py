"""The states of a page in all languages, beside its editor."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from cms.translation.shown import shown_states


class TranslationsPanel(BaseSidePanel):
    """Every language with its state, the words and the work in it, and the way there."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle translations")
        icon_name = "globe"
        has_counter = False

    name = "translations"
    title = _("Translations")
    template_name = "translation/states_panel.html"
    order = 150

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        return context | {"states": shown_states([self.object], self.request.user)[self.object.pk]}
