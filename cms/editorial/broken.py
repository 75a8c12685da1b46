"""What is broken on the site and who can mend it: schedules, links, files, empty groups."""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Locale, Page, ReferenceIndex, get_default_page_content_type
from wagtail.permissions import page_permission_policy

from cms.editorial import roles
from cms.editorial.files import missing_files
from cms.editorial.models import FourEyesTask, LanguageReviewTask, ScheduleFailure
from cms.editorial.reviewers import pages_of
from cms.editorial.rows import Row, page_row


def broken_things(user, limit: int) -> list[Row]:
    """What this person can mend or should know of, at most so many of each kind."""
    found = failed_schedules(user, limit) + broken_links(user, limit)
    if user.is_superuser or user.groups.filter(name=roles.PUBLISHERS).exists():
        found += idle_tasks(limit) + lost_files(user, limit)
    return found


def editable_pages(user) -> QuerySet:
    """The pages that this person may change."""
    return page_permission_policy.instances_user_has_permission_for(user, "change")


def _page(column: str) -> Cast:
    """An id of a page that is stored as text; compared as a number, it is found by its index."""
    return Cast(OuterRef(column), IntegerField())


def failed_schedules(user, limit: int) -> list[Row]:
    """Publications and expiries that were due and failed, on pages that the person may change."""
    mine = Exists(editable_pages(user).order_by().filter(pk=_page("object_id")))
    failures = ScheduleFailure.objects.filter(mine, content_type__in=_page_types())
    rows = list(failures.order_by("first_at")[:limit])
    pages = pages_of([row.object_id for row in rows])
    sentences: dict[str, str] = {
        ScheduleFailure.Kind.PUBLISH: _("It was due to go live, and that failed."),
        ScheduleFailure.Kind.EXPIRE: _("It was due to be taken offline, and that failed."),
    }
    return [
        page_row(page, words=sentences[row.kind], comment=row.error, at=row.first_at)
        for row in rows
        if (page := pages.get(int(row.object_id)))
    ]


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


def broken_links(user, limit: int) -> list[Row]:
    """A row for each live page and page that it links to in vain."""
    pairs = broken_references(user).values_list("object_id", "to_object_id")
    links = list(pairs.order_by("object_id", "to_object_id").distinct()[:limit])
    sources = pages_of([source for source, _target in links])
    targets = pages_of([target for _source, target in links])
    return [
        page_row(sources[int(source)], words=_names_target(targets.get(int(target))))
        for source, target in links
    ]


def _names_target(target: Page | None) -> str:
    if target is None:
        return _("It links to a page that was deleted.")
    return _("It links to “%(title)s”, which is not published.") % {"title": target.title}


def idle_tasks(limit: int) -> list[Row]:
    """Steps of workflows in use that nobody can do."""
    return list(_idle_tasks())[:limit]


def _idle_tasks() -> Iterator[Row]:
    staffed = set(Group.objects.filter(user__is_active=True).values_list("name", flat=True))
    in_use = {"active": True, "workflow_tasks__workflow__active": True}
    tasks = FourEyesTask.objects.filter(**in_use).distinct().prefetch_related("groups")
    for task in tasks:
        names = [group.name for group in task.groups.all()]
        if not staffed.intersection(names):
            yield _idle(task, ", ".join(names))
    reviews = list(LanguageReviewTask.objects.filter(**in_use).distinct())
    languages = Locale.objects.exclude(pk=Locale.get_default().pk) if reviews else []
    for task in reviews:
        for locale in languages:
            name = roles.language_reviewers(locale.language_code)
            if name not in staffed:
                yield _idle(task, name)


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
