"""What the history of a page tells of what only this site does."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, LogFormatter

EMERGENCY = "cms.publish.emergency"
"""Published without review; data: {"reason": "..."}"""
REFUSED = "cms.refused"
"""Somebody tried what they may not do; data: {"what": "..."}, words for staff."""
BINNED = "cms.bin.delete"
RESTORED = "cms.bin.restore"


class Emergency(LogFormatter):
    label = _("Emergency publication")

    def format_message(self, log_entry):
        reason = log_entry.data.get("reason", "")
        return gettext("Published in an emergency, without review: %(reason)s") % {"reason": reason}


class Refused(LogFormatter):
    label = _("Refused")

    def format_message(self, log_entry):
        what = log_entry.data.get("what", "")
        return gettext("Refused: %(what)s") % {"what": what} if what else gettext("Refused.")


def register(actions: LogActionRegistry) -> None:
    """Tell Wagtail the words for each of our actions; it refuses to log what it does not know."""
    actions.register_action(EMERGENCY)(Emergency)
    actions.register_action(REFUSED)(Refused)
    actions.register_action(BINNED, _("Move to the bin"), _("Moved to the bin"))
    actions.register_action(RESTORED, _("Restore from the bin"), _("Restored from the bin"))
