"""Choosing, or uploading, the file of an edition."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.chooser import ChooserViewSet

from publications.models import EditionFile


class EditionFileForm(forms.ModelForm):
    """Takes a PDF; the same bytes again are the same file."""

    # Not named as the model's own field: Django would ask the empty model for it.
    pdf = forms.FileField(label=_("PDF"), widget=forms.FileInput(attrs={"accept": ".pdf"}))

    class Meta:
        model = EditionFile
        fields = []

    def clean_pdf(self):
        upload = self.cleaned_data["pdf"]
        self.stored = EditionFile.objects.from_bytes(upload.read(), upload.name)
        return upload

    def save(self, commit=True):
        return self.stored


class EditionFileChooserViewSet(ChooserViewSet):
    model = EditionFile
    icon = "doc-full"
    choose_one_text = _("Choose a PDF")
    choose_another_text = _("Choose another PDF")
    create_action_label = _("Upload")
    creation_tab_label = _("Upload")
    creation_form_class = EditionFileForm


edition_file_chooser = EditionFileChooserViewSet("edition_file_chooser")


@hooks.register("register_admin_viewset")
def register_edition_file_chooser():
    return edition_file_chooser
