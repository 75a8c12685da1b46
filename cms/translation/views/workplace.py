"""What the editor of a translation and the screen of its review have in common."""

from django.forms import Media
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.menus.pages import get_page_header_buttons
from wagtail.admin.ui.side_panels import BaseSidePanel, PageStatusSidePanel
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.hooks import get_hooks
from wagtail.locks import BasicLock, WorkflowLock
from wagtail.models import Page

from cms.editorial.rule import Refused
from cms.translation.counting import settled
from cms.translation.models import Assignment, SegmentComment

FRAGMENT = "X-Fragment"
"""The header with which a script asks for a piece of the page instead of the page."""
LONGEST_COMMENT = 2000
UNKNOWN = gettext_lazy("This form was not sent by this page; nothing was changed.")


class PreviewPanel(BaseSidePanel):
    """The page as its visitors will see it, beside the work."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle preview")
        icon_name = "mobile-alt"
        has_counter = False
        keyboard_shortcut = "mod+p"

    name = "preview"
    title = gettext_lazy("Preview")
    template_name = "translation/preview_panel.html"
    order = 400

    def __init__(self, page, request, url: str):
        super().__init__(page, request)
        self.url = url


class Workplace(WagtailAdminTemplateMixin, TemplateView):
    """A screen at the address of a translated page's editor.

    Every button of its form is named after what it asks for; `asked()` answers for one of them.
    """

    waits_for_translator = True
    asks: dict[str, str] = {"add-comment": "add_comment", "settle": "settle_comment"}
    """{name of a button: name of the method that is called with its value}"""

    def setup(self, request, *args, page, translation, **kwargs):
        super().setup(request, *args, **kwargs)
        self.page, self.translation = page, translation
        self.user = request.user

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs):
        for name, method in self.asks.items():
            if name in request.POST:
                return getattr(self, method)(request.POST[name])
        return self.act(request.POST.get("action", ""))

    def act(self, action: str):
        """Answer to one of the large buttons; raises Refused for a name that none has."""
        raise Refused(UNKNOWN)

    @property
    def url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def again(self, key: str = ""):
        """Back to the same screen, and to the same text."""
        show = self.request.GET.get("show", "")
        query = f"?show={show}" if show.isalpha() else ""
        return redirect(f"{self.url}{query}{f'#segment-{key}' if key else ''}")

    def line(self, key: str):
        found = self.sheet.by_key(key)
        if found is None:
            raise Refused(_("This text is not in the translation any more."))
        return found

    def add_comment(self, key: str):
        text = self.request.POST.get(f"comment-{key}", "").strip()
        line = self.line(key)
        if text and len(text) <= LONGEST_COMMENT:
            SegmentComment.objects.create(
                context_id=line.context_id,
                locale_id=self.translation.target_locale_id,
                source_text=line.source,
                text=text,
                made_by=self.user,
            )
        elif text:
            raise Refused(_("A comment has no more than 2000 characters."))
        return self.comments_of(key)

    def settle_comment(self, value: str):
        """Settle a comment of this translation, or open it again; `value` is "<text>:<comment>"."""
        key, _colon, number = value.rpartition(":")
        known = {str(comment.pk): comment for comment in self.line(key).comments}
        comment = known.get(number)
        if comment is None:
            raise Refused(UNKNOWN)
        settled_now = comment.settled_at is None
        comment.settled_at = timezone.now() if settled_now else None
        comment.settled_by = self.user if settled_now else None
        comment.save(update_fields=["settled_at", "settled_by"])
        return self.comments_of(key)

    def comments_of(self, key: str):
        if FRAGMENT not in self.request.headers:
            return self.again(key)
        del self.sheet
        return self.fragment("translation/comments.html", line=self.line(key))

    def fragment(self, template: str, **context):
        return TemplateResponse(self.request, template, context)

    page_title = gettext_lazy("Translation")

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    @cached_property
    def header_more_buttons(self):
        return get_page_header_buttons(
            page=self.page, user=self.user, next_url=self.url, view_name="edit"
        )

    @cached_property
    def assignment(self) -> Assignment:
        known = Assignment.objects.filter(translation=self.translation)
        settled(known)
        people = ["sent_by", "translated_by", "reviewed_by"]
        return known.select_related(*people).first() or Assignment(translation=self.translation)

    @cached_property
    def source_page(self):
        key, locale_id = self.translation.source.object_id, self.translation.source.locale_id
        return Page.objects.filter(translation_key=key, locale_id=locale_id).first()

    def preview_url(self) -> str:
        return reverse("wagtail_localize:preview_translation", args=[self.translation.pk])

    @cached_property
    def side_panels(self):
        pages = self.page.get_translations().select_related("locale")
        mine = [page for page in pages if page.permissions_for_user(self.user).can_edit()]
        status = PageStatusSidePanel(
            self.page,
            self.request,
            show_schedule_publishing_toggle=False,
            live_object=Page.objects.get(pk=self.page.pk),
            scheduled_object=self.page.get_scheduled_revision_as_object(),
            locale=self.translation.target_locale,
            translations=[
                {"locale": p.locale, "url": reverse("wagtailadmin_pages:edit", args=[p.pk])}
                for p in mine
            ],
        )
        preview = PreviewPanel(self.page, self.request, self.preview_url())
        others = [make(self.page, self.request) for make in get_hooks("page_side_panels")]
        return MediaContainer([status, preview, *others])

    @property
    def media(self) -> Media:
        names = ["rich", "line", "editor"]
        ours = Media(
            css={"all": ["translation/editor.css"]},
            js=[f"translation/{name}.js" for name in names],
        )
        return self.side_panels.media + ours

    def get_context_data(self, **kwargs):
        lock, may = self.page.get_lock(), self.page.permissions_for_user(self.user)
        source = self.source_page
        return super().get_context_data(
            page=self.page,
            object=self.page,
            page_for_status=self.page,
            translation=self.translation,
            assignment=self.assignment,
            is_overdue=self.waits_for_translator and is_overdue(self.assignment),
            source_page=source,
            may_set_due=bool(source) and may_set_due(source, self.page, self.user),
            sheet=self.sheet,
            source_locale=self.translation.source.locale,
            target_locale=self.translation.target_locale,
            user_can_lock=(not lock or isinstance(lock, WorkflowLock)) and may.can_lock(),
            user_can_unlock=isinstance(lock, BasicLock) and may.can_unlock(),
            side_panels=self.side_panels,
            history_url=reverse("wagtailadmin_pages:history", args=[self.page.pk])
            if may.can_view_revisions()
            else "",
            media=self.media,
            **kwargs,
        )


def is_overdue(assignment: Assignment) -> bool:
    return assignment.due_on is not None and assignment.due_on < timezone.localdate()


def may_set_due(source: Page, page: Page, user) -> bool:
    """Those who write the source, or are responsible for the translation."""
    return (
        source.permissions_for_user(user).can_edit()
        or page.permissions_for_user(user).can_oversee()
    )
