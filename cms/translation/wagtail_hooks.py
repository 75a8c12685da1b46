"""What translation adds to the admin; registrations only."""

from wagtail import hooks

from cms.translation.views.editor import edit_translation

hooks.register("before_edit_page", edit_translation, order=-10)
