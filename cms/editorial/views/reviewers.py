"""What people read who review a page and have no other right on it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail.admin.views.generic.models import RevisionsCompareView
from wagtail.admin.views.generic.preview import PreviewRevision
from wagtail.admin.views.pages.revisions import RevisionsCompare, RevisionsView
from wagtail.admin.views.pages.workflow import ConfirmWorkflowCancellation
from wagtail.models import Page


class ReviewersCompare(RevisionsCompare):
    """Asks for the right on this page, and not first for a right on any."""

    def dispatch(self, request, *args, **kwargs):
        return RevisionsCompareView.dispatch(self, request, *args, **kwargs)


class ReviewersRevision(RevisionsView):
    def dispatch(self, request, *args, **kwargs):
        return PreviewRevision.dispatch(self, request, *args, **kwargs)


class ReviewersCancellation(ConfirmWorkflowCancellation):
    """The question before a review is ended; for those who may edit the page."""

    def dispatch(self, request, *args, **kwargs):
        page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)
