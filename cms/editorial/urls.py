"""Addresses of the admin that are ours; they stand before Wagtail's and keep its names."""

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.editorial.views.edit import ReviewedEditView, ReviewedRevertView
from cms.editorial.views.emergency import EmergencyView

urlpatterns = [
    path("pages/<int:page_id>/edit/", ReviewedEditView.as_view()),
    path("pages/<int:page_id>/revisions/<int:revision_id>/revert/", ReviewedRevertView.as_view()),
    path("pages/<int:page_id>/emergency/", EmergencyView.as_view(), name="emergency"),
]
urlpatterns = decorate_urlpatterns(urlpatterns, require_admin_access)
