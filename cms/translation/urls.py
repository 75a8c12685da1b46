"""Addresses of the admin for translation; they stand before Wagtail's and wagtail-localize's."""

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.translation.views import sending, structure, texts

urlpatterns = [
    path("localize/submit/page/<int:page_id>/", sending.StartTranslationView.as_view()),
    path(
        "localize/update/<int:translation_source_id>/",
        sending.RenewTranslationsView.as_view(),
    ),
    path("localize/translate/<int:translation_id>/disable/", sending.stop_translation),
    path("localize/page/<int:page_id>/convert_to_alias/", sending.convert_to_alias),
    path(
        "localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/",
        texts.text,
    ),
    path(
        "localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/",
        texts.link,
    ),
    path("pages/<int:page_id>/unpublish/", structure.UnpublishView.as_view()),
    path("pages/<int:page_to_move_id>/move/", structure.ChooseDestinationView.as_view()),
    path("pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/", structure.move_confirm),
    path("pages/<int:page_to_move_id>/set_position/", structure.set_page_position),
    path("pages/<int:page_id>/privacy/", structure.set_privacy),
]
urlpatterns = decorate_urlpatterns(urlpatterns, require_admin_access)
