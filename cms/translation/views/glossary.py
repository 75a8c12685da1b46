"""The glossary in the admin: everybody adds terms for the languages in which they work."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy

from cms.translation.access import locales_of
from cms.translation.exchange.terms import COLUMNS
from cms.translation.models import GlossaryTerm

EXPORTED = [
    "source_locale.language_code",
    "target_locale.language_code",
    "term",
    "translation",
    "note",
]


class GlossaryPolicy(BasePermissionPolicy):
    """Whoever translates into a locale, reviews or publishes there keeps its terms."""

    def user_has_permission(self, user, action):
        return user.is_active and bool(locales_of(user))

    def user_has_permission_for_instance(self, user, action, instance):
        return user.is_active and instance.target_locale in locales_of(user)

    def instances_user_has_any_permission_for(self, user, actions):
        return GlossaryTerm.objects.filter(target_locale__in=locales_of(user))

    def users_with_any_permission(self, actions):
        return get_user_model().objects.filter(is_active=True, is_superuser=True)


POLICY = GlossaryPolicy(GlossaryTerm)


class TermForm(WagtailAdminModelForm):
    """A term of a language in which somebody works."""

    class Meta:
        model = GlossaryTerm
        fields = ["source_locale", "target_locale", "term", "translation", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = [locale.pk for locale in locales_of(self.for_user)]
        field = self.fields["target_locale"]
        field.queryset = field.queryset.filter(pk__in=own)


class _OwnTerm:
    """A term of a language in which somebody works; PermissionDenied for others."""

    def get_object(self, *args, **kwargs):
        found = super().get_object(*args, **kwargs)
        if not POLICY.user_has_permission_for_instance(self.request.user, "change", found):
            raise PermissionDenied
        return found


class TermsView(generic.IndexView):
    """The terms of one's languages; as a table, what can be sent in again."""

    page_title = _("Glossary")

    def get_base_queryset(self):
        terms = POLICY.instances_user_has_any_permission_for(self.request.user, {"change"})
        return terms.select_related("source_locale", "target_locale")


class TermEditView(_OwnTerm, generic.EditView):
    pass


class TermDeleteView(_OwnTerm, generic.DeleteView):
    pass


class TermCopyView(_OwnTerm, generic.CopyView):
    pass


class TermHistoryView(_OwnTerm, history.HistoryView):
    pass


class TermUsageView(_OwnTerm, usage.UsageView):
    pass


class GlossaryViewSet(ModelViewSet):
    model = GlossaryTerm
    name = "glossary"
    url_prefix = "translation/glossary"
    icon = "list-ul"
    menu_label = _("Glossary")
    menu_order = 760
    add_to_admin_menu = True
    add_to_reference_index = False
    permission_policy = POLICY
    index_view_class = TermsView
    edit_view_class = TermEditView
    delete_view_class = TermDeleteView
    history_view_class = TermHistoryView
    copy_view_class = TermCopyView
    usage_view_class = TermUsageView
    list_display = [
        "term",
        Column("translation", label=_("Translation"), sort_key="translation"),
        Column("source_locale", label=_("From")),
        Column("target_locale", label=_("Into")),
        Column("note", label=_("Note")),
    ]
    list_filter = ["source_locale", "target_locale"]
    list_per_page = 50
    list_export = EXPORTED
    export_headings = dict(zip(EXPORTED, COLUMNS, strict=True))
    export_filename = "glossary"
    search_fields = ["term", "translation", "note"]
    search_backend_name = None

    def get_form_class(self, for_update=False):
        return TermForm


glossary = GlossaryViewSet()
