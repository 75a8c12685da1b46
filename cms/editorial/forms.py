"""What somebody is asked who reviews."""

from django import forms
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
