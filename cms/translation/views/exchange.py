"""Files for translators: where they are asked for, and their download."""

import re
from typing import cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.editorial.rule import Refused
from cms.translation.access import locales_of, page_to_read
from cms.translation.counting import settled
from cms.translation.exchange.archive import packed
from cms.translation.exchange.files import KINDS, file_of, files_of
from cms.translation.machine.services import service
from cms.translation.models import Assignment
from cms.translation.state import translation_of

NUMBER = re.compile("[0-9]{1,9}")
MOST_PAGES = 500
"""Pages of one selection."""
NOTHING = gettext_lazy("There is nothing to download: no such page waits for its translation.")


class LanguageField(forms.ChoiceField):
    """One of some locales, by its code."""

    def offer(self, locales) -> None:
        self.choices = [(one.language_code, one.get_display_name()) for one in locales]


class DownloadForm(forms.Form):
    """Everything of a locale as an archive."""

    locale = LanguageField(label=gettext_lazy("Language"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=[("xliff", "XLIFF 1.2"), ("po", "PO")]
    )
    only = forms.BooleanField(
        label=gettext_lazy("Only texts that are open or have changed"), required=False
    )

    def __init__(self, *args, locales: list[Locale], **kwargs):
        super().__init__(*args, **kwargs)
        cast(LanguageField, self.fields["locale"]).offer(locales)
        self.fields["only"].widget.attrs["value"] = "open"


class MemoryForm(forms.Form):
    """What was translated from one locale into another."""

    source = LanguageField(label=gettext_lazy("From"))
    into = LanguageField(label=gettext_lazy("Into"))

    def __init__(self, *args, locales: list[Locale], **kwargs):
        super().__init__(*args, **kwargs)
        cast(LanguageField, self.fields["source"]).offer(Locale.objects.order_by("pk"))
        cast(LanguageField, self.fields["into"]).offer(locales)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ".po,.xlf,.xliff,.zip,.tmx,.csv"}),
        help_text=gettext_lazy(
            "PO, XLIFF or a .zip of many; TMX for the memory; CSV for the glossary, with the "
            "columns from, into, term, translation, note. You see first what would change."
        ),
    )


class ExchangeView(WagtailAdminTemplateMixin, TemplateView):
    """Files of texts, of the memory and of the glossary, for those who have a locale."""

    template_name = "translation/exchange/index.html"
    page_title = gettext_lazy("Translation files")
    header_icon = "download"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        locales = own_locales(self.request.user)
        return super().get_context_data(
            download_form=DownloadForm(locales=locales),
            memory_form=MemoryForm(locales=locales),
            upload_form=UploadForm(),
            **kwargs,
        )


def own_locales(user) -> list[Locale]:
    """The locales somebody works in; raises PermissionDenied where there is none."""
    found = locales_of(user)
    if not found:
        raise PermissionDenied
    return found


def own_locale(user, language: str) -> Locale:
    """A locale somebody works in; raises Http404 or PermissionDenied."""
    locale = get_object_or_404(Locale, language_code=language)
    if locale not in own_locales(user):
        raise PermissionDenied
    return locale


def kind_of(request) -> str:
    kind = request.GET.get("kind", "xliff")
    if kind not in KINDS:
        raise Http404
    return kind


@require_safe
def download_one(request, translation_id: int, kind: str = ""):
    """The file of one translation."""
    every = Translation.objects.select_related("source__locale", "target_locale")
    translation = get_object_or_404(every, pk=translation_id)
    page_to_read(translation, request.user)
    kind = kind or kind_of(request)
    name, data = file_of(translation, kind, request.GET.get("only") == "open")
    return attachment(HttpResponse(data, content_type=KINDS[kind].CONTENT_TYPE), name)


def download_po(request, translation_id: int):
    """Wagtail-localize's own address."""
    return download_one(request, translation_id, "po")


def attachment(response, name: str):
    """An answer that a browser saves under a name."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def download_many(request):
    """The files of a selection (?page=12&page=14), or of everything of a ?locale=de."""
    kind, only_open = kind_of(request), request.GET.get("only") == "open"
    language = request.GET.get("locale", "")
    locale = own_locale(request.user, language) if language else None
    translations = _sent(only_open)
    if "page" in request.GET:
        chosen = _chosen(translations, request.GET.getlist("page"), locale)
        for translation in chosen:
            page_to_read(translation, request.user)
    elif locale:
        every = translations.filter(target_locale=locale)
        chosen = [one for one in every if _is_readable(one, request.user)]
    else:
        raise Http404
    if not chosen:
        messages.warning(request, NOTHING)
        return redirect(reverse("translation_exchange"))
    pieces = packed(files_of(chosen, kind, only_open))
    name = slugify(f"{_('translations')}-{language}-{kind}")
    return attachment(StreamingHttpResponse(pieces, content_type="application/zip"), f"{name}.zip")


def _sent(only_open: bool):
    """What was sent to translators and not stopped since."""
    every = Translation.objects.filter(enabled=True, assignment__isnull=False)
    if only_open:
        settled(Assignment.objects.filter(translation__in=every))
        every = every.filter(assignment__open_segments__gt=0)
    return every.select_related("source__locale", "target_locale").order_by("pk")


def _chosen(translations, numbers: list[str], locale: Locale | None) -> list[Translation]:
    """Those that make these pages, or that are made of them into a locale."""
    if len(numbers) > MOST_PAGES or not all(NUMBER.fullmatch(number) for number in numbers):
        raise Http404
    wanted = Q(pk__in=[])
    for key, locale_id in Page.objects.filter(pk__in=numbers).values_list(
        "translation_key", "locale_id"
    ):
        wanted |= Q(source__object_id=key, target_locale_id=locale_id)
        if locale:
            wanted |= Q(source__object_id=key, target_locale=locale)
    return list(translations.filter(wanted))


def _is_readable(translation: Translation, user) -> bool:
    try:
        page_to_read(translation, user)
    except (Http404, PermissionDenied, Refused):
        return False
    return True


def file_buttons(page, user, view_name=None, next_url=None):
    """The files of a translation, and the machine, in the menu beside its title."""
    translation = None if page.is_root() else translation_of(page)
    if (
        translation is None
        or not translation.enabled
        or not page.permissions_for_user(user).can_edit()
    ):
        return
    address = reverse("translation_download", args=[translation.pk])
    yield Button(
        _("Download as XLIFF"), f"{address}?kind=xliff", icon_name="download", priority=110
    )
    yield Button(_("Download as PO"), f"{address}?kind=po", icon_name="download", priority=111)
    files = reverse("translation_exchange")
    yield Button(_("Upload a file"), files, icon_name="upload", priority=112)
    if service():
        ask = reverse("wagtail_localize:machine_translate", args=[translation.pk])
        yield Button(_("Machine translation"), ask, icon_name="cogs", priority=113)
