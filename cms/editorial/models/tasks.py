"""The steps of a review: what is checked by itself, and who has to look."""

from django import forms
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState, WorkflowState

from cms.editorial.forms import ApprovalForm, GroupsWithPeopleField
from cms.editorial.roles import language_reviewers
from cms.editorial.rule import NotReviewed, Refused, content_hash
from cms.models.locales import language_of


class StaleApproval(Refused):
    """Somebody approved another text than the one that is under review now."""

    def __init__(self, message, page=None, read=None):
        super().__init__(message)
        self.page, self.read = page, read


class ReviewState(TaskState):
    """One review of one text by somebody: its hash, and when it is to go live."""

    content_hash = models.CharField(max_length=64)
    go_live_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def save(self, *args, **kwargs):
        self.content_hash = self.content_hash or content_hash(self.revision)
        super().save(*args, **kwargs)

    @classmethod
    def approvals(cls, workflow_state: WorkflowState, revision) -> list["ReviewState"]:
        """The approvals of this very text by others than its authors; raises NotReviewed if none.

        A review may end without any where a step of it was switched off or taken away.
        """
        given = cls.objects.filter(
            workflow_state=workflow_state,
            revision=revision,
            status=cls.STATUS_APPROVED,
            content_hash=content_hash(revision),
            finished_by__isnull=False,
        )
        found = given.exclude(finished_by__in=[workflow_state.requested_by_id, revision.user_id])
        if not found:
            message = _("Nobody else has approved this text: a step of its review is missing.")
            raise NotReviewed(message)
        return list(found)


def authors(page, workflow_state: WorkflowState) -> set[int | None]:
    """The ids of those who may not approve: who last changed the text, and who submitted it."""
    revision = page.get_latest_revision()
    return {workflow_state.requested_by_id, revision and revision.user_id}


class ReviewersField(models.ManyToManyField):
    """Groups whose members review; in a form they need some."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": GroupsWithPeopleField} | kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ManyToManyField", args, kwargs


class AbstractFourEyesTask(Task):
    """Somebody of certain groups approves, but never what they last changed or submitted."""

    task_state_class = ReviewState

    class Meta:
        abstract = True

    def groups_for(self, page) -> models.QuerySet:
        """The groups whose members may review this page."""
        raise NotImplementedError

    def is_reviewer(self, page, user) -> bool:
        """Whether this person may review such pages at all, own texts included."""
        if not user.is_active:
            return False
        return user.is_superuser or self.groups_for(page).filter(user=user).exists()

    def user_can_access_editor(self, obj, user):
        return self.is_reviewer(obj, user)

    def user_can_lock(self, obj, user):
        return self.is_reviewer(obj, user)

    def user_can_unlock(self, obj, user):
        return self.is_reviewer(obj, user)

    def get_actions(self, obj, user):
        state = obj.current_workflow_state
        if state is None or not self.is_reviewer(obj, user) or user.pk in authors(obj, state):
            return []
        return [("approve", _("Approve"), True), ("reject", _("Send back"), True)]

    def get_form_for_action(self, action):
        return ApprovalForm if action == "approve" else super().get_form_for_action(action)

    def get_template_for_action(self, action):
        return "editorial/approve.html" if action == "approve" else ""

    def get_task_states_user_can_moderate(self, user, **kwargs):
        open_ones = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        mine = [
            state.pk
            for state in open_ones.select_related("workflow_state", "revision")
            if self.get_actions(state.workflow_state.content_object, user)
        ]
        return TaskState.objects.filter(pk__in=mine)

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **kwargs):
        """Approve or send back; what happened meanwhile is refused and changes nothing."""
        WorkflowState.objects.select_for_update().get(pk=task_state.workflow_state_id)
        current = ReviewState.objects.get(pk=task_state.pk)
        page = current.workflow_state.content_object
        if current.status != TaskState.STATUS_IN_PROGRESS:
            message = _("Meanwhile the text was changed, or somebody else has decided.")
            raise StaleApproval(message, page, current.revision)
        if action_name not in {name for name, *_rest in self.get_actions(page, user)}:
            raise Refused(_("Nobody approves or sends back what they last changed or submitted."))
        if action_name == "approve":
            self._check_text(current, page)
            current.go_live_at = _moment(kwargs.pop("go_live_at", None))
        super().on_action(current, user, action_name, comment=kwargs.get("comment", ""))

    def _check_text(self, current: ReviewState, page) -> None:
        revision = current.revision
        if page.latest_revision_id != revision.pk or content_hash(revision) != current.content_hash:
            message = _("The text was changed since; read it again before you approve.")
            raise StaleApproval(message, page, revision)


def _moment(value):
    """A time from a form, or from its JSON; None for none and for one that has passed."""
    moment = parse_datetime(value) if isinstance(value, str) else value
    return moment if moment and moment > timezone.now() else None


class FourEyesTask(AbstractFourEyesTask):
    groups = ReviewersField(
        Group,
        verbose_name=_("groups"),
        help_text=_("Their members review, but never what they last changed or submitted."),
    )

    admin_form_fields = Task.admin_form_fields + ["groups"]
    admin_form_widgets = {"groups": forms.CheckboxSelectMultiple}

    class Meta:
        verbose_name = _("four eyes")
        verbose_name_plural = _("four eyes")

    def groups_for(self, page):
        return self.groups.all()

    @classmethod
    def get_description(cls):
        return _("Members of the chosen groups review; nobody approves a text of their own")


class LanguageReviewTask(AbstractFourEyesTask):
    class Meta:
        verbose_name = _("language review")
        verbose_name_plural = _("language reviews")

    def groups_for(self, page):
        return Group.objects.filter(name=language_reviewers(language_of(page.locale_id)))

    @classmethod
    def get_description(cls):
        return _("The language reviewers of the page's locale review its translation")


class PartnerApprovalTask(AbstractFourEyesTask):
    class Meta:
        verbose_name = _("partner approval")
        verbose_name_plural = _("partner approvals")

    def groups_for(self, page):
        return Group.objects.filter(name=page.specific.confirming_group())

    def start(self, workflow_state, user=None):
        """The partner need not confirm its own words, nor can it without an account."""
        state = super().start(workflow_state, user=user)
        people = self.groups_for(workflow_state.content_object).filter(user__is_active=True)
        writers = authors(workflow_state.content_object, workflow_state)
        if not people.exists():
            _pass(state, user, _("The partner has no account; nobody to ask."))
        elif people.filter(user__in=[pk for pk in writers if pk]).exists():
            _pass(state, user, _("The partner wrote or submitted this text itself."))
        return state

    @classmethod
    def get_description(cls):
        return _("The partner whose page it is confirms the text")


def _pass(state: TaskState, user, comment) -> None:
    state.approve(user=user, update=False, comment=str(comment))


class ContentCheckTask(Task):
    class Meta:
        verbose_name = _("content check")
        verbose_name_plural = _("content checks")

    def start(self, workflow_state, user=None):
        """Ask the page itself what is wrong with it; nothing wrong is approved at once."""
        state = super().start(workflow_state, user=user)
        problems = state.revision.as_object().problems()
        if problems:
            found = "\n".join(str(problem) for problem in problems)
            state.reject(user=None, update=False, comment=found)
        else:
            state.approve(user=None, update=False)
        return state

    @classmethod
    def get_description(cls):
        return _("The page is checked by itself and sent back with a list of what is wrong")
