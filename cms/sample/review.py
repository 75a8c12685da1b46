"""The sample site is written and reviewed by its people, like every other site."""

from django.contrib.auth import get_user_model
from wagtail.models import Page, WorkflowState

from cms.editorial.models.tasks import AbstractFourEyesTask
from cms.editorial.rule import is_translation
from cms.sample.texts import SampleError


class SamplePeople:
    """Who writes, translates and approves the sample site."""

    def __init__(self):
        users = {user.username: user for user in get_user_model().objects.all()}
        self.editor, self.admin = users["editor"], users["admin"]
        self.others = [users[name] for name in ("publisher", "reviewer-de", "partner-nordregio")]
        self.translators = {"de": users["translator-de"]}

    def release(self, page: Page) -> None:
        """Save a page's text and take it through its review until it is public.

        Raises SampleError with what the content check finds.
        """
        writer = self._writer(page)
        page.save_revision(user=writer, log_action=True)
        page.get_workflow().start(page, writer)
        state = page.workflow_states.latest("pk")
        while state.status == WorkflowState.STATUS_IN_PROGRESS:
            self._approve(page, state)
            state.refresh_from_db()
        if state.status != WorkflowState.STATUS_APPROVED:
            found = state.current_task_state.comment
            raise SampleError(f"{page.url_path} was sent back: {found}")

    def _writer(self, page: Page):
        if not is_translation(page):
            return self.editor
        return self.translators.get(page.locale.language_code, self.editor)

    def _approve(self, page: Page, state: WorkflowState) -> None:
        task_state = state.current_task_state.specific
        task = task_state.task.specific
        if not isinstance(task, AbstractFourEyesTask):
            raise SampleError(f"Nobody of the sample site can do “{task}”.")
        reviewers = [user for user in self.others if task.is_reviewer(page, user)]
        task.on_action(task_state, (reviewers or [self.admin])[0], "approve")
