"""What translation adds to the admin; registrations only."""

from wagtail import hooks

from cms.translation.views.bulk import MoveAction, UnpublishAction
from cms.translation.views.editor import edit_translation

hooks.register("before_edit_page", edit_translation, order=-10)

for action in (UnpublishAction, MoveAction):
    hooks.register("register_bulk_action", action, order=10)
