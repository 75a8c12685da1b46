"""Unpublishing and moving several pages at once, with their translations or without."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.views.pages.bulk_actions.unpublish import UnpublishBulkAction
from wagtail.models import Page

from cms.editorial.along import as_ticked, languages_of
from cms.translation import structure


class WithTranslations(PageBulkAction):
    """Asks about the translations in a form of Wagtail's, where there are any."""

    help_text: Any = ""

    def going_along(self, page) -> list[Page]:
        """The translations that go along with a page."""
        raise NotImplementedError

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        languages = languages_of(self.affected())
        if languages:
            form.fields["translations_asked"] = forms.CharField(
                widget=forms.HiddenInput, initial="1", required=False
            )
            form.fields["translations"] = forms.BooleanField(
                label=_("Also its translations: %(languages)s") % {"languages": languages},
                help_text=self.help_text,
                initial=True,
                required=False,
            )
        return form

    def affected(self) -> list[Page]:
        """The translations that go along with some of the pages."""
        pages = self.get_queryset(self.model, self.named_ids())
        return [found for page in pages for found in self.going_along(page)]

    def named_ids(self):
        ids = self.request.GET.getlist("id")
        if "all" in ids:
            ids = self.get_all_objects_in_listing_query(self.request.GET.get("childOf"))
        return ids

    def form_valid(self, form):
        with as_ticked(self.request):
            return super().form_valid(form)


class UnpublishAction(WithTranslations, UnpublishBulkAction):
    template_name = "translation/bulk_unpublish.html"
    help_text = _("Without the tick they stay public and stand on their own from now on.")

    def going_along(self, page):
        return structure.live_translations(page)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if not context["has_live_descendants"]:
            context["form"].fields.pop("include_descendants", None)
        return context

    @classmethod
    def execute_action(cls, objects, **kwargs):
        """One after the other: the next one may have gone with the one before."""
        done = [0, 0]
        for page in objects:
            fresh = Page.objects.get(pk=page.pk).specific
            if fresh.live:
                pages, below = super().execute_action([fresh], **kwargs)
                done = [done[0] + pages, done[1] + below]
        return done


class MoveAction(WithTranslations, MoveBulkAction):
    help_text = _("Without the tick they stay where they are.")

    def going_along(self, page):
        return structure.travellers(page)

    @classmethod
    def execute_action(cls, objects, **kwargs):
        """Translations that are named beside their sources go with them."""
        named = {page.pk for page in objects}
        going = {t.pk for page in objects for t in structure.travellers(page)}
        return super().execute_action([p for p in objects if p.pk in named - going], **kwargs)
