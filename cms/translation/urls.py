"""Addresses of the admin for translation; they stand before Wagtail's and wagtail-localize's."""

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.translation.views import (
    closed,
    desk,
    exchange,
    machine,
    matrix,
    memory,
    sending,
    sendings,
    structure,
    texts,
    uploads,
)
from cms.translation.views.listing import pages_with_states
from cms.translation.views.preview import preview_translation

urlpatterns = [
    path("pages/", pages_with_states.index_view),
    path("translation/matrix/", matrix.MatrixView.as_view(), name="translation_matrix"),
    path(
        "translation/matrix/results/",
        matrix.MatrixView.as_view(results_only=True),
        name="translation_matrix_results",
    ),
    path("localize/reports/translations/", matrix.instead_of_report),
    path("localize/reports/translations/results/", matrix.instead_of_report),
    path("translation/", desk.DeskView.as_view(), name="translation_desk"),
    path("translation/<int:pk>/due/", desk.DueView.as_view(), name="translation_due"),
    path("translation/send/", sending.SendView.as_view(), name="send_to_translators"),
    path("translation/sendings/", sendings.SendingsView.as_view(), name="sendings"),
    path(
        "translation/sendings/results/",
        sendings.SendingsView.as_view(results_only=True),
        name="sendings_results",
    ),
    path("translation/sendings/<int:pk>/", sendings.SendingView.as_view(), name="sending"),
    path("translation/sendings/<int:pk>/cancel/", sendings.cancel_sending, name="cancel_sending"),
    path("translation/sendings/<int:pk>/resume/", sendings.resume_sending, name="resume_sending"),
    path("localize/translate/<int:translation_id>/preview/", preview_translation),
    path("localize/translate/<int:translation_id>/preview/<str:mode>/", preview_translation),
    path("localize/submit/page/<int:page_id>/", sending.SendPageView.as_view()),
    path("localize/update/<int:translation_source_id>/", sending.RenewView.as_view()),
    path("localize/translate/<int:translation_id>/disable/", closed.stop_translation),
    path("localize/page/<int:page_id>/convert_to_alias/", closed.convert_to_alias),
    path(
        "localize/translate/<int:translation_id>/strings/<int:string_segment_id>/edit/",
        texts.text,
    ),
    path(
        "localize/translate/<int:translation_id>/overrides/<int:overridable_segment_id>/edit/",
        texts.link,
    ),
    path("localize/translate/<int:translation_id>/pofile/download/", exchange.download_po),
    path("localize/translate/<int:translation_id>/pofile/upload/", uploads.upload_po),
    path(
        "localize/translate/<int:translation_id>/machine_translate/",
        machine.MachineView.as_view(),
    ),
    path("translation/exchange/", exchange.ExchangeView.as_view(), name="translation_exchange"),
    path(
        "translation/exchange/download/", exchange.download_many, name="translation_download_many"
    ),
    path(
        "translation/exchange/download/<int:translation_id>/",
        exchange.download_one,
        name="translation_download",
    ),
    path("translation/memory/", memory.download_memory, name="translation_memory"),
    path("translation/exchange/upload/", uploads.upload, name="translation_upload_file"),
    path(
        "translation/exchange/upload/<int:pk>/",
        uploads.UploadView.as_view(),
        name="translation_upload",
    ),
    path("pages/<int:page_id>/unpublish/", structure.UnpublishView.as_view()),
    path("pages/<int:page_to_move_id>/move/", structure.ChooseDestinationView.as_view()),
    path("pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/", structure.move_confirm),
    path("pages/<int:page_to_move_id>/set_position/", structure.set_page_position),
    path("pages/<int:page_id>/privacy/", structure.set_privacy),
]
urlpatterns = decorate_urlpatterns(urlpatterns, require_admin_access)
