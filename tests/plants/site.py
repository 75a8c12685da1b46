"""The pages of the site in which things are planted, and how a planter is registered."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib.auth.models import Group
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from cms.editorial.models import FourEyesTask
from home.models import StandardPage
from news.models import NewsPage


class Plant(NamedTuple):
    plant: Callable[..., str]
    mended: bool = True


PLANTS: dict[str, list[Plant]] = {}


def plants(kind: str, mended: bool = True):
    """A function that plants one violation of a kind into the site; it answers its subject."""

    def register(plant):
        PLANTS.setdefault(kind, []).append(Plant(plant, mended))
        return plant

    return register


def change(page: Page, **values) -> str:
    """Change a page's row behind everybody's back."""
    Page.objects.filter(pk=page.pk).update(**values)
    return f"page {page.pk}"


def about() -> Page:
    return StandardPage.objects.get(slug="about", locale__language_code="en")


def news() -> Page:
    return NewsPage.objects.get(slug="opening", locale__language_code="en")


def translated_news() -> Page:
    return NewsPage.objects.get(locale__language_code="de")


def draft() -> Page:
    return NewsPage.objects.get(slug="draft")


def add_review(page: Page) -> WorkflowState:
    """A running review of a page that is not live, with one open task."""
    task = FourEyesTask.objects.create(name="Four eyes again")
    task.groups.add(Group.objects.get(name="Publishers"))
    workflow = Workflow.objects.create(name="Review of a draft")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
    return workflow.start(page, None)
