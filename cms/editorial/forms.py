"""What somebody is asked who reviews."""

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.forms import TaskStateCommentForm


class ApprovalForm(TaskStateCommentForm):
    """A comment, and when the text is to go live: at once where nothing is said."""

    go_live_at = forms.DateTimeField(
        label=_("Go live at"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_(
            "Leave empty to publish at once, or at the time that the editor has asked for."
        ),
    )

    def clean_go_live_at(self):
        moment = self.cleaned_data["go_live_at"]
        if moment and moment <= timezone.now():
            raise ValidationError(_("This time has passed; choose a later one or leave it empty."))
        return moment


def has_people(groups) -> bool:
    """Whether somebody who can sign in belongs to one of the groups."""
    return get_user_model().objects.filter(is_active=True, groups__in=groups).exists()


NOBODY = _("Nobody belongs to this group, so nobody could approve. Add people to it first.")


class GroupsWithPeopleField(forms.ModelMultipleChoiceField):
    """Groups of which one at least has a member: a review that nobody can do would never end."""

    def clean(self, value):
        groups = super().clean(value)
        if groups and not has_people(groups):
            raise ValidationError(NOBODY)
        return groups
