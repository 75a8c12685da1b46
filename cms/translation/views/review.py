"""The review of a translation: source and translation side by side, and the decision."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.editorial.forms import ApprovalForm
from cms.editorial.rule import Refused
from cms.translation import drafts
from cms.translation.barriers import may_take_back
from cms.translation.reviewed import ReviewSheet
from cms.translation.views.workplace import UNKNOWN, Workplace

DECISIONS = {"approve", "reject"}


class ReviewView(Workplace):
    """For everybody who may see the work while it is in review; those who are asked decide."""

    template_name = "translation/review.html"
    waits_for_translator = False
    form = None

    @cached_property
    def step(self):
        """The step that is open, with the version that it is about."""
        return self.page.current_workflow_task_state.specific

    @cached_property
    def task(self):
        return self.step.task.specific

    @cached_property
    def sheet(self) -> ReviewSheet:
        return ReviewSheet(self.translation, self.step.revision)

    @cached_property
    def decides(self) -> bool:
        names = {name for name, *_rest in self.task.get_actions(self.page, self.user)}
        return names >= DECISIONS

    def act(self, action: str):
        if action == "take-back":
            drafts.take_back(self.translation, self.user)
            messages.success(self.request, _("The translation is yours again."))
            return self.again()
        if action not in DECISIONS:
            raise Refused(UNKNOWN)
        return self._decide(action)

    def _decide(self, action: str):
        """Approve or send back what the form was about; raises Refused where it is not open."""
        step = self._step_sent()
        form = step.task.specific.get_form_for_action(action)(self.request.POST)
        if not form.is_valid() or self._says_nothing(action, form):
            self.form = form
            messages.error(self.request, _("Nothing was decided: see below what is missing."))
            return self.render_to_response(self.get_context_data())
        step.task.specific.on_action(step, self.user, action, **form.cleaned_data)
        title = self.page.get_admin_display_title()
        done = _("“%(title)s” is approved.") if action == "approve" else _("“%(title)s” goes back.")
        messages.success(self.request, done % {"title": title})
        return redirect("translation_desk")

    def _step_sent(self):
        """The step of this page's review that somebody has read, be it over by now."""
        number = self.request.POST.get("step", "")
        steps = type(self.step).objects.filter(workflow_state__object_id=str(self.page.pk))
        known = {str(step.pk): step for step in steps.select_related("task")}
        if number not in known:
            raise Refused(UNKNOWN)
        return known[number]

    def _says_nothing(self, action: str, form) -> bool:
        """Who sends a text back says what is wrong, here or beside a text."""
        said = form.cleaned_data.get("comment") or any(
            line.open_comments for line in self.sheet.lines
        )
        if action == "reject" and not said:
            form.add_error("comment", _("Say what is to be changed."))
            return True
        return False

    def preview_url(self):
        if self.decides:
            place = [self.page.pk, self.task.pk]
            return reverse("wagtailadmin_pages:workflow_preview", args=place)
        place = [self.page.pk, self.step.revision_id]
        return reverse("wagtailadmin_pages:revisions_view", args=place)

    @property
    def media(self):
        return ApprovalForm().media + super().media

    def get_context_data(self, **kwargs):
        place = [self.page.pk, "live", self.step.revision_id]
        return super().get_context_data(
            step=self.step,
            task=self.task,
            decides=self.decides,
            form=self.form or ApprovalForm(),
            may_take_back=may_take_back(self.page, self.user),
            compare_url=reverse("wagtailadmin_pages:revisions_compare", args=place)
            if self.page.live
            else "",
            **kwargs,
        )
