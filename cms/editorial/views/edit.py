"""The page editor, in which nobody overwrites unseen work or passes by a review."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.hooks import get_hooks
from wagtail.models import WorkflowState

from cms.editorial.differences import differences, is_same_text


class ReviewedEditView(EditView):
    """Writing on from the latest version."""

    def get_template_names(self):
        names = super().get_template_names()
        return [
            "editorial/edit.html" if name == "wagtailadmin/pages/edit.html" else name
            for name in names
        ]

    @cached_property
    def in_review(self) -> bool:
        return self.real_page_record.workflow_in_progress

    def get_context_data(self, **kwargs):
        if self.in_review:
            self.autosave_enabled, self.autosave_interval = False, 0
        return super().get_context_data(**kwargs)

    def get_side_panels(self):
        """Wagtail's own, and those of other parts of the house, by the hook `page_side_panels`."""
        panels = super().get_side_panels()
        if not self.expects_json_response:
            panels.extend(make(self.page, self.request) for make in get_hooks("page_side_panels"))
        return panels

    def post(self, request, *args, **kwargs):
        self._refuse_forged_actions()
        if self.expects_json_response and self.in_review:
            words = _("While a page is in review, it is saved only when you say so.")
            return self.json_error_response("locked", words)
        if not self.expects_json_response and self.is_out_of_date and not self._only_cancels:
            return self._show_conflict()
        return super().post(request, *args, **kwargs)

    @property
    def _only_cancels(self) -> bool:
        return self.action_name == "cancel_workflow"

    def _refuse_forged_actions(self) -> None:
        """Wagtail saves a draft where somebody asks for what they may not; that is told instead."""
        posted = self.request.POST
        if posted.get("action-publish") and not self.page_perms.can_publish():
            raise PermissionDenied
        if posted.get("action-workflow-action") and not self.page.current_workflow_task:
            raise PermissionDenied

    def _show_conflict(self):
        """The form as it was sent, not saved, beside what somebody else has saved meanwhile."""
        theirs = self.real_page_record.get_latest_revision_as_object()
        self.form = self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )
        valid = self.form.is_valid()
        mine = self.form.save(commit=False) if valid else None
        self.has_unsaved_changes = True
        conflict = {
            "revision": self.latest_revision,
            "comparison": differences(theirs, mine, self.request) if mine else None,
            "compare_url": self._compare_url(),
        }
        messages.error(
            self.request,
            _("Your version is not saved: the page was changed since you opened it."),
        )
        self.form.restore_required_fields()
        return self.render_to_response(self.get_context_data(conflict=conflict))

    def _compare_url(self) -> str:
        loaded = self.request.POST.get("loaded_revision_id", "")
        known = loaded.isdigit() and self.page.revisions.filter(pk=loaded).exists()
        start = loaded if known else "earliest"
        place = [self.page.pk, start, self.latest_revision.pk]
        return reverse("wagtailadmin_pages:revisions_compare", args=place)

    def submit_action(self):
        response = super().submit_action()
        return self._sent_back() or response

    def restart_workflow_action(self):
        response = super().restart_workflow_action()
        return self._sent_back() or response

    def _sent_back(self):
        """Where the content check has sent the page back at once, say so and stay."""
        state = self.page.workflow_states.active().first()
        if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
            return None
        list(messages.messages.get_messages(self.request))  # "has been submitted" is not true
        found = state.current_task_state.comment.splitlines()
        listed = format_html_join("", "<li>{}</li>", ((line,) for line in found))
        words = _("The draft is saved but was sent back by the content check:")
        messages.error(self.request, format_html("{}<ul>{}</ul>", words, listed))
        return redirect(self.get_edit_url())

    def perform_workflow_action(self):
        """Who changes a text while reviewing it becomes an author: somebody else approves."""
        sent = self.form.save(commit=False).serializable_data()
        self.has_content_changes = not is_same_text(sent, self.latest_revision.content)
        if not self.has_content_changes:
            return super().perform_workflow_action()
        response = self.save_action()
        words = _("You changed the text: it is saved, and somebody else has to approve it now.")
        messages.warning(self.request, words)
        return response


class ReviewedRevertView(ReviewedEditView, RevisionsRevertView):
    """Writing on from an older version."""

    def dispatch(self, request, *args, **kwargs):
        if not kwargs["revision_id"]:  # Wagtail takes 0 for no number at all
            raise Http404
        return super().dispatch(request, *args, **kwargs)
