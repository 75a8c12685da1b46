"""A workflow that nobody could finish is refused, with a message at the field."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Workflow, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.editorial.models import FourEyesTask

pytestmark = pytest.mark.django_db

NOBODY = "Nobody belongs to this group, so nobody could approve. Add people to it first."


@pytest.fixture
def group(site) -> Group:
    return Group.objects.create(name="Proofreaders")


def add_member(group: Group, **facts) -> None:
    user = get_user_model().objects.create_user("reader", "reader@example.org", **facts)
    group.user_set.add(user)


def errors(response) -> str:
    found = BeautifulSoup(response.content, "lxml").select(".w-field__errors")
    return " ".join(error.get_text(" ", strip=True) for error in found).strip()


def post_task(client, group):
    url = reverse("wagtailadmin_workflows:add_task", args=["editorial", "foureyestask"])
    return client.post(url, {"name": "Proofreading", "groups": [group.pk]})


@pytest.mark.parametrize("members", ["none", "blocked"])
def test_a_task_whose_group_is_empty_is_refused_at_the_field(admin_client, group, members):
    if members == "blocked":
        add_member(group, is_active=False)
    response = post_task(admin_client, group)
    assert errors(response) == NOBODY
    assert not FourEyesTask.objects.filter(name="Proofreading").exists()


def test_a_task_whose_group_has_somebody_is_saved_and_may_be_changed(admin_client, group):
    add_member(group)
    assert post_task(admin_client, group).status_code == 302
    task = FourEyesTask.objects.get(name="Proofreading")
    assert list(task.groups.all()) == [group]
    empty = Group.objects.create(name="Empty")
    url = reverse("wagtailadmin_workflows:edit_task", args=[task.pk])
    assert errors(admin_client.post(url, {"groups": [empty.pk]})) == NOBODY
    assert list(task.groups.all()) == [group]


def post_workflow(client, task, workflow=None):
    rows = list(workflow.workflow_tasks.all()) if workflow else []
    tasks = [{"task": task.pk, "ORDER": "1", "id": row.pk} for row in rows]
    values = {
        "name": "Proofreading",
        "active": "on",
        "workflow_tasks": inline_formset(
            tasks or [{"task": task.pk, "ORDER": "1"}], initial=len(rows)
        ),
        "pages": inline_formset([]),
    }
    name = "wagtailadmin_workflows:" + ("edit" if workflow else "add")
    url = reverse(name, args=[workflow.pk] if workflow else [])
    return client.post(url, nested_form_data(values))


def test_a_workflow_whose_task_nobody_can_do_is_refused_at_the_task(admin_client, group):
    task = FourEyesTask.objects.create(name="Proofreading")
    task.groups.add(group)
    assert errors(post_workflow(admin_client, task)) == NOBODY
    assert not Workflow.objects.filter(name="Proofreading").exists()
    add_member(group)
    assert post_workflow(admin_client, task).status_code == 302
    workflow = Workflow.objects.get(name="Proofreading")
    assert list(workflow.tasks) == [task.task_ptr]
    group.user_set.clear()
    assert errors(post_workflow(admin_client, task, workflow)) == NOBODY
    assert WorkflowTask.objects.filter(workflow=workflow).count() == 1
