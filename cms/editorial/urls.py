"""Addresses of the admin that are ours; they stand before Wagtail's and keep its names."""

from django.http import Http404
from django.urls import path, re_path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.editorial.views.bulk import bulk_action
from cms.editorial.views.edit import ReviewedEditView, ReviewedRevertView
from cms.editorial.views.emergency import EmergencyView
from cms.editorial.views.files import (
    DocumentDeleteView,
    DocumentUploadDeleteView,
    ImageDeleteView,
    ImageUploadDeleteView,
)
from cms.editorial.views.reviewers import (
    ReviewersCancellation,
    ReviewersCompare,
    ReviewersRevision,
)
from cms.editorial.views.workflows import WorkflowCreateView, WorkflowEditView


def no_such_page(request):
    """In the place of Wagtail's test page, which fails for everybody who opens it."""
    raise Http404


urlpatterns = [
    path("workflows/add/", WorkflowCreateView.as_view()),
    path("workflows/edit/<int:pk>/", WorkflowEditView.as_view()),
    path("bulk/<str:app_label>/<str:model_name>/<str:action>/", bulk_action),
    path("pages/<int:page_id>/edit/", ReviewedEditView.as_view()),
    path("pages/<int:page_id>/revisions/<int:revision_id>/revert/", ReviewedRevertView.as_view()),
    path("pages/<int:page_id>/emergency/", EmergencyView.as_view(), name="emergency"),
    path("images/<int:image_id>/delete/", ImageDeleteView.as_view()),
    path("documents/delete/<int:document_id>/", DocumentDeleteView.as_view()),
    path("images/multiple/<int:image_id>/delete/", ImageUploadDeleteView.as_view()),
    path("documents/multiple/<int:doc_id>/delete/", DocumentUploadDeleteView.as_view()),
    path("failwhale/", no_such_page),
    path("pages/<int:page_id>/revisions/<int:revision_id>/view/", ReviewersRevision.as_view()),
    re_path(
        r"^pages/(\d+)/revisions/compare/(live|earliest|\d+)\.\.\.(live|latest|\d+)/$",
        ReviewersCompare.as_view(),
    ),
    path(
        "pages/workflow/confirm_cancellation/<int:page_id>/",
        ReviewersCancellation.as_view(),
    ),
]
urlpatterns = decorate_urlpatterns(urlpatterns, require_admin_access)
