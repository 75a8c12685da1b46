"""The translation editor, which stands at the address of the translated page's own editor."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import WorkflowState

from cms.editorial.rule import Refused
from cms.translation import drafts, strings
from cms.translation.access import page_to_change, page_to_read, why_not
from cms.translation.barriers import barrier
from cms.translation.filled_in import FilledIn, Unsaved
from cms.translation.inline import in_field
from cms.translation.models import DraftBasis, SegmentVersion
from cms.translation.restarting import restart
from cms.translation.state import translation_of
from cms.translation.strings import BadText
from cms.translation.views.review import ReviewView
from cms.translation.views.workplace import FRAGMENT, UNKNOWN, Workplace
from cms.translation.worksheet import FILTERS, Worksheet, versions_of

OF_TEXTS = {"save", "submit"}
OF_A_TEXT = {"use", "confirm", "bring-back"}
OF_REVIEWS = {"approve", "reject", "take-back"}
RESTART = "localize-restart-translation"


def edit_translation(request, page):
    """Answer for a page that is a translation; None for every other one, and for one stopped."""
    translation = translation_of(page)
    if translation is None:
        return None
    if not translation.enabled:
        starts = request.method == "POST" and RESTART in request.POST
        return _restart(request, page, translation) if starts else None
    page_to_read(translation, request.user)
    view = ReviewView if page.workflow_in_progress and not _holds_texts(request) else EditorView
    return view.as_view()(request, page=page, translation=translation)


def _holds_texts(request) -> bool:
    """Whether a form was sent by the editor of texts, and not by the screen of their review."""
    posted = request.POST.keys()
    asked = request.POST.get("action") in OF_TEXTS or bool(OF_A_TEXT & posted)
    return request.method == "POST" and asked


def _restart(request, page, translation):
    if not page.permissions_for_user(request.user).can_oversee():
        raise PermissionDenied
    taken, lost = restart(translation, page, request.user)
    messages.success(request, _("The translation was started again."))
    if taken:
        words = ngettext(
            "%(count)s text that was written by hand meanwhile was taken over.",
            "%(count)s texts that were written by hand meanwhile were taken over.",
            taken,
        )
        messages.info(request, words % {"count": taken})
    if lost:
        words = ngettext(
            "%(count)s text has no place in the source; it stays in the page's history.",
            "%(count)s texts have no place in the source; they stay in the page's history.",
            lost,
        )
        messages.warning(request, words % {"count": lost})
    return redirect("wagtailadmin_pages:edit", page.pk)


class EditorView(Workplace):
    """Texts to be translated, one below the other, with all that helps."""

    template_name = "translation/editor.html"
    asks = Workplace.asks | {"use": "use", "confirm": "confirm", "bring-back": "bring_back"}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.filled_in = FilledIn(self.translation, request.POST, self.user)

    @cached_property
    def sheet(self) -> Worksheet:
        sheet = Worksheet(self.translation)
        self.filled_in.put_back(sheet)
        return sheet

    @cached_property
    def barrier(self):
        return barrier(self.translation, self.page, self.user)

    def get(self, request, *args, **kwargs):
        if FRAGMENT in request.headers:
            line = self._with_history(request.GET.get("history", ""))
            return self.fragment("translation/history.html", line=line, is_open=not self.barrier)
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """What can be stored is stored before anything else is done, so that nothing is lost."""
        if FRAGMENT not in request.headers:
            refused = self._store()
            if refused:
                return refused
        return super().post(request, *args, **kwargs)

    def _store(self):
        """Store what the form says; the answer where it may not be stored."""
        reason = why_not(self.translation, self.page, self.user)
        if not reason:
            self.filled_in.store()
            return None
        self.filled_in.keep()
        if not self.filled_in.unsaved:
            return None
        for unsaved in self.filled_in.unsaved.values():
            unsaved.error = BadText(reason)
        messages.error(self.request, _("Nothing was saved. Your texts still stand below."))
        return self.show(status=403)

    def show(self, **options):
        """The form as it was sent, with what was not stored."""
        return self.render_to_response(self.get_context_data(), **options)

    def act(self, action: str):
        if action in OF_REVIEWS:
            raise Refused(_("This translation is not in review any more."))
        if action not in OF_TEXTS:
            raise Refused(UNKNOWN)
        page_to_change(self.translation, self.user)
        if not self.filled_in.is_clean:
            return self._show_refused(action)
        return self._submit() if action == "submit" else self._saved()

    def _saved(self):
        count = self.filled_in.stored
        words = ngettext("%(count)s text was saved.", "%(count)s texts were saved.", count)
        text = words % {"count": count} if count else _("There was nothing new to save.")
        messages.success(self.request, text)
        return self.again()

    def _show_refused(self, action: str):
        count = len(self.filled_in.unsaved) + len(self.filled_in.bad_links)
        words = ngettext(
            "%(count)s text was not saved: see below why. All others were.",
            "%(count)s texts were not saved: see below why. All others were.",
            count,
        )
        messages.error(self.request, words % {"count": count})
        if action == "submit":
            messages.warning(self.request, _("The translation was not sent to review."))
        return self.show()

    def _submit(self):
        try:
            drafts.submit(self.translation, self.user)
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            return self.show()
        title = self.page.get_admin_display_title()
        messages.success(self.request, _("“%(title)s” was sent to review.") % {"title": title})
        return redirect("translation_desk")

    def use(self, value: str):
        """Put an offered text into its field; without a script. `value` is "<segment>:<offer>"."""
        page_to_change(self.translation, self.user)
        key, _colon, name = value.partition(":")
        line = self.line(key)
        offer = line.offer(name)
        if offer is None:
            raise Refused(UNKNOWN)
        return self._put(line, offer.text)

    def _put(self, line, text: str):
        value = in_field(line.segment.is_plain, text)
        self.filled_in.unsaved[line.segment.id] = Unsaved(value)
        self.filled_in.put_back(self.sheet)
        messages.info(self.request, _("The text stands in its field; save it when it is right."))
        return self.show()

    def confirm(self, key: str):
        """Store a machine's suggestion as it is, in the name of who has read it."""
        page_to_change(self.translation, self.user)
        strings.confirm(self.translation, self.line(key).segment, self.user)
        return self.again(key)

    def bring_back(self, value: str):
        """Put a text of the history into its field. `value` is "<segment>:<version>"."""
        page_to_change(self.translation, self.user)
        key, _colon, number = value.partition(":")
        line = self._with_history(key)
        known: dict[str, SegmentVersion] = {str(one.pk): one for one in line.versions}
        if number not in known:
            raise Refused(UNKNOWN)
        return self._put(line, known[number].text)

    def _with_history(self, key: str):
        line = self.line(key)
        line.versions = versions_of(self.translation, line.segment)
        return line

    def _links(self):
        for link in self.sheet.links:
            unsaved = self.filled_in.bad_links.get(link.id)
            shown = unsaved.value if unsaved else link.address
            error = str(unsaved.error) if unsaved else ""
            yield {"id": link.id, "source": link.source, "shown": shown, "error": error}

    def get_context_data(self, **kwargs):
        asked = self.request.GET.get("show", "all")
        show = asked if asked in FILTERS else "all"
        history = self.request.GET.get("history", "")
        if self.sheet.by_key(history):
            self._with_history(history)
        state = self.page.current_workflow_state
        back = state and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        return super().get_context_data(
            barrier=self.barrier,
            show=show,
            lines=[(line, line.is_shown(show)) for line in self.sheet.lines],
            links=list(self._links()),
            sent_back=state.current_task_state if back else None,
            waits=DraftBasis.objects.filter(
                revision__object_id=str(self.page.pk), waits=True
            ).first(),
            must_be_complete=self.page.specific_class.translation_must_be_complete,
            may_oversee=self.page.permissions_for_user(self.user).can_oversee(),
            **kwargs,
        )
