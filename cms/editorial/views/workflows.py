"""Workflows in the admin: one that nobody could finish is refused at the task."""

from wagtail.admin.views.workflows import Create, Edit

from cms.editorial.forms import NOBODY, has_people


class NeedsPeople:
    """Asks of each task of a workflow whether its groups have members."""

    def is_valid(self, form):
        valid = super().is_valid(form)
        formset = form.formsets["workflow_tasks"]
        for row in formset.forms:
            task = getattr(row, "cleaned_data", {}).get("task")
            if task and row not in formset.deleted_forms and not _can_be_done(task.specific):
                row.add_error("task", NOBODY)
                self.produced_error_message = self.get_error_message()
                valid = False
        return valid


def _can_be_done(task) -> bool:
    """Tasks that find their people by the page, or need none, can."""
    return not hasattr(task, "groups") or has_people(task.groups.all())


class WorkflowCreateView(NeedsPeople, Create):
    pass


class WorkflowEditView(NeedsPeople, Edit):
    pass
