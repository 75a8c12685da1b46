"""Addresses of the admin for translation; they stand before wagtail-localize's own."""

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.translation.views import desk, sending, texts
from cms.translation.views.preview import preview_translation

urlpatterns = [
    path("translation/", desk.DeskView.as_view(), name="translation_desk"),
    path("translation/<int:pk>/due/", desk.DueView.as_view(), name="translation_due"),
    path("localize/translate/<int:translation_id>/preview/", preview_translation),
    path("localize/translate/<int:translation_id>/preview/<str:mode>/", preview_translation),
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
]
urlpatterns = decorate_urlpatterns(urlpatterns, require_admin_access)
