"""Addresses of the admin that are ours; they stand before Wagtail's and keep its names."""

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.editorial.views.edit import ReviewedEditView, ReviewedRevertView
from cms.editorial.views.emergency import EmergencyView
from cms.editorial.views.files import (
    DocumentDeleteView,
    DocumentUploadDeleteView,
    ImageDeleteView,
    ImageUploadDeleteView,
)
from cms.editorial.views.workflows import WorkflowCreateView, WorkflowEditView

urlpatterns = [
    path("workflows/add/", WorkflowCreateView.as_view()),
    path("workflows/edit/<int:pk>/", WorkflowEditView.as_view()),
    path("pages/<int:page_id>/edit/", ReviewedEditView.as_view()),
    path("pages/<int:page_id>/revisions/<int:revision_id>/revert/", ReviewedRevertView.as_view()),
    path("pages/<int:page_id>/emergency/", EmergencyView.as_view(), name="emergency"),
    path("images/<int:image_id>/delete/", ImageDeleteView.as_view()),
    path("documents/delete/<int:document_id>/", DocumentDeleteView.as_view()),
    path("images/multiple/<int:image_id>/delete/", ImageUploadDeleteView.as_view()),
    path("documents/multiple/<int:doc_id>/delete/", DocumentUploadDeleteView.as_view()),
]
urlpatterns = decorate_urlpatterns(urlpatterns, require_admin_access)
