"""What is broken on the site and who can mend it: schedules, links, files, empty groups."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import islice

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex, get_default_page_content_type
from wagtail.permissions import page_permission_policy

from cms.editorial import roles
from cms.editorial.files import missing_files
from cms.editorial.models import FourEyesTask, LanguageReviewTask, ScheduleFailure
from cms.editorial.rows import Row, page_row
from cms.models.locales import active_languages


@dataclass
class BrokenPages:
    """What a person can mend on pages: schedules that failed, links that lead nowhere."""

    failures: list[ScheduleFailure]
    links: list[tuple[str, str]]

    @property
    def page_ids(self) -> list[str]:
        ends = [pk for link in self.links for pk in link]
        return [failure.object_id for failure in self.failures] + ends

    def rows(self, pages: dict[int, Page]) -> list[Row]:
        failed = [
            _failed(page, failure)
            for failure in self.failures
            if (page := pages.get(int(failure.object_id)))
        ]
        return failed + [
            page_row(pages[int(source)], words=_names_target(pages.get(int(target))))
            for source, target in self.links
        ]


def broken_pages(user, limit: int) -> BrokenPages:
    """At most so many of each kind, on pages that this person may change."""
    return BrokenPages(_failures(user, limit), _links(user, limit))


def broken_site(user, groups: Container[str], limit: int) -> list[Row]:
    """What is not one page's fault; for administrators and publishers."""
    if not user.is_superuser and roles.PUBLISHERS not in groups:
        return []
    return list(islice(idle_tasks(), limit)) + lost_files(user, limit)


def editable_pages(user) -> QuerySet:
    """The pages that this person may change."""
    return page_permission_policy.instances_user_has_permission_for(user, "change")


def _page(column: str) -> Cast:
    """An id of a page that is stored as text; compared as a number, it is found by its index."""
    return Cast(OuterRef(column), IntegerField())


def _failures(user, limit: int) -> list[ScheduleFailure]:
    mine = Exists(editable_pages(user).order_by().filter(pk=_page("object_id")))
    failures = ScheduleFailure.objects.filter(mine, content_type__in=_page_types())
    return list(failures.order_by("first_at")[:limit])


def _failed(page: Page, failure: ScheduleFailure) -> Row:
    sentences: dict[str, str] = {
        ScheduleFailure.Kind.PUBLISH: _("It was due to go live, and that failed."),
        ScheduleFailure.Kind.EXPIRE: _("It was due to be taken offline, and that failed."),
    }
    words = sentences[failure.kind]
    return page_row(page, words=words, comment=failure.error, at=failure.first_at)


def _page_types() -> list[int]:
    models = [model for model in apps.get_models() if issubclass(model, Page)]
    found = ContentType.objects.get_for_models(*models, for_concrete_models=False)
    return [content_type.pk for content_type in found.values()]


def broken_references(user) -> QuerySet:
    """Links from live pages that the person may change to pages that no reader is led to."""
    pages = get_default_page_content_type()
    source = editable_pages(user).order_by().filter(live=True, pk=_page("object_id"))
    translated = Page.objects.filter(
        live=True,
        translation_key=OuterRef("translation_key"),
        locale_id=OuterRef(OuterRef("source_locale")),
    )
    readable = Page.objects.filter(Q(live=True) | Exists(translated), pk=_page("to_object_id"))
    return (
        ReferenceIndex.objects.filter(base_content_type=pages, to_content_type=pages)
        .annotate(source_locale=Subquery(source.values("locale_id")[:1]))
        .filter(~Exists(readable), source_locale__isnull=False)
    )


def _links(user, limit: int) -> list[tuple[str, str]]:
    """Ids of pages with the ids of what they link to in vain."""
    pairs = broken_references(user).values_list("object_id", "to_object_id")
    return list(pairs.order_by("object_id", "to_object_id").distinct()[:limit])


def _names_target(target: Page | None) -> str:
    if target is None:
        return _("It links to a page that was deleted.")
    return _("It links to “%(title)s”, which is not published.") % {"title": target.title}


def idle_tasks() -> Iterator[Row]:
    """Steps of workflows in use that nobody can do."""
    in_use = {"active": True, "workflow_tasks__workflow__active": True}
    idle = FourEyesTask.objects.filter(**in_use).exclude(groups__user__is_active=True)
    for task in idle.distinct().prefetch_related("groups"):
        yield _idle(task, ", ".join(group.name for group in task.groups.all()))
    for task in LanguageReviewTask.objects.filter(**in_use).distinct():
        staffed = set(Group.objects.filter(user__is_active=True).values_list("name", flat=True))
        names = [roles.language_reviewers(code) for code in active_languages()]
        own = roles.language_reviewers(settings.LANGUAGE_CODE)
        yield from (_idle(task, name) for name in names if name not in staffed | {own})


def _idle(task, names: str) -> Row:
    words = _("Nobody can do this step of a review: no active member in %(groups)s.")
    return Row(
        title=task.name,
        url=reverse("wagtailadmin_workflows:edit_task", args=[task.pk]),
        words=words % {"groups": names or _("no group")},
    )


def lost_files(user, limit: int) -> list[Row]:
    """What people have uploaded and the file store does not have any more."""
    finder = AdminURLFinder(user)
    return [
        Row(
            title=str(item),
            url=finder.get_edit_url(item) or "",
            words=_("Its file is missing: %(name)s") % {"name": name},
        )
        for item, name in missing_files(limit)
    ]
