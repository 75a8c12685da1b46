"""Wagtail's screen of locales, which here makes a language ready to work in, and no aliases."""

from django.urls import path
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns
from wagtail_localize.locales.views import ComponentManager, CreateView, EditView, LocaleViewSet

from cms.delivery.messages import untranslated


class WithoutAliases:
    """No locale copies the pages of another one: pages are translated, or shown as they are."""

    def get_components(self):
        return ComponentManager([])


class NewLocaleView(WithoutAliases, CreateView):
    def form_valid(self, form):
        answer = super().form_valid(form)
        language = self.object.language_code
        words = {"language": language}
        messages.info(
            self.request,
            _(
                "Its home page waits as a draft for the group “Translators: %(language)s”. "
                "Visitors find the language when that page is published."
            )
            % words,
        )
        missing, every = untranslated(language)
        if missing:
            messages.warning(
                self.request,
                _(
                    "%(missing)s of %(all)s texts of the site's interface are not translated into "
                    "this language yet; visitors read them in English."
                )
                % {"missing": missing, "all": every},
            )
        return answer


class EditLocaleView(WithoutAliases, EditView):
    pass


class Locales(LocaleViewSet):
    add_view_class = NewLocaleView
    edit_view_class = EditLocaleView


locales = Locales("wagtaillocales", url_prefix="locales")
urlpatterns = decorate_urlpatterns(
    [path("locales/new/", locales.add_view), path("locales/edit/<int:pk>/", locales.edit_view)],
    require_admin_access,
)
